"""A relay whose two ways can be shut: what is sent meanwhile waits in line, so that the order of a key, an answer and
a frame is chosen and no accident of timing."""

import threading

from relay import Relay

UP, DOWN = "up", "down"  # to the server, to the client


class Gate(Relay):
    """Both ways are open at first."""

    def __init__(self, server_port):
        self._lock = threading.Lock()
        self._waiting = {UP: [], DOWN: []}
        self._shut = set()
        super().__init__(server_port)

    def shut(self, way):
        """Keep what is sent that way from now on."""
        with self._lock:
            self._shut.add(way)

    def count(self, way):
        """How many datagrams wait there."""
        with self._lock:
            return len(self._waiting[way])

    def drop(self, way):
        """Lose what waits there."""
        with self._lock:
            self._waiting[way].clear()

    def open(self, way):
        """Pass on all that waits, in order, and what follows."""
        with self._lock:
            self._shut.discard(way)
            while self._waiting[way]:
                self._pass_on(way, self._waiting[way].pop(0))

    def release_last(self, way):
        """Pass on the newest that waits, lose the others, and stay shut."""
        with self._lock:
            newest = self._waiting[way].pop()
            self._waiting[way].clear()
            self._pass_on(way, newest)

    def _pass_on(self, way, datagram):
        try:
            if way == UP:
                self._far.sendto(datagram, self._server)
            else:
                self._near.sendto(datagram, self._client)
        except OSError:  # an end is gone
            pass

    def _forward(self, source):
        way = UP if source is self._near else DOWN
        try:
            datagram, sender = source.recvfrom(65535)
        except OSError:  # an ICMP error of an earlier datagram
            return
        if way == UP:
            self._client = sender
        with self._lock:
            if way in self._shut:
                self._waiting[way].append(datagram)
            elif self._client is not None:
                self.forwarded += 1
                self._pass_on(way, datagram)
