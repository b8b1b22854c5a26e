// points: 2
// says: Invalid URL
interface Target {
  host: string
  port: number
  path: string
}

function parseUrl(url: string): Target {
  const { protocol, hostname, port, pathname, search } = new URL(url)
  if (protocol !== "http:") throw new RangeError(url)
  return { host: hostname, port: Number(port || 80), path: pathname + search }
}
