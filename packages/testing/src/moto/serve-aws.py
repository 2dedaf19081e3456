"""Runs moto on a free loopback port, and ends when its standard input does.

Prints moto's own `Running on http://127.0.0.1:PORT` on standard error.
"""

import os
import sys
import threading

from moto.server import main


def end_with_standard_input():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_standard_input, daemon=True).start()
main(["-H", "127.0.0.1", "-p", "0"])
