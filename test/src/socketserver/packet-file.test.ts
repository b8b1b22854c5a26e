/** A datagram's bytes as a file, beside CPython's BytesIO. */
import { PacketFile } from '../../../src/socketserver/packet-file.ts'
import { same } from '../socket/cpython/same.ts'

const TEXT = 'one\ntwo\n\nlast'
const HINTS = [null, -1, 0, 1, 4, 5, 8, 100]

same({
  'readlines stops once the hint is reached': [
    `return [[line.decode() for line in io.BytesIO(b'one\\ntwo\\n\\nlast').readlines(hint)] for hint in (None, -1, 0, 1, 4, 5, 8, 100)]`,
    () =>
      Promise.all(
        HINTS.map(async (hint) =>
          (await new PacketFile(Buffer.from(TEXT)).readlines(hint)).map((line) => String(line)),
        ),
      ),
  ],
  'read and readline take null for no limit': [
    `f = io.BytesIO(b'one\\ntwo\\n\\nlast'); return [f.readline(None).decode(), f.readline(2).decode(), f.read(None).decode()]`,
    async () => {
      const file = new PacketFile(Buffer.from(TEXT))
      return [String(await file.readline(null)), String(await file.readline(2)), String(await file.read(null))]
    },
  ],
})
