// points: 2
// says: The port of SMTP:
type Layer = "link" | "internet" | "transport" | "application"

function layerOf(protocol: string): Layer {
  if (protocol === "TCP" || protocol === "UDP") return "transport"
  if (protocol === "IP") return "internet"
  return ["Ethernet", "Wi-Fi"].includes(protocol) ? "link" : "application"
}

function portOf(protocol: string): number {
  const ports: Record<string, number> = { SMTP: 587, HTTP: 80, IMAP: 993, HTTPS: 443 }
  return ports[protocol]
}
