"""jupyter_client's managers: many kernels at once, restarts, and how kernels end."""

import asyncio
import os
import signal
import subprocess
import sys
import time

from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.ioloop import AsyncIOLoopKernelManager
from jupyter_client.manager import KernelManager
from traitlets.config import Config

from returning import call

PATIENCE = 30


def until(fact, what):
    """Asks again and again, since these facts come without an event; a fact that never comes is a failure."""
    end = time.monotonic() + PATIENCE
    while not fact():
        if time.monotonic() > end:
            raise TimeoutError(f"never: {what}")
        time.sleep(0.01)


def started(**kwargs):
    manager = KernelManager(kernel_name="socketlab", **kwargs)
    manager.start_kernel(stdout=subprocess.DEVNULL)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=PATIENCE)
    return manager, client


def result_of(client, code):
    """text/plain of a cell's result."""
    found = []

    def keep(message):
        if message["msg_type"] == "execute_result":
            found.append(message["content"]["data"]["text/plain"])
        if message["msg_type"] == "error":
            found.append(message["content"]["ename"])

    client.execute_interactive(code, timeout=PATIENCE, output_hook=keep)
    return found[0] if found else None


def ended(client, manager):
    client.stop_channels()
    manager.shutdown_kernel()


def family(pid):
    """A process and its descendants."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/status") as status:
                fields = dict(line.rstrip("\n").split(":\t", 1) for line in status if ":\t" in line)
            parents[int(name)] = int(fields["PPid"])
        except FileNotFoundError:
            pass  # it ended while we looked

    def below(parent):
        children = [child for child, of in parents.items() if of == parent]
        return [parent, *(one for child in children for one in below(child))]

    return below(pid)


def lives(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def dozen():
    """Twelve kernels, started without waiting for one another, over tcp with ports that Jupyter chooses."""
    managers = [KernelManager(kernel_name="socketlab") for _ in range(12)]
    for manager in managers:
        manager.start_kernel()
    clients = [manager.client() for manager in managers]
    for client in clients:
        client.start_channels()
    try:
        for client in clients:
            client.wait_for_ready(timeout=PATIENCE)
        ids = [client.execute(f"{index} * 2") for index, client in enumerate(clients)]
        replies = [client.get_shell_msg(timeout=PATIENCE) for client in clients]
        while any(reply["parent_header"]["msg_id"] != id for reply, id in zip(replies, ids)):
            for index, client in enumerate(clients):
                if replies[index]["parent_header"]["msg_id"] != ids[index]:
                    replies[index] = client.get_shell_msg(timeout=PATIENCE)
        results = [result_of(client, f"{index} + 100") for index, client in enumerate(clients)]
        return {
            "transport": managers[0].transport,
            "statuses": [reply["content"]["status"] for reply in replies],
            "results": results,
            "ports": len({port for manager in managers for port in manager.ports}),
        }
    finally:
        pids = [pid for manager in managers for pid in family(manager.provisioner.process.pid)]
        for client, manager in zip(clients, managers):
            ended(client, manager)
        until(lambda: not any(map(lives, pids)), "all processes of the dozen are gone")


def restart(now):
    """Restarted three times by Restart Kernel: each time an empty kernel under the same ports, the old one gone."""
    manager, client = started()
    seen = []
    for round in range(3):
        result_of(client, f"let mark = {round}")
        ports, old = manager.ports, family(manager.provisioner.process.pid)
        manager.restart_kernel(now=now == "now")
        client.wait_for_ready(timeout=PATIENCE)
        until(lambda: not any(map(lives, old)), "the old kernel is gone")
        seen.append([result_of(client, "typeof globalThis"), result_of(client, "mark"), manager.ports == ports])
    ended(client, manager)
    return seen


def autorestart():
    """JupyterLab's manager: a kernel that dies is started again, and the client that was there can go on."""
    return asyncio.run(killed_and_started_again())


async def killed_and_started_again():
    # The same ports, also for a kernel that died young: this client does not ask for new ones.
    restarter = {"time_to_dead": 0.2, "random_ports_until_alive": False}
    config = Config(KernelRestarter=restarter)
    manager = AsyncIOLoopKernelManager(kernel_name="socketlab", autorestart=True, config=config)
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=PATIENCE)
    old = family(manager.provisioner.process.pid)
    events = []
    manager.add_restart_callback(lambda: events.append("restart"))
    manager.add_restart_callback(lambda: events.append("dead"), "dead")
    os.kill(old[0], signal.SIGKILL)
    end = time.monotonic() + PATIENCE
    while manager.provisioner.process is None or manager.provisioner.process.pid == old[0]:
        if time.monotonic() > end:
            raise TimeoutError("the kernel was never started again")
        await asyncio.sleep(0.01)
    await client.wait_for_ready(timeout=PATIENCE)
    reply = await client.execute_interactive("40 + 2", timeout=PATIENCE, output_hook=lambda message: None)
    until(lambda: not any(map(lives, old)), "what the dead kernel left is gone")
    client.stop_channels()
    await manager.shutdown_kernel()
    return {"events": events, "status": reply["content"]["status"], "count": reply["content"]["execution_count"]}


