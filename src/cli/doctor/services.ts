/** Is there a table of services? `getservbyname("http")` reads it. */
import { readFileSync } from 'node:fs'
import { type Check, good, warning } from './check.ts'

export const servicesCheck: Check = {
  id: 'services',
  title: 'services',
  run: () => servicesIn('/etc/services'),
}

export function servicesIn(path: string): ReturnType<typeof good> {
  const advice =
    'Debian or Ubuntu: sudo apt install netbase · Fedora: sudo dnf install setup · Alpine: it is in alpine-baselayout'
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return warning(`there is no ${path}: getservbyname and getservbyport know nothing`, advice)
  }
  const entries = text.split('\n').filter((line) => /^[^#\s]+\s+\d+\/\w+/.test(line))
  if (entries.some((line) => /^http\s+80\/tcp/.test(line))) return good(`${entries.length} in ${path}`)
  return warning(`${path} does not know http (80/tcp)`, advice)
}
