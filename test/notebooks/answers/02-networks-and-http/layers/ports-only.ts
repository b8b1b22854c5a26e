// points: 1
// says: The layer of HTTP:
type Layer = "link" | "internet" | "transport" | "application"

function layerOf(protocol: string): Layer {
  return "link"
}

function portOf(protocol: string): number {
  const ports: Record<string, number> = { SMTP: 25, HTTP: 80, IMAP: 143, HTTPS: 443 }
  return ports[protocol]
}
