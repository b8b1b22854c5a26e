// points: 2
// says: port: 0
interface Target {
  host: string
  port: number
  path: string
}

function parseUrl(url: string): Target {
  const whole = url.includes("://") ? url : `http://${url}`
  const { protocol, hostname, port, pathname, search } = new URL(whole)
  if (protocol !== "http:") throw new RangeError(`only http: is understood, not ${url}`)
  return { host: hostname, port: Number(port), path: pathname + search }
}
