// points: 2
// says: The layer of SMTP:
type Layer = "link" | "internet" | "transport" | "application"

function layerOf(protocol: string): Layer {
  if (["TCP", "UDP", "SMTP"].includes(protocol)) return "transport"
  if (protocol === "IP") return "internet"
  return ["Ethernet", "Wi-Fi"].includes(protocol) ? "link" : "application"
}

function portOf(protocol: string): number {
  const ports: Record<string, number> = { SMTP: 25, HTTP: 80, IMAP: 143, HTTPS: 443 }
  return ports[protocol]
}
