"""A UDP relay between a client and a server on loopback: a network that can lose, swallow and move."""

import random
import select
import socket
import threading

_DATAGRAM_BYTES = 65535


class Relay:
    """Forwards datagrams from its own port to the server's and back.

    loss       share of datagrams lost, both ways; drawn from the seed
    is_cut     nothing passes either way
    up, down   what passed to the server and to the client, if record is true
    """

    def __init__(self, server_port, seed=1, record=False):
        self.loss = 0.0
        self.is_cut = False
        self.forwarded = 0
        self.up, self.down = [], []
        self._record = record
        self._random = random.Random(seed)
        self._server = ("127.0.0.1", server_port)
        self._client = None
        self._near = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._near.bind(("127.0.0.1", 0))
        self._far = self._new_far()
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @staticmethod
    def _new_far():
        far = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        far.bind(("127.0.0.1", 0))
        return far

    @property
    def port(self):
        """Where the client sends."""
        return self._near.getsockname()[1]

    @property
    def client(self):
        """The client's own address; None before it was heard."""
        return self._client

    def move(self):
        """Let the server see the client come from another port, as after a NAT lost its table."""
        self._wake.send(b"m")

    def close(self):
        self._wake.send(b"q")
        self._thread.join(10)
        for each in (self._near, self._far, self._wake, self._woken):
            each.close()

    def _is_lost(self):
        return self.is_cut or self._random.random() < self.loss

    def _forward(self, source):
        try:
            datagram, sender = source.recvfrom(_DATAGRAM_BYTES)
        except OSError:  # an ICMP error of an earlier datagram
            return
        if source is self._near:
            self._client = sender
        if self._is_lost() or self._client is None:
            return
        self.forwarded += 1
        if self._record:
            (self.up if source is self._near else self.down).append(datagram)
        try:
            if source is self._near:
                self._far.sendto(datagram, self._server)
            else:
                self._near.sendto(datagram, self._client)
        except OSError:
            pass

    def _run(self):
        while True:
            ready, _, _ = select.select([self._near, self._far, self._woken], [], [])
            if self._woken in ready:
                if self._woken.recv(1) == b"q":
                    return
                self._far.close()
                self._far = self._new_far()
                continue
            for source in ready:
                self._forward(source)
