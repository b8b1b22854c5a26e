"""Starts the kernel that Jupyter finds under a name, runs one cell in it, and prints what came back as JSON."""

import json
import sys

from jupyter_client.manager import start_new_kernel

name, code = sys.argv[1:]
manager, client = start_new_kernel(kernel_name=name, startup_timeout=30)
try:
    messages = []
    reply = client.execute_interactive(
        code, timeout=30, output_hook=lambda message: messages.append(message)
    )
    texts = [m["content"]["text"] for m in messages if m["msg_type"] == "stream"]
    results = [m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"]
    status = reply["content"]["status"]
    print(json.dumps({"status": status, "stdout": "".join(texts), "results": results}))
finally:
    client.stop_channels()
    manager.shutdown_kernel()
