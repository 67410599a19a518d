"""Peers that have the key and keep no rule: what they seal is authentic, what it holds is anything.

Both speak the plain protocol of docs/PROTOCOL.md as well, so that a test can see that the other end is
alive and has lost nothing.
"""

import base64
import itertools
import re
import select
import socket
import time
import zlib

import waiting
from ocb import ForgedError, Ocb

MAX64 = 2**64 - 1
TO_CLIENT = 1 << 63
FINAL = 0x8000
PIECE_BYTES = 1000
_AGAIN_S = 0.2

# What asks a terminal something, or tells it to change: none of it may come from the far side.
FORBIDDEN = re.compile(
    rb"\x1b\[[?>=]?\d*[cn]|\x05|\x1bZ|\x1b\]52;[^;]*;\?|\x1b\][15]\d?;[^\x07\x1b]*\?|\x1b\[2[01]t|\x1bP|"
    rb"\x1b\]5[01];|\x1b\]8;[^;]*;(?!https?:|ftp:|mailto:|[\x07\x1b])|\x1b\[\d*;\d*;\d*;\d*;\d*;\d*\*y")


# protobuf by hand: what a library would not write


def varint(value):
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def number(field, value):
    return varint(field << 3) + varint(value & MAX64)


def blob(field, data):
    return varint(field << 3 | 2) + varint(len(data)) + data


def instruction(old, new, ack=0, throwaway=0, diff=b"", version=2):
    return (number(1, version) + number(2, old) + number(3, new) + number(4, ack) + number(5, throwaway)
            + blob(6, diff) + blob(7, b""))


def keystrokes(data):
    return blob(1, blob(2, blob(4, data)))


def resize(columns, rows):
    """Of a UserMessage or a HostMessage."""
    return blob(1, blob(3, number(5, columns) + number(6, rows)))


def host_bytes(data):
    return blob(1, blob(2, blob(4, data)))


def echo_ack(state):
    return blob(1, blob(7, number(8, state)))


def fields(message):
    """The known fields of a well-formed message: {number: value}, the last repetition counts."""
    found, at = {}, 0

    def take():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        key = take()
        if key & 7 == 0:
            found[key >> 3] = take()
        else:
            assert key & 7 == 2, f"wire type {key & 7}"
            length = take()
            found[key >> 3] = message[at:at + length]
            at += length
    return found


class Peer:
    """One end of a conversation, on a socket of its own.

    heard      the Instructions that came in, as fields()
    """

    def __init__(self, key_text, direction, address="127.0.0.1"):
        self.cipher = Ocb(base64.b64decode(key_text + "=="))
        self.direction = direction
        self.sequence = 0
        self.fragment_id = 0
        self.target = None
        self.heard = []
        self._pieces = {}
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, 0))
        self.socket.setblocking(False)

    @property
    def port(self):
        return self.socket.getsockname()[1]

    def close(self):
        self.socket.close()

    # What goes out, from the bytes up

    def datagram(self, plaintext, sequence=None, direction=None):
        if sequence is None:
            sequence = self.sequence
            self.sequence += 1
        nonce = (self.direction if direction is None else direction) | sequence
        return nonce.to_bytes(8, "big") + self.cipher.seal(nonce, plaintext)

    def send_raw(self, datagram):
        try:
            self.socket.sendto(datagram, self.target)
        except (BlockingIOError, ConnectionRefusedError):
            pass

    def send_plaintext(self, plaintext, **more):
        self.send_raw(self.datagram(plaintext, **more))

    @staticmethod
    def times(stamp=None, reply=0xffff):
        if stamp is None:
            stamp = int(time.monotonic() * 1000) % 0xffff
        return stamp.to_bytes(2, "big") + reply.to_bytes(2, "big")

    def send_fragment(self, fragment_id, word, piece):
        self.send_plaintext(self.times() + fragment_id.to_bytes(8, "big") + word.to_bytes(2, "big") + piece)

    def next_id(self):
        self.fragment_id += 1
        return self.fragment_id

    def send_packed(self, packed):
        """What should be a zlib stream, in as many fragments as it takes."""
        fragment_id = self.next_id()
        pieces = [packed[at:at + PIECE_BYTES] for at in range(0, len(packed), PIECE_BYTES)] or [b""]
        for index, piece in enumerate(pieces):
            self.send_fragment(fragment_id, index | (FINAL if index == len(pieces) - 1 else 0), piece)

    def send_message(self, message):
        """What should be an Instruction."""
        self.send_packed(zlib.compress(message))

    # What comes in

    def receive(self):
        """Take in all that has come."""
        while True:
            try:
                datagram, sender = self.socket.recvfrom(65535)
            except (BlockingIOError, ConnectionRefusedError):
                return
            nonce = int.from_bytes(datagram[:8], "big")
            try:
                plaintext = self.cipher.open(nonce, datagram[8:])
            except ForgedError:
                continue
            assert nonce & TO_CLIENT != self.direction, "it says what we said"
            self._take_piece(plaintext[4:], sender)

    def _take_piece(self, fragment, sender):
        fragment_id, word = fragment[:8], int.from_bytes(fragment[8:10], "big")
        pieces = self._pieces.setdefault(fragment_id, {})
        pieces[word & ~FINAL] = fragment[10:]
        if word & FINAL:
            pieces["count"] = (word & ~FINAL) + 1
        if len(pieces) - 1 == pieces.get("count"):
            del self._pieces[fragment_id]
            packed = b"".join(pieces[index] for index in range(pieces["count"]))
            self.heard.append(fields(zlib.decompress(packed)))
            self.on_heard(sender)

    def on_heard(self, sender):
        """An instruction is complete: the last of heard."""

    def wait_for(self, condition, deadline_s=60, what="the condition", again=None, terminals=()):
        """Until condition(); again() is done now and then meanwhile, and the terminals are read."""
        end = time.monotonic() + deadline_s
        by_descriptor = {terminal.descriptor: terminal for terminal in terminals}
        due = 0.0
        while not condition():
            now = time.monotonic()
            if now > end:
                raise waiting.DeadlineError(f"not within {deadline_s} s: {what}")
            if again is not None and now >= due:
                again()
                due = now + _AGAIN_S
            ready, _, _ = select.select([self.socket, *by_descriptor], [], [], 0.05)
            for descriptor in ready:
                if descriptor is self.socket:
                    self.receive()
                else:
                    by_descriptor[descriptor].read()


