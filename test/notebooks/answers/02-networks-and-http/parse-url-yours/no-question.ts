// points: 3
// says: path: '/find'
interface Target {
  host: string
  port: number
  path: string
}

function parseUrl(url: string): Target {
  const whole = url.includes("://") ? url : `http://${url}`
  const { protocol, hostname, port, pathname } = new URL(whole)
  if (protocol !== "http:") throw new RangeError(`only http: is understood, not ${url}`)
  return { host: hostname, port: Number(port || 80), path: pathname }
}
