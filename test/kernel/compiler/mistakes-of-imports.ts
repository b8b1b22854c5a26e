/** Cells that import from the product's own package in ways of others, and what they then call. */
export const OF_IMPORTS: Record<string, string[]> = {
  "from the product's own package": [
    'import * as socket from "socketlab"\nconst server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)',
    'import lib from "socketlab"\nconst done = new lib.Event()',
    'import { AF_INET, Thread, errno } from "socketlab"',
    'import { Socket } from "socketlab"',
    'import { createServer } from "socketlab/socket"',
  ],
  'names that bytes have here too': [
    'const chunks = [data, data]\nconst whole = bytes``.join(chunks)',
    'const end = data.find(bytes`,`)',
    'await sock.sendmsg(data)',
  ],
}
