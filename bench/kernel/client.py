"""
One client for every kernel: raw ZeroMQ sockets with time stamps, the same for ours and the rivals, so that the client
costs all of them the same. Knows nothing of what is measured with it.
"""
import json
import os
import secrets
import signal
import subprocess
import tempfile
import time

import psutil
import zmq
from jupyter_client.connect import write_connection_file
from jupyter_client.session import Session

now = time.perf_counter


class Request:
    """One request and what came back for it."""

    def __init__(self):
        self.sent = now()
        self.reply = self.replied = self.idle = self.first_text = self.last_text = None
        self.messages = self.late = 0
        self.text = []

    @property
    def ms(self):
        """Milliseconds to the reply; None: never."""
        return self.replied and (self.replied - self.sent) * 1000

    @property
    def ok(self):
        return bool(self.reply) and self.reply.get("status") == "ok"

    @property
    def printed(self):
        return "".join(self.text)


class Kernel:
    """A kernel's process and the sockets to it. `spec`: argv, env, interrupt_mode, cwd."""

    def __init__(self, spec):
        self.spec = spec
        self.folder = tempfile.TemporaryDirectory(prefix="socketlab-bench-")
        key = secrets.token_hex(16).encode()
        file, info = write_connection_file(os.path.join(self.folder.name, "kernel.json"), key=key)
        self.session = Session(key=key)
        self.pending = {}
        self.context = zmq.Context()
        self.context.setsockopt(zmq.LINGER, 0)
        self.context.setsockopt(zmq.RECONNECT_IVL, 5)  # else start times are rounded up to the client's 100 ms
        argv = [part.replace("{connection_file}", file) for part in spec["argv"]]
        self.log = open(os.path.join(self.folder.name, "log"), "w+b")
        env = {**os.environ, "JPY_PARENT_PID": str(os.getpid()), **spec.get("env", {})}
        self.started = now()
        self.process = subprocess.Popen(
            argv, env=env, cwd=spec["cwd"], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True
        )
        self.poller = zmq.Poller()
        self.sockets = {}
        for channel, kind in (("shell", zmq.DEALER), ("control", zmq.DEALER), ("iopub", zmq.SUB)):
            socket = self.context.socket(kind)
            socket.rcvhwm = 0
            if kind == zmq.SUB:
                socket.subscribe(b"")
            socket.connect(f"tcp://{info['ip']}:{info[channel + '_port']}")
            self.poller.register(socket, zmq.POLLIN)
            self.sockets[channel] = socket

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def ready(self, seconds=15):
        """Milliseconds from the process's start to kernel_info_reply."""
        request = self.wait(self.send("kernel_info_request", {}), seconds, idle=False)
        return request.replied and (request.replied - self.started) * 1000

    def send(self, kind, content, channel="shell"):
        message = self.session.msg(kind, content)
        request = self.pending[message["header"]["msg_id"]] = Request()
        self.session.send(self.sockets[channel], message)
        return request

    def execute(self, code):
        content = dict(code=code, silent=False, store_history=True, user_expressions={}, allow_stdin=True, stop_on_error=True)
        return self.send("execute_request", content)

    def run(self, code, seconds=20.0):
        request = self.wait(self.execute(code), seconds, idle=False)
        # Some rivals lose an idle now and then: that must not stop the run.
        return self.wait(request, 0.5) if request.replied else request

    def complete(self, code):
        return self.wait(self.send("complete_request", dict(code=code, cursor_pos=len(code))), 5, idle=False)

    def inspect(self, code, cursor):
        return self.wait(self.send("inspect_request", dict(code=code, cursor_pos=cursor, detail_level=0)), 5, idle=False)

    def wait(self, request, seconds, idle=True):
        self.until(lambda: request.replied and (request.idle or not idle), seconds)
        return request

    def until(self, done, seconds, quiet=None):
        """Receives until `done()`, for at most `seconds`; with `quiet`: or until nothing came for so long."""
        end = now() + seconds
        heard = now()
        while not done():
            left = min(end, heard + quiet if quiet else end) - now()
            if left <= 0:
                return False
            for socket, _ in self.poller.poll(max(1, left * 1000)):
                heard = now()
                self.take(socket, socket.recv_multipart(), heard)
        return True

    def take(self, socket, parts, at):
        _, parts = self.session.feed_identities(parts)
        message = json.loads(parts[1]), json.loads(parts[2]), parts[4]
        header, parent, content = message
        request = self.pending.get(parent.get("msg_id"))
        if request is None:
            return
        content = json.loads(content)
        if socket is not self.sockets["iopub"]:
            request.reply, request.replied = content, at
        elif header["msg_type"] == "status":
            if content["execution_state"] == "idle":
                request.idle = at
        elif header["msg_type"] in ("stream", "execute_result"):
            text = content.get("text") or content.get("data", {}).get("text/plain", "")
            request.text.append(text)
            request.messages += 1
            request.late += request.idle is not None
            request.first_text = request.first_text or at
            request.last_text = at

    def interrupt(self, request, seconds=2.0):
        """Milliseconds from the interrupt to the cell's reply, None when it never came."""
        asked = now()
        if self.spec["interrupt_mode"] == "message":
            self.send("interrupt_request", {}, "control")
        else:
            self.process.send_signal(signal.SIGINT)
        self.wait(request, seconds, idle=False)
        return request.replied and (request.replied - asked) * 1000

    def memory(self):
        """PSS of the process and all below it, MiB."""
        total = 0
        for process in [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]:
            try:
                with open(f"/proc/{process.pid}/smaps_rollup") as file:
                    total += next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
            except (OSError, StopIteration):
                pass  # it ended meanwhile
        return total / 1024

    def stop(self):
        try:
            family = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            family = []
        self.process.kill()
        self.process.wait()
        for process in family:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                pass
        self.context.destroy(linger=0)
        self.log.close()
        self.folder.cleanup()