def shutdown_while(code):
    """The cell says `began`, and then is at it for ever. Shut down as JupyterLab does, with no kill needed."""
    manager, client = started()
    process = manager.provisioner.process
    pids = family(process.pid)
    client.execute(code)
    while True:
        message = client.get_iopub_msg(timeout=PATIENCE)
        if message["msg_type"] == "stream" and "began" in message["content"]["text"]:
            break
    began = time.monotonic()
    client.shutdown()
    reply = client.get_control_msg(timeout=PATIENCE)
    code = process.wait(timeout=PATIENCE)
    until(lambda: not any(map(lives, pids)), "no process is left")
    seconds = time.monotonic() - began
    client.stop_channels()
    manager.cleanup_resources()
    return {"reply": reply["content"], "code": code, "processes": len(pids), "seconds": seconds}


def parent():
    """Started by dies_with_parent: tells its kernel's processes, and waits to be killed."""
    manager, client = started()
    client.execute("console.log('began'); for (;;) {}")
    while client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
        pass
    print(*family(manager.provisioner.process.pid), flush=True)
    signal.pause()


def dies_with_parent():
    """Jupyter itself is killed, while a cell computes."""
    jupyter = subprocess.Popen([sys.executable, __file__, "parent"], stdout=subprocess.PIPE, text=True)
    pids = [int(pid) for pid in jupyter.stdout.readline().split()]
    alive = [lives(pid) for pid in pids]
    jupyter.kill()
    jupyter.wait()
    until(lambda: not any(map(lives, pids)), "kernel and compiler are gone")
    return {"alive": alive}


def born_without_parent():
    """Jupyter is killed at the moment in which it has started a kernel."""
    code = (
        "import os, signal\n"
        "from jupyter_client.manager import KernelManager\n"
        "manager = KernelManager(kernel_name='socketlab')\n"
        "manager.start_kernel()\n"
        "print(manager.provisioner.process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    jupyter = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    pid = int(jupyter.stdout.readline())
    jupyter.wait()
    try:
        until(lambda: not lives(pid), "the kernel without a parent is gone")
    finally:
        if lives(pid):
            os.kill(pid, signal.SIGKILL)
    return {"gone": True}


def independent():
    """Started to outlive who started it."""
    code = (
        "from jupyter_client.manager import KernelManager\n"
        "import subprocess\n"
        "manager = KernelManager(kernel_name='socketlab')\n"
        "manager.start_kernel(independent=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "client = manager.client()\n"
        "client.start_channels()\n"
        "client.wait_for_ready(timeout=30)\n"
        "client.execute_interactive('const kept = 42', timeout=30)\n"
        "print(manager.connection_file, flush=True)\n"
        "import os\n"
        "os._exit(0)\n"
    )
    launcher = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    client = BlockingKernelClient(connection_file=launcher.stdout.strip())
    client.load_connection_file()
    client.start_channels()
    # Time for the kernel to look for its parent, three times: it has no event for not having found it gone.
    seen = result_of(client, "await sleep(0.75); kept")
    client.shutdown(reply=True, timeout=PATIENCE)
    client.stop_channels()
    return seen


def late_output():
    """Lines printed 200 ms after their cells, while a later cell waits: which cell is their parent?"""
    manager, client = started()
    first = client.execute('setTimeout(() => console.log("timer"), 200)')
    server = client.execute(
        'const server = socket.createServer(["127.0.0.1", 0])\n'
        'new threading.Thread({ target: async () => { const [peer] = await server.accept(); console.log("server", (await peer.recv(9)).toString()); peer.close() } }).start()'
    )
    last = client.execute(
        "const client = await socket.createConnection(server.getsockname())\n"
        'await client.sendall(bytes`hi`)\nawait sleep(0.4)\nconsole.log("last")'
    )
    names = {first: "first", server: "server", last: "last"}
    found = {}
    while "last" not in found or len(found) < 3:
        message = client.get_iopub_msg(timeout=PATIENCE)
        if message["msg_type"] in ("stream", "error"):
            content = message["content"]
            text = content.get("text") or content["evalue"]
            found[names[message["parent_header"]["msg_id"]]] = text
    ended(client, manager)
    return found


if __name__ == "__main__":
    call(
        {
            function.__name__: function
            for function in (dozen, restart, autorestart, shutdown_while, parent, dies_with_parent, born_without_parent, independent, late_output)
        }
    )
