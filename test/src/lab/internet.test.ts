import { hostname } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bytes, lab, socket, TimeoutError } from '../../../src/index.ts'
import { hooks } from '../../../src/socket/hooks.ts'

beforeAll(async () => {
  await lab.internet.start()
})

afterAll(() => lab.internet.stop())

/** Everything until the other side hangs up. */
async function rest(sock: socket.Socket): Promise<string> {
  const parts: Buffer[] = []
  for (;;) {
    const part = await sock.recv(65536)
    if (part.length === 0) return Buffer.concat(parts).toString()
    parts.push(part)
  }
}

async function fetchText(
  host: string,
  path: string,
  fields = 'Connection: close\r\n',
  method = 'GET',
): Promise<string> {
  using sock = await socket.createConnection([host, 80], { timeout: 5 })
  await sock.sendall(Buffer.from(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${fields}\r\n`))
  return await rest(sock)
}

/** Does this machine have ::1? */
function hasIPv6(): boolean {
  try {
    using sock = socket.socket(socket.AF_INET6)
    sock.bind(['::1', 0])
    return true
  } catch {
    return false
  }
}

const bodyOf = (response: string) => response.slice(response.indexOf('\r\n\r\n') + 4)

describe('names', () => {
  test('lead to addresses of this machine, in any case, with or without the final dot', async () => {
    expect(await socket.gethostbyname('www.github.com')).toBe('127.10.0.20')
    expect(await socket.gethostbyname('WWW.GitHub.COM.')).toBe('127.10.0.20')
    for (const name of ['www.google.com', 'google.com', 'github.com', 'www.example.com', 'example.com', 'server.com']) {
      expect(await socket.gethostbyname(name)).toMatch(/^127\.10\.0\.\d+$/)
    }
  })

  test('that nobody has are not found', async () => {
    for (const name of ['nosuch.example', 'www.example.net', 'no such name']) {
      await expect(socket.gethostbyname(name)).rejects.toMatchObject({
        name: 'gaierror',
        code: 'EAI_NONAME',
        errno: -2,
      })
    }
  })

  test('of two families are listed in both, or in the one asked for', async () => {
    const all = await socket.getaddrinfo('example.com', 443, { type: socket.SOCK_STREAM })
    expect(all.map(([family, , , , address]) => [family, address[0], address[1]])).toEqual([
      [socket.AF_INET, '127.10.0.31', 443],
      [socket.AF_INET6, '2001:db8:10::31', 443],
    ])
    const six = await socket.getaddrinfo('example.com', 443, { family: socket.AF_INET6, type: socket.SOCK_STREAM })
    expect(six.map(([, , , , address]) => address[0])).toEqual(['2001:db8:10::31'])
  })

  test('are found from their addresses', async () => {
    expect(await socket.gethostbyaddr('127.10.0.20')).toEqual(['www.github.com', [], ['127.10.0.20']])
    expect(await socket.getfqdn('127.10.0.10')).toBe('www.google.com')
  })

  test('are not asked of the system for an address outside, nor for an unknown one inside', async () => {
    for (const address of ['93.184.216.34', '2606:2800:220:1::1', '127.10.99.99']) {
      const failed = await socket.gethostbyaddr(address).catch((error: unknown) => error)
      expect(failed).toMatchObject({ name: 'herror', code: 'HOST_NOT_FOUND' })
      expect(await socket.getnameinfo([address, 80], socket.NI_NUMERICSERV)).toEqual([address, '80'])
      const named = await socket.getnameinfo([address, 80], socket.NI_NAMEREQD).catch((error: unknown) => error)
      expect(named).toMatchObject({ name: 'gaierror', code: 'EAI_NONAME' })
      expect(await socket.getfqdn(address)).toBe(address)
    }
    expect(await socket.getnameinfo(['127.10.0.20', 80], socket.NI_NAMEREQD | socket.NI_NUMERICSERV)).toEqual([
      'www.github.com',
      '80',
    ])
  })

  test('of this machine lead to this machine', async () => {
    expect(await socket.gethostbyname('localhost')).toBe('127.0.0.1')
    expect(await socket.gethostbyname('127.0.0.1')).toBe('127.0.0.1')
    if (!/^localhost/i.test(hostname())) expect(await socket.gethostbyname(socket.gethostname())).toBe('127.10.0.1')
  })

  test("a server bound to this machine's own name is reached by that name", async () => {
    using server = socket.socket()
    server.bind([socket.gethostname(), 0])
    server.listen()
    using client = await socket.createConnection([socket.gethostname(), server.getsockname()[1]], { timeout: 5 })
    const [conn] = await server.accept()
    conn.close()
    expect(await client.recv(1)).toHaveLength(0)
  })
})

describe('web servers', () => {
  test('are real: status, length, a page, and the end of the connection', async () => {
    const response = await fetchText('www.google.com', '/')
    expect(response).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Type: text\/html; charset=utf-8\r\n/)
    const [, length] = /Content-Length: (\d+)\r\n/.exec(response)!
    expect(Buffer.byteLength(bodyOf(response))).toBe(Number(length))
    expect(response).toContain('\r\nConnection: close\r\n')
    expect(bodyOf(response)).toMatch(/^<!doctype html>\n/)
  })

  test('keep a connection for the next request unless told otherwise', async () => {
    using sock = await socket.createConnection(['www.example.com', 80], { timeout: 5 })
    for (let i = 0; i < 3; i++) {
      await sock.sendall(bytes`HEAD / HTTP/1.1\r\nHost: www.example.com\r\n\r\n`)
      let head = ''
      while (!head.endsWith('\r\n\r\n')) head += (await sock.recv(4096)).toString()
      expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
      expect(head).toContain('Connection: keep-alive')
    }
  })

  test('end a page in each of the ways of HTTP', async () => {
    const chunked = await fetchText('www.example.com', '/chunked')
    expect(chunked).toContain('Transfer-Encoding: chunked')
    expect(bodyOf(chunked)).toBe('b\r\nfirst part\n\r\nc\r\nsecond part\n\r\nb\r\nthird part\n\r\n0\r\n\r\n')
    const untilClose = await fetchText('www.example.com', '/until-close', '')
    expect(untilClose).not.toMatch(/Content-Length|Transfer-Encoding/)
    expect(bodyOf(untilClose)).toBe('It ends when the server hangs up.\n')
    expect(bodyOf(await fetchText('www.example.com', '/long')).length).toBeGreaterThan(16_384)
    expect(await fetchText('www.example.com', '/empty')).toMatch(/^HTTP\/1\.1 204 No Content\r\n/)
  })

  test('say what is wrong: no such page, moved, not a request, not a method', async () => {
    expect(await fetchText('www.example.com', '/nope')).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/)
    expect(await fetchText('google.com', '/')).toMatch(
      /^HTTP\/1\.1 301 .*\r\nLocation: http:\/\/www\.google\.com\/\r\n/s,
    )
    expect(await fetchText('www.example.com', '/', 'Connection: close\r\n', 'DELETE')).toMatch(/^HTTP\/1\.1 405 /)
    using sock = await socket.createConnection(['www.example.com', 80], { timeout: 5 })
    await sock.sendall(bytes`good morning\r\n\r\n`)
    expect(await rest(sock)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  })

  test('server.com answers HTTP with a page and anything else with itself', async () => {
    expect(await fetchText('server.com', '/')).toMatch(/^HTTP\/1\.1 200 OK/)
    using sock = await socket.createConnection(['server.com', 80], { timeout: 5 })
    await sock.sendall(bytes`Hello`)
    expect((await sock.recv(1024)).toString()).toBe('Hello')
  })
})

describe('what is dialled', () => {
  test('is what the socket shows as its peer', async () => {
    using sock = socket.socket()
    await sock.connect(['www.google.com', 80])
    expect(sock.getpeername()).toEqual(['127.10.0.10', 80])
  })

  test('an echo, over TCP and over UDP, whose datagrams come from where they were sent to', async () => {
    using tcp = await socket.createConnection(['echo.example', 7], { timeout: 5 })
    await tcp.sendall(bytes`over TCP`)
    expect((await tcp.recv(100)).toString()).toBe('over TCP')
    using udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.settimeout(5)
    await udp.sendto(bytes`over UDP`, ['echo.example', 7])
    const [data, from] = await udp.recvfrom(100)
    expect([data.toString(), from]).toEqual(['over UDP', ['127.10.0.50', 7]])
    await udp.sendto(bytes`Hello`, ['server.com', 5000])
    expect((await udp.recvfrom(100))[1]).toEqual(['127.10.0.40', 5000])
  })

  test('a connected UDP socket speaks to whom it dialled', async () => {
    using udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.settimeout(5)
    await udp.connect(['echo.example', 7])
    await udp.send(bytes`connected`)
    expect([(await udp.recv(100)).toString(), udp.getpeername()]).toEqual(['connected', ['127.10.0.50', 7]])
  })

  test('an IPv6 address is answered by this machine too', async ({ skip }) => {
    if (!hasIPv6()) return skip('this machine has no ::1')
    using sock = socket.socket(socket.AF_INET6)
    await sock.connect(['www.example.com', 80])
    expect(sock.getpeername()).toEqual(['2001:db8:10::30', 80, 0, 0])
    await sock.sendall(bytes`HEAD / HTTP/1.1\r\nHost: www.example.com\r\n\r\n`)
    expect((await sock.recv(15)).toString()).toBe('HTTP/1.1 200 OK')
    using other = socket.socket(socket.AF_INET6)
    await expect(other.connect(['2001:4860::1', 80])).rejects.toMatchObject({ code: 'ENETUNREACH' })
    using udp = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    expect(await udp.sendto(bytes`lost`, ['www.example.com', 9])).toBe(4)
  })

  test('the time of day', async () => {
    using sock = await socket.createConnection(['daytime.example', 13], { timeout: 5 })
    expect(Date.parse((await rest(sock)).trim())).toBeGreaterThan(0)
  })

  test('nobody answers from the black hole: a connect waits, a datagram is gone', async () => {
    for (const host of ['192.0.2.1', 'blackhole.example']) {
      await expect(socket.createConnection([host, 80], { timeout: 0.2 })).rejects.toBeInstanceOf(TimeoutError)
    }
    using udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.settimeout(0.1)
    expect(await udp.sendto(bytes`anyone?`, ['192.0.2.1', 9])).toBe(7)
    await expect(udp.recvfrom(10)).rejects.toBeInstanceOf(TimeoutError)
  })

  test('a port without a server refuses, and the error names what was dialled', async () => {
    await expect(socket.createConnection(['refuse.example', 80])).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    using sock = socket.socket()
    await expect(sock.connect(['www.google.com', 81])).rejects.toMatchObject({
      name: 'ConnectionRefusedError',
      errno: 111,
      address: ['127.10.0.10', 81],
    })
  })

  test('a datagram to a port without a server is lost', async () => {
    using udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    expect(await udp.sendto(bytes`hello`, ['refuse.example', 9])).toBe(5)
  })

  test('the rest of the world is unreachable', async () => {
    for (const host of ['8.8.8.8', '192.168.1.1', '192.0.2.2', '255.255.255.255']) {
      using sock = socket.socket()
      await expect(sock.connect([host, 80])).rejects.toMatchObject({ code: 'ENETUNREACH', errno: 101 })
      using udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      await expect(udp.sendto(bytes`x`, [host, 53])).rejects.toMatchObject({ code: 'ENETUNREACH' })
    }
  })

  test('this machine itself is as it was', async () => {
    using server = socket.socket()
    server.bind(['127.0.0.1', 0])
    server.listen()
    using client = await socket.createConnection(server.getsockname(), { timeout: 5 })
    expect(client.getpeername()).toEqual(server.getsockname())
  })
})

test('its servers are not among the open sockets', () => {
  expect(lab.sockets()).toHaveLength(0)
  expect(lab.closeAll()).toBe(0)
})

test('the table shows itself as text and as HTML, and says that it is on', () => {
  const table = lab.internet.table()
  const display = (table as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for('Jupyter.display')]!
  const shown = display.call(table)
  expect(Object.keys(shown)).toEqual(['text/plain', 'text/html'])
  expect(shown['text/plain']).toMatch(/ is ON.*\n\nname .*address/)
  expect(shown['text/html']).toContain('>www.google.com</td>')
  expect(table.rows.map(({ name }) => name)).toContain('blackhole.example')
})

test('starting twice is starting once; after stop nothing is mapped, and it can start again', async () => {
  await Promise.all([lab.internet.start(), lab.internet.start()])
  using before = await socket.createConnection(['echo.example', 7], { timeout: 5 })
  await lab.internet.stop()
  expect(Object.values(hooks).filter((hook) => hook !== undefined)).toEqual([])
  expect(`${lab.internet.table()}`).toContain('is OFF')
  expect(await before.recv(1).catch((error) => error.code)).toSatisfy((end) => end === 'ECONNRESET' || end.length === 0)
  await lab.internet.stop()
  await lab.internet.start()
  expect(await socket.gethostbyname('server.com')).toBe('127.10.0.40')
})
