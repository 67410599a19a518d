"""Two machines joined by a link that is as bad as one says: delay, jitter, loss, a slow rate with a queue,
a size limit, outages. Each machine is a network namespace with a tun device; packets pass through here.
Needs root."""

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import threading
import time
from dataclasses import dataclass

from namespaces import Machine

SERVER_ADDRESS = "10.78.0.1"
CLIENT_ADDRESS = "10.78.0.2"

DEVICE = "cable"
_TUNSETIFF = 0x400454CA
_IFF_TUN, _IFF_NO_PI = 1, 0x1000
_CLONE_NEWNET = 0x40000000


@dataclass
class Condition:
    """Of one direction. Times in ms, of packets with their IP headers."""

    delay_ms: float = 0
    jitter_ms: float = 0  # uniform, added; the order is kept
    loss: float = 0  # of each packet by itself
    burst_good_ms: float = 0  # mean lengths of spells; 0: all are good
    burst_bad_ms: float = 0  # everything is lost in a bad one
    rate_bytes_per_s: float = 0  # 0: unlimited
    queue_bytes: float = 0  # drop-tail, in front of the rate
    mtu_bytes: int = 0  # larger ones vanish; 0: none do


class _Way:
    """Packets under way in one direction."""

    def __init__(self, condition, seed):
        self.condition = condition
        self.passed = self.lost = 0
        self._dice = random.Random(seed)
        self._queue = []
        self._number = 0
        self._free = self._last_due = 0.0
        self._is_bad, self._spell_until = False, 0.0

    def _is_in_bad_spell(self, now):
        c = self.condition
        while c.burst_bad_ms and self._spell_until <= now:
            self._is_bad = not self._is_bad
            mean_ms = c.burst_bad_ms if self._is_bad else c.burst_good_ms
            self._spell_until = max(now, self._spell_until) + self._dice.uniform(0, 2) * mean_ms / 1000
        return bool(c.burst_bad_ms) and self._is_bad

    def put(self, packet, now, is_cut):
        c = self.condition
        if (is_cut or self._dice.random() < c.loss or self._is_in_bad_spell(now)
                or c.mtu_bytes and len(packet) > c.mtu_bytes):
            self.lost += 1
            return
        left = now
        if c.rate_bytes_per_s:
            self._free = max(self._free, now)
            if (self._free - now) * c.rate_bytes_per_s + len(packet) > c.queue_bytes:
                self.lost += 1
                return
            self._free += len(packet) / c.rate_bytes_per_s
            left = self._free
        due = left + (c.delay_ms + self._dice.random() * c.jitter_ms) / 1000
        self._last_due = due = max(due, self._last_due)
        self._number += 1
        heapq.heappush(self._queue, (due, self._number, packet))

    def take(self, now):
        """The packets that have arrived."""
        while self._queue and self._queue[0][0] <= now:
            self.passed += 1
            yield heapq.heappop(self._queue)[2]

    @property
    def due(self):
        return self._queue[0][0] if self._queue else None


def _open_tun(pid, name):
    """A tun device in the namespace of a process."""
    libc = ctypes.CDLL(None, use_errno=True)
    here = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    there = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY)
    try:
        if libc.setns(there, _CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "enter a network namespace")
        tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(tun, _TUNSETIFF, struct.pack("16sH22x", name.encode(), _IFF_TUN | _IFF_NO_PI))
    finally:
        libc.setns(here, _CLONE_NEWNET)
        os.close(here)
        os.close(there)
    return tun


class LinkEmulator:
    """client and server are machines (prefix, run()); up and down their ways' conditions, to be changed at
    will; is_cut: nothing passes; cut_versions: nor does anything of these versions of IP."""

    def __init__(self, up, down, seed=1):
        self.client, self.server = Machine(), Machine()
        self._up, self._down = _Way(up, seed), _Way(down, seed + 1)
        self.is_cut = False
        self.cut_versions = frozenset()
        self._tuns = [_open_tun(machine.pid, DEVICE) for machine in (self.client, self.server)]
        self._client_address = CLIENT_ADDRESS
        for machine, address in ((self.client, CLIENT_ADDRESS), (self.server, SERVER_ADDRESS)):
            machine.run("ip", "link", "set", DEVICE, "up", "txqueuelen", "5000", "mtu", "1500")
            machine.run("ip", "address", "add", f"{address}/24", "dev", DEVICE)
        self._woken, self._wake = os.pipe()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def up(self):
        return self._up.condition

    @property
    def down(self):
        return self._down.condition

    @property
    def packets(self):
        """That passed: (up, down)."""
        return self._up.passed, self._down.passed

    def move_client(self, address):
        """Give the client another address in the place of the one it has."""
        self.client.run("ip", "address", "del", f"{self._client_address}/24", "dev", DEVICE)
        self.client.run("ip", "address", "add", f"{address}/24", "dev", DEVICE)
        self._client_address = address

    def _run(self):
        ways = [(self._tuns[0], self._up, self._tuns[1]), (self._tuns[1], self._down, self._tuns[0])]
        while True:
            now = time.monotonic()
            for source, way, target in ways:
                for packet in way.take(now):
                    self._write(target, packet)
            dues = [way.due for _, way, _ in ways if way.due is not None]
            wait = max(0, min(dues) - time.monotonic()) if dues else None
            ready, _, _ = select.select([*self._tuns, self._woken], [], [], wait)
            if self._woken in ready:
                return
            now = time.monotonic()
            for source, way, _ in ways:
                if source in ready:
                    self._read(source, way, now)

    def _read(self, source, way, now):
        while True:
            try:
                packet = os.read(source, 65536)
            except BlockingIOError:
                return
            way.put(packet, now, self.is_cut or packet[0] >> 4 in self.cut_versions)

    @staticmethod
    def _write(target, packet):
        try:
            os.write(target, packet)
        except OSError:
            pass  # the queue of the device is full, or it is down: lost

    def close(self):
        os.write(self._wake, b"q")
        self._thread.join(10)
        for descriptor in (*self._tuns, self._wake, self._woken):
            os.close(descriptor)
        self.client.close()
        self.server.close()
