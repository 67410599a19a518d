"""What a path takes by itself: datagrams to and fro between two processes at its ends, as a session's would go."""

import subprocess
import sys

_PORT = 7
_ECHO = """
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("{address}", {port}))
print("ready", flush=True)
while True:
    data, peer = s.recvfrom(2048)
    s.sendto(data, peer)
"""
_PING = """
import random, socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(("{address}", {port}))
s.settimeout(1)
dice = random.Random(1)
while True:
    time.sleep(dice.uniform({gap_min_ms}, {gap_max_ms}) / 1000)
    start = time.monotonic()
    try:
        s.send(b"." * {size})
        s.recv(2048)
        print((time.monotonic() - start) * 1000, flush=True)
    except OSError:
        pass
"""


class PathPing:
    """Pings of the size of a key's datagram, at gaps like those of keys, from client to server."""

    def __init__(self, client, server, address, gap_min_ms, gap_max_ms, size=70):
        words = {"address": address, "port": _PORT, "size": size, "gap_min_ms": gap_min_ms, "gap_max_ms": gap_max_ms}
        self._echo = self._start(server, _ECHO, words)
        self._echo.stdout.readline()
        self._ping = self._start(client, _PING, words)

    @staticmethod
    def _start(machine, code, words):
        return subprocess.Popen([*machine.prefix, sys.executable, "-c", code.format(**words)],
                                stdout=subprocess.PIPE, text=True)

    def end(self):
        """The round trips in ms, of those that came back."""
        self._ping.terminate()
        times = [float(line) for line in self._ping.stdout.read().split()]
        return times

    def close(self):
        for process in (self._ping, self._echo):
            process.kill()
            process.wait()
            process.stdout.close()
