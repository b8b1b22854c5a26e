"""jupyter console, with its own Ctrl-C out of the way of a lock of its own.

Its handler asks for the interrupt within the signal, through the same background loop that the interrupted code waits for:
where the signal comes while that code holds the lock of its concurrent.futures.Future (1 in 200 to 400), both wait for ever,
and no interrupt_request is sent. Here it is asked for in another thread; what is sent is the same.
"""

import threading

from jupyter_console.app import ZMQTerminalIPythonApp

own = ZMQTerminalIPythonApp.handle_sigint


def handle_sigint(self, *args):
    if self.shell._executing:
        threading.Thread(target=self.kernel_manager.interrupt_kernel).start()
    else:
        own(self, *args)


ZMQTerminalIPythonApp.handle_sigint = handle_sigint

if __name__ == "__main__":
    ZMQTerminalIPythonApp.launch_instance()
