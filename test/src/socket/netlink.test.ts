/** AF_NETLINK, which every Linux has, and families whose addresses are bytes: as CPython. */
import { expect, test } from 'vitest'
import * as socket from '../../../src/socket/index.ts'
import { pack, unpack } from '../../../src/struct/index.ts'
import { same, text } from './cpython/same.ts'

const ROUTE = 0
const netlink = () => socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, ROUTE)

same({
  'netlink: addresses are pairs of port id and groups': [
    `a = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0); r = [a.getsockname(), a.getpeername()]; a.bind((0, 1)); b = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0); b.connect((0, 0))
    return r + [a.getsockname()[0] > 0, a.getsockname()[1], b.getpeername(), repr(b).split('proto=')[1].split('(')[0]]`,
    async () => {
      using a = netlink()
      const r = [a.getsockname(), a.getpeername()]
      a.bind([0, 1])
      using b = netlink()
      await b.connect([0, 0])
      const shown = String(b).split('proto=')[1]!.split('(')[0]
      return [...r, a.getsockname()[0] > 0, a.getsockname()[1], b.getpeername(), shown]
    },
  ],
  'netlink: addresses that are none': [
    `a = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    return [text(lambda: a.connect(x)) for x in ((1,), (1, 2, 3), ('x', 0), 5, None, 'x')]`,
    async () => {
      using a = netlink()
      const calls = [[1], [1, 2, 3], ['x', 0], 5, null, 'x'].map((x) =>
        text(
          () => a.connect(x),
          (said) => said.split(': write')[0]!,
        ),
      )
      return Promise.all(calls)
    },
  ],
})

// The list of this machine's interfaces, asked for as if_nameindex(3) does.
test('a question to the kernel is answered from port id 0', async () => {
  using sock = netlink()
  sock.settimeout(5)
  const [RTM_GETLINK, NLM_F_REQUEST_DUMP] = [18, 0x301]
  await sock.sendto(pack('=IHHIIBxxx', 20, RTM_GETLINK, NLM_F_REQUEST_DUMP, 7, 0, socket.AF_UNSPEC), [0, 0])
  const [answer, sender] = await sock.recvfrom(65536)
  expect(sender).toEqual([0, 0])
  expect(unpack('=IHHI', answer.subarray(0, 12)).slice(1)).toEqual([16, 2, 7])
  expect(String(sock)).toMatch(/laddr=\(\d+, 0\), raddr=\(0, 0\)>$/)
})

test('an address of a family that is known by its bytes alone is printed as bytes, and taken back', (context) => {
  const made = (() => {
    try {
      return socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)
    } catch (error) {
      if (error instanceof socket.OSError && error.code === 'EAFNOSUPPORT') return undefined
      throw error
    }
  })()
  if (made === undefined) return context.skip('this system has no AF_VSOCK, nor another such family')
  using sock = made
  expect(String(sock)).toMatch(/, laddr=\(40, b'[ -~]+'\)>$/)
  const [family, rest] = sock.getsockname() as [number, Buffer]
  const [bytes, pair] = [Buffer.concat([pack('=H', family), rest]), [family, rest]].map((address) => {
    using other = socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)
    other.bind(address)
    return other.getsockname()[0]
  })
  expect([bytes, pair]).toEqual([40, 40])
})
