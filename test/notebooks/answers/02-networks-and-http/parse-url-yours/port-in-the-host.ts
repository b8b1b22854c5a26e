// points: 3
// says: host: 'www.example.com:8080'
interface Target {
  host: string
  port: number
  path: string
}

function parseUrl(url: string): Target {
  const { protocol, host, port, pathname, search } = new URL(url.includes("://") ? url : `http://${url}`)
  if (protocol !== "http:") throw new RangeError(url)
  return { host, port: Number(port || 80), path: pathname + search }
}
