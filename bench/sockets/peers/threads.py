"""CPython's blocking sockets with a thread for each connection, in the same words as ours.mjs."""
import json, socket, statistics, sys, threading, time

SMALL, CHUNK, NOW = b'x' * 64, b'x' * 65536, time.perf_counter


def exactly(conn, size):
    data = conn.recv(size)
    while len(data) < size:
        more = conn.recv(size - len(data))
        if not more:
            return data
        data += more
    return data


def tcp(conn):
    while data := conn.recv(4096):
        conn.sendall(data)


def bulk(conn):
    while conn.recv(65536):
        pass
    conn.sendall(b'.')


def frames(conn):
    file, count = conn.makefile('rb'), 0
    while len(header := file.read(4)) == 4:
        file.read(int.from_bytes(header, 'big'))
        count += 1
    conn.sendall(count.to_bytes(4, 'big'))


CONVERSATIONS = {'tcp': tcp, 'many': tcp, 'bulk': bulk, 'frames': frames}


def udp(sock, row):
    count = 0
    while True:
        data, sender = sock.recvfrom(2048)
        if row == 'udp':
            sock.sendto(data, sender)
        elif len(data) > 1:
            count += 1
        else:
            sock.sendto(str(count).encode(), sender)


def converse(conn, row):
    try:
        with conn:
            CONVERSATIONS[row](conn)
    except OSError:
        pass


def accept(server, row):
    while True:
        conn, _ = server.accept()
        if row == 'connect':
            conn.close()
            continue
        if row != 'many':
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=converse, args=(conn, row), daemon=True).start()


def serve(row):
    if row.startswith('udp'):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        sock.bind(('127.0.0.1', 0))
        threading.Thread(target=udp, args=(sock, row), daemon=True).start()
        return sock
    server = socket.create_server(('127.0.0.1', 0), backlog=4096)
    threading.Thread(target=accept, args=(server, row), daemon=True).start()
    return server


def drive(row, port, count):
    if row == 'lookup':
        start = NOW()
        for _ in range(count):
            socket.getaddrinfo('localhost', 80, type=socket.SOCK_STREAM)
        return count / (NOW() - start)
    if row == 'connect':
        start = NOW()
        for _ in range(count):
            with socket.create_connection(('127.0.0.1', port)) as conn:
                conn.recv(1)
        return count / (NOW() - start)
    if row.startswith('udp'):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.connect(('127.0.0.1', port))
    else:
        sock = socket.create_connection(('127.0.0.1', port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    start = NOW()
    if row in ('tcp', 'udp'):
        times = []
        for _ in range(count):
            start = NOW()
            sock.sendall(SMALL)
            exactly(sock, 64) if row == 'tcp' else sock.recv(2048)
            times.append(NOW() - start)
        return statistics.median(times) * 1e6
    if row == 'bulk':
        for _ in range(count * 16):
            sock.sendall(CHUNK)
        sock.shutdown(socket.SHUT_WR)
        sock.recv(1)
        return count * 1.048576 / (NOW() - start)
    if row == 'frames':
        frame = (1024).to_bytes(4, 'big') + b'x' * 1024
        for _ in range(count):
            sock.sendall(frame)
        sock.shutdown(socket.SHUT_WR)
        assert int.from_bytes(exactly(sock, 4), 'big') == count
        return count / (NOW() - start)
    for _ in range(count):
        sock.send(SMALL)
    sock.settimeout(1)
    for _ in range(5):
        sock.send(b'E')
        try:
            return int(sock.recv(100)) / (NOW() - start)
        except TimeoutError:
            pass
    return 0


role, row, *numbers = sys.argv[1:]
if role == 'drive':
    print(json.dumps(drive(row, *map(int, numbers))))
else:
    server = None if row == 'lookup' else serve(row)
    port = server and server.getsockname()[1]
    if role == 'both':
        print(json.dumps(drive(row, port, int(numbers[0]))))
    else:
        print(port, flush=True)
        sys.stdin.read()
