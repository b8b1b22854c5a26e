// points: 0
// says: host: 'https:'
interface Target {
  host: string
  port: number
  path: string
}

function parseUrl(url: string): Target {
  if (url.startsWith("http://")) url = url.slice(7)
  const [host, ...rest] = url.split("/")
  return { host, port: 80, path: `/${rest[0] ?? ""}` }
}
