/**
 * Signs messages and checks signatures (HMAC-SHA256 over header, parent header, metadata and content).
 * Pure; an empty key means that messages are not signed. Section "The wire protocol" of the messaging specification.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

export type SignedParts = readonly [
  header: string | Uint8Array,
  parent: string | Uint8Array,
  metadata: string | Uint8Array,
  content: string | Uint8Array,
]

const digest = (key: string, parts: SignedParts): Buffer => {
  const hmac = createHmac('sha256', key)
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

/** The signature as it stands in the message: hex, or nothing where there is no key. */
export const sign = (key: string, parts: SignedParts): string => (key === '' ? '' : digest(key, parts).toString('hex'))

/** Takes the same time whether the signature is nearly right or not at all. */
export function verify(key: string, parts: SignedParts, signature: Uint8Array): boolean {
  if (key === '') return true
  const given = Buffer.from(Buffer.from(signature).toString('latin1'), 'hex')
  const wanted = digest(key, parts)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
