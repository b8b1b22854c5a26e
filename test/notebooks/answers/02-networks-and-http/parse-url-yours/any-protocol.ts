// points: 3
// says: expected RangeError to be thrown received no error
interface Target {
  host: string
  port: number
  path: string
}

function parseUrl(url: string): Target {
  const { hostname, port, pathname, search } = new URL(url.includes("://") ? url : `http://${url}`)
  return { host: hostname, port: Number(port || 80), path: pathname + search }
}