class Client(Peer):
    """A client of a server that waits for one. Its honest states are counted from 1."""

    def __init__(self, server, address="127.0.0.1"):
        super().__init__(server.key, 0)
        self.target = (address, server.port)
        self.state = 0

    @property
    def acknowledged(self):
        """The newest state of ours that the server says it has."""
        return max((message.get(4, 0) for message in self.heard), default=0)

    @property
    def newest(self):
        """The newest state of the server's that we saw."""
        return max((message.get(3, 0) for message in self.heard), default=0)

    def submit(self, diff, deadline_s=60):
        """An honest state: sent until it is acknowledged."""
        old, self.state = self.state, self.state + 1
        message = instruction(old, self.state, self.newest, max(0, old - 1), diff)
        self.wait_for(lambda: self.acknowledged >= self.state, deadline_s, f"state {self.state} is taken",
                      lambda: self.send_message(message))

    def probe(self, file, mark, deadline_s=60):
        """Type a command that adds a line to a file, once; wait until its end says that it did."""
        self.submit(keystrokes(f"echo {mark} >>{file}\r".encode()), deadline_s)
        self.wait_for(lambda: file.exists() and file.read_text().endswith(f"{mark}\n"), deadline_s,
                      f"{mark} arrives", lambda: self.send_message(instruction(self.state, self.state)))


class Server(Peer):
    """A server for one client: it listens before the client starts."""

    _keys = itertools.count()

    def __init__(self):
        raw = bytes(15) + bytes([next(Server._keys) % 256])
        self.key = base64.b64encode(raw).decode().rstrip("=")
        super().__init__(self.key, TO_CLIENT)
        self.state = 0
        self.typed = b""
        self._taken = 0  # the newest state of the client's whose keys are in typed

    @property
    def acknowledged(self):
        return max((message.get(4, 0) for message in self.heard), default=0)

    def on_heard(self, sender):
        self.target = sender
        new = self.heard[-1].get(3, 0)
        if new != MAX64:
            self._taken = max(self._taken, new)

    def show(self, diff, terminal, deadline_s=60):
        """An honest state: sent until it is acknowledged."""
        self.wait_for(lambda: self.target is not None, deadline_s, "the client speaks", terminals=[terminal])
        old, self.state = self.state, self.state + 1
        message = instruction(old, self.state, 0, max(0, old - 1), diff)
        self.wait_for(lambda: self.acknowledged >= self.state, deadline_s, f"state {self.state} is taken",
                      lambda: self.send_message(message), [terminal])
