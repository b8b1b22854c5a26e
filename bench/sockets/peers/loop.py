"""asyncio (or, with the first word `uvloop`, uvloop) with streams, in the same words as ours.mjs."""
import asyncio, json, socket, statistics, sys, time

SMALL, CHUNK, NOW = b'x' * 64, b'x' * 65536, time.perf_counter


async def tcp(reader, writer):
    while data := await reader.read(4096):
        writer.write(data)
        await writer.drain()


async def bulk(reader, writer):
    while await reader.read(65536):
        pass
    writer.write(b'.')


async def frames(reader, writer):
    count = 0
    try:
        while True:
            header = await reader.readexactly(4)
            await reader.readexactly(int.from_bytes(header, 'big'))
            count += 1
    except asyncio.IncompleteReadError:
        writer.write(count.to_bytes(4, 'big'))


async def connect(reader, writer):
    pass


CONVERSATIONS = {'tcp': tcp, 'many': tcp, 'bulk': bulk, 'frames': frames, 'connect': connect}


class Datagrams(asyncio.DatagramProtocol):
    def __init__(self, row='client'):
        self.row, self.count, self.inbox = row, 0, asyncio.Queue()

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        if self.row == 'udp':
            self.transport.sendto(data, address)
        elif self.row == 'client':
            self.inbox.put_nowait(data)
        elif len(data) > 1:
            self.count += 1
        else:
            self.transport.sendto(str(self.count).encode(), address)


async def serve(row):
    loop = asyncio.get_running_loop()
    if row.startswith('udp'):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        sock.bind(('127.0.0.1', 0))
        await loop.create_datagram_endpoint(lambda: Datagrams(row), sock=sock)
        return sock.getsockname()[1]

    async def converse(reader, writer):
        try:
            await CONVERSATIONS[row](reader, writer)
            writer.close()
            await writer.wait_closed()
        except OSError:
            pass

    server = await asyncio.start_server(converse, '127.0.0.1', 0, backlog=4096)
    serve.kept = server
    return server.sockets[0].getsockname()[1]


async def drive(row, port, count):
    loop = asyncio.get_running_loop()
    start = NOW()
    if row == 'lookup':
        for _ in range(count):
            await loop.getaddrinfo('localhost', 80, type=socket.SOCK_STREAM)
        return count / (NOW() - start)
    if row == 'connect':
        for _ in range(count):
            reader, writer = await asyncio.open_connection('127.0.0.1', port)
            await reader.read(1)
            writer.close()
            await writer.wait_closed()
        return count / (NOW() - start)
    times = []
    if row.startswith('udp'):
        transport, peer = await loop.create_datagram_endpoint(Datagrams, remote_addr=('127.0.0.1', port))
        if row == 'udp':
            for _ in range(count):
                start = NOW()
                transport.sendto(SMALL)
                await peer.inbox.get()
                times.append(NOW() - start)
            return statistics.median(times) * 1e6
        start = NOW()
        for i in range(count):
            transport.sendto(SMALL)
            if i % 16 == 0:
                await asyncio.sleep(0)
        for _ in range(5):
            transport.sendto(b'E')
            try:
                return int(await asyncio.wait_for(peer.inbox.get(), 1)) / (NOW() - start)
            except TimeoutError:
                pass
        return 0
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    start = NOW()
    if row == 'tcp':
        for _ in range(count):
            start = NOW()
            writer.write(SMALL)
            await reader.readexactly(64)
            times.append(NOW() - start)
        return statistics.median(times) * 1e6
    data = CHUNK if row == 'bulk' else (1024).to_bytes(4, 'big') + b'x' * 1024
    for _ in range(count * 16 if row == 'bulk' else count):
        writer.write(data)
        await writer.drain()
    writer.write_eof()
    reply = await reader.read(4)
    if row == 'bulk':
        return count * 1.048576 / (NOW() - start)
    assert int.from_bytes(reply, 'big') == count
    return count / (NOW() - start)


async def main(role, row, *numbers):
    if role == 'drive':
        return print(json.dumps(await drive(row, *map(int, numbers))))
    port = None if row == 'lookup' else await serve(row)
    if role == 'both':
        return print(json.dumps(await drive(row, port, int(numbers[0]))))
    print(port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


kind, *words = sys.argv[1:]
if kind == 'uvloop':
    import uvloop

    uvloop.run(main(*words))
else:
    asyncio.run(main(*words))
