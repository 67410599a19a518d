"""What somebody who has the key, and so a shell, may send to our server: it costs that message and nothing
else. The rows of docs/SECURITY.md, "Bad inputs", table P, that need the key. After each the session takes
keys, takes each once, and answers the same client.

SKUA_EVIL_SERVER names another server to be treated so, for comparison.
"""

import os
import random
import struct
import zlib

import pytest

import pairs
import waiting
from evil import FINAL, MAX64, TO_CLIENT, Client, blob, instruction, keystrokes, number, resize, varint
from surroundings import PROMPT

SERVER = os.environ.get("SKUA_EVIL_SERVER")
BOMB_BYTES = 100 << 20
LIMIT_BYTES = 4 << 20
GROWTH_MAX_KB = 64 << 10


class Victim:
    """A server and its evil client."""

    def __init__(self, path, surroundings):
        self.server = pairs.Server(path, surroundings.env(PS1=PROMPT), ["-i", pairs.LOOPBACK])
        self.client = Client(self.server)
        self.file = surroundings.home / "alive"
        self.marks = []

    def works(self):
        """What is typed now arrives, once; and so did everything before."""
        self.marks.append(f"mark{len(self.marks)}")
        self.client.probe(self.file, self.marks[-1])
        assert self.file.read_text().split() == self.marks
        assert not self.server.is_gone

    def memory_kb(self):
        with open(f"/proc/{self.server.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))


@pytest.fixture
def victim(skua, surroundings):
    made = Victim(SERVER or skua.server, surroundings)
    made.works()
    yield made
    made.client.close()
    made.server.end()


def test_wrong_direction_bit(victim):
    client = victim.client
    message = zlib.compress(instruction(client.state, client.state + 1, diff=keystrokes(b"evil\r")))
    plaintext = client.times() + client.next_id().to_bytes(8, "big") + FINAL.to_bytes(2, "big") + message
    client.send_plaintext(plaintext, direction=TO_CLIENT)
    victim.works()


def test_sequence_jumps(victim):
    client = victim.client
    client.sequence += 1 << 40
    victim.works()
    last = (1 << 63) - 1
    client.send_plaintext(client.times() + bytes(10), sequence=last)
    client.sequence = last - 4000  # lower and fresh: late packets
    victim.works()


@pytest.mark.parametrize("length", range(14))
def test_short_plaintext(victim, length):
    victim.client.send_plaintext(bytes(length))
    victim.client.send_plaintext(b"\xff" * length)
    victim.works()


# Fragments: each a list of (offset of the id, word, piece)
_STREAM = zlib.compress(b"x" * 100)
FRAGMENTS = {
    "gap": [(1, 0, b"a"), (1, 2 | FINAL, b"c")],
    "highest index": [(1, 32767, b"a"), (1, 32766, b"b")],
    "highest index, final": [(1, 32767 | FINAL, b"a")],
    "final, then higher": [(1, FINAL | 1, b"a"), (1, 2, b"b"), (1, 0, b"c"), (1, FINAL | 5, b"d")],
    "other content": [(1, 0, b"a"), (1, 0, b"bcd"), (1, FINAL | 1, b"e")],
    "two finals": [(1, FINAL | 3, b"a"), (1, FINAL | 1, b"b"), (1, 0, b"c"), (1, 1, b"d"), (1, 2, b"e")],
    "empty": [(1, 0, b""), (1, FINAL | 1, b"")],
    "bit 63": [(1 << 63, 0, b"a"), (1 << 63 | 1, FINAL, b"b")],
    "pieces of one stream twice": [(1, 0, _STREAM[:5]), (1, 0, _STREAM[:5]), (1, FINAL | 1, _STREAM[5:])],
}


@pytest.mark.parametrize("pieces", FRAGMENTS.values(), ids=FRAGMENTS.keys())
def test_fragments(victim, pieces):
    base = victim.client.fragment_id
    victim.client.fragment_id += 1
    for offset, word, piece in pieces:
        victim.client.send_fragment((base + offset) % (1 << 64), word, piece)
    victim.works()


@pytest.mark.parametrize("fragment_id", [0, MAX64 & ~TO_CLIENT])
def test_ids_at_the_ends(victim, fragment_id):
    """The highest id leaves no newer one: a client that used it has spoken its last, and the server lives on."""
    victim.client.send_fragment(fragment_id, FINAL, b"no stream")
    if fragment_id == 0:
        victim.works()
        return
    for _ in range(50):
        victim.client.send_message(instruction(victim.client.state, victim.client.state + 1,
                                               diff=keystrokes(b"echo late\r")))
    heard = len(victim.client.heard)
    victim.client.wait_for(lambda: len(victim.client.heard) > heard, 60, "the server speaks")
    assert not victim.server.is_gone


def test_more_fragments_than_an_instruction_may_have(victim):
    fragment_id = victim.client.next_id()
    for index in range(16384 + 1):
        victim.client.send_fragment(fragment_id, index, b"x")
        if index % 100 == 0:
            victim.client.receive()
    victim.client.send_fragment(fragment_id, 16385 | FINAL, b"x")
    victim.works()


def test_replays_spoil_no_assembly(victim):
    """Between the halves of an instruction come old packets again: the whole is taken all the same."""
    client = victim.client
    old = client.datagram(client.times() + (1).to_bytes(8, "big") + FINAL.to_bytes(2, "big") + b"old")
    client.send_raw(old)
    client.state += 1
    packed = zlib.compress(instruction(client.state - 1, client.state, client.newest, 0,
                                       keystrokes(f"echo halves >>{victim.file}\r".encode())))
    fragment_id = client.next_id()
    client.send_fragment(fragment_id, 0, packed[:20])
    for _ in range(50):
        client.send_raw(old)
    client.send_fragment(fragment_id, 1 | FINAL, packed[20:])
    client.wait_for(lambda: client.acknowledged >= client.state, 60, "the whole is taken")
    victim.marks.append("halves")
    victim.works()


STREAMS = {
    "no zlib": b"this is no zlib stream",
    "nothing": b"",
    "truncated": zlib.compress(os.urandom(500))[:-5],
    "bad checksum": zlib.compress(b"x" * 100)[:-1] + b"\0",
    "raw deflate": zlib.compress(b"x" * 100)[2:-4],
    "trailing data": zlib.compress(b"not protobuf") + b"more",
}


@pytest.mark.parametrize("packed", STREAMS.values(), ids=STREAMS.keys())
def test_streams(victim, packed):
    victim.client.send_packed(packed)
    victim.works()


def test_preset_dictionary(victim):
    maker = zlib.compressobj(zdict=b"version number state")
    victim.client.send_packed(maker.compress(instruction(0, 1)) + maker.flush())
    victim.works()


@pytest.mark.parametrize("size", [LIMIT_BYTES + 1, BOMB_BYTES])
def test_bombs(victim, size):
    packed = zlib.compress(bytes(size))
    before_kb = victim.memory_kb()
    for _ in range(3):
        victim.client.send_packed(packed)
        victim.client.receive()
    victim.works()
    assert victim.memory_kb() < before_kb + GROWTH_MAX_KB


def _nested(levels):
    message = b""
    for _ in range(levels):
        message = blob(20000, message)
    return message


_GOOD = instruction(1, 2)
MESSAGES = {
    "tag of field 0": b"\0\0" + _GOOD,
    "bad tag": b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
    "length 2^31": _GOOD + varint(6 << 3 | 2) + varint(2**31) + b"x",
    "length 2^63": _GOOD + varint(6 << 3 | 2) + varint(2**63) + b"x",
    "length 2^64-1": _GOOD + varint(6 << 3 | 2) + varint(MAX64) + b"x",
    "eleven bytes of varint": _GOOD + b"\x10" + b"\x80" * 10 + b"\1",
    "start of a group": _GOOD + varint(9 << 3 | 3),
    "end of a group": _GOOD + varint(9 << 3 | 4),
    "wire type 6": _GOOD + varint(9 << 3 | 6),
    "wire type 7": _GOOD + varint(9 << 3 | 7),
    "number as bytes": blob(2, b"abc") + blob(3, b"") + _GOOD,
    "bytes as number": _GOOD + number(6, 5),
    "deep": instruction(1, 1) + _nested(1000),
    "cut off": _GOOD[:-3],
    "noise": bytes(random.Random(5).randrange(256) for _ in range(1000)),
    "nothing": b"",
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES.keys())
def test_messages(victim, message):
    victim.client.send_message(message)
    victim.works()


@pytest.mark.usefixtures("as_shipped")
def test_four_megabytes_of_tiny_fields(victim):
    before_kb = victim.memory_kb()
    for tiny in (number(20001, 1), blob(6, b""), blob(9, b"")):
        count = (LIMIT_BYTES - 100) // len(tiny)
        victim.client.send_message(instruction(victim.client.state, victim.client.state) + tiny * count)
        victim.client.receive()
    inner = blob(1, b"") * (LIMIT_BYTES // 2 - 1000)
    victim.client.send_message(instruction(victim.client.state, victim.client.state + 7, diff=inner))
    victim.works()
    assert victim.memory_kb() < before_kb + GROWTH_MAX_KB


@pytest.mark.parametrize("version", [0, 1, 3, 2**31])
def test_versions(victim, version):
    client = victim.client
    client.send_message(instruction(client.state, client.state + 1, diff=keystrokes(b"echo evil >>alive\r"),
                                    version=version))
    victim.works()


def test_missing_version(victim):
    client = victim.client
    client.send_message(number(2, client.state) + number(3, client.state + 1)
                        + blob(6, keystrokes(b"echo evil >>alive\r")))
    victim.works()


def test_state_numbers(victim):
    """Unknown bases, states without progress, states that are held: none of their keys are taken."""
    client = victim.client
    evil = keystrokes(b"echo evil >>alive\r")
    now = client.state
    for old, new in ((now + 1000, now + 1001), (MAX64 - 1, MAX64 - 2), (2**63, 2**63 + 1), (now + 5, now + 6)):
        client.send_message(instruction(old, new, diff=evil))
    client.send_message(instruction(now, now, diff=evil))
    client.send_message(instruction(now, now - 1, diff=evil))
    victim.works()


@pytest.mark.parametrize("throwaway", [1, 2, 1000, 2**63, MAX64 - 1, MAX64])
def test_throwaway(victim, throwaway):
    """Above the base or above all states: what is needed stays."""
    client = victim.client
    client.send_message(instruction(client.state, client.state, 0, client.state + throwaway & MAX64))
    client.send_message(instruction(client.state - 1, client.state + 1, 0, client.state + throwaway & MAX64))
    fresh = Client(victim.server)  # it may have made its own states useless: the shell is another matter
    fresh.sequence, fresh.fragment_id = client.sequence + 100, client.fragment_id + 100
    fresh.state = client.state
    client.close()
    victim.client = fresh
    for ahead in range(3):
        fresh.send_message(instruction(fresh.state, fresh.state + 2 + ahead))
    fresh.wait_for(lambda: len(fresh.heard) > 0, 60, "the server answers",
                   lambda: fresh.send_message(instruction(fresh.state, fresh.state + 2)))
    assert not victim.server.is_gone


@pytest.mark.parametrize("ack", [1000, 2**63, MAX64 - 1, MAX64])
def test_acknowledgement_of_what_was_never_sent(victim, ack):
    client = victim.client
    for _ in range(3):
        client.send_message(instruction(client.state, client.state, ack))
    victim.works()


def test_shutdown_then_data(victim):
    client = victim.client
    message = instruction(client.state, MAX64, client.newest)
    client.wait_for(lambda: client.acknowledged == MAX64 or victim.server.is_gone, 60, "the end is acknowledged",
                    lambda: client.send_message(message))
    for _ in range(20):
        client.send_message(instruction(client.state, client.state + 1,
                                        diff=keystrokes(f"echo late >>{victim.file}\r".encode())))
    client.wait_for(lambda: victim.server.is_gone, 60, "the server ends", lambda: client.send_message(message))
    assert victim.file.read_text().split() == victim.marks


USER_MESSAGES = {
    "cut off": keystrokes(b"echo evil")[:-3],
    "noise": bytes(random.Random(6).randrange(256) for _ in range(300)),
    "tag of field 0": b"\0",
    "long length": varint(1 << 3 | 2) + varint(2**62),
    "group": varint(1 << 3 | 3),
}


@pytest.mark.parametrize("diff", USER_MESSAGES.values(), ids=USER_MESSAGES.keys())
def test_user_messages(victim, diff):
    client = victim.client
    client.send_message(instruction(client.state, client.state + 1, diff=diff))
    victim.works()


HARMLESS = {
    "no instruction": b"",
    "empty instruction": blob(1, b""),
    "no keys": keystrokes(b""),
    "unknown extension": blob(1, blob(1999, b"what is this") + number(2001, 7)),
}


@pytest.mark.parametrize("diff", HARMLESS.values(), ids=HARMLESS.keys())
def test_harmless_user_messages(victim, diff):
    victim.client.submit(diff)
    victim.works()


@pytest.mark.usefixtures("as_shipped")
def test_a_megabyte_of_keys_nobody_reads(victim):
    """More than the bound in one state is refused; the session goes on without it."""
    client = victim.client
    before_kb = victim.memory_kb()
    for _ in range(3):
        client.send_message(instruction(client.state, client.state + 1, diff=keystrokes(b"x" * (LIMIT_BYTES - 100))))
        client.receive()
    victim.works()
    assert victim.memory_kb() < before_kb + GROWTH_MAX_KB


SIZES = [(0, 0), (0, 24), (80, 0), (-1, -1), (-2**31, 5), (65535, 65535), (2**31 - 1, 2**31 - 1), (4097, 10),
         (4096, 4096)]


@pytest.mark.parametrize("columns, rows", SIZES)
def test_sizes(victim, columns, rows):
    """Ignored: the window stays what it was, the shell is told nothing."""
    client = victim.client
    client.submit(resize(90, 30))
    client.submit(resize(columns, rows))
    size = victim.file.with_name("size")
    client.submit(keystrokes(f"stty size >{size}.new; mv {size}.new {size}\r".encode()))
    client.wait_for(size.exists, 60, "stty answers", lambda: client.send_message(instruction(client.state, client.state)))
    assert size.read_text() == "30 90\n"
    victim.works()


def many_sizes(count):
    return b"".join(resize(20 + index % 100, 10 + index % 50) for index in range(count)) + resize(77, 33)


def test_ten_thousand_sizes(victim):
    """The last one counts."""
    client = victim.client
    client.submit(many_sizes(10_000))
    size = victim.file.with_name("size")
    client.submit(keystrokes(f"stty size >{size}.new; mv {size}.new {size}\r".encode()))
    client.wait_for(size.exists, 60, "stty answers", lambda: client.send_message(instruction(client.state, client.state)))
    assert size.read_text() == "33 77\n"
    victim.works()


def test_two_clients_with_one_key(victim):
    """Both send the same states by turns: each is taken once."""
    first = victim.client
    second = Client(victim.server)
    second.sequence, second.fragment_id = first.sequence + 500, first.fragment_id + 500
    message = instruction(first.state, first.state + 1, 0, 0,
                          keystrokes(f"echo both >>{victim.file}\r".encode()))
    for _ in range(20):
        first.send_message(message)
        second.send_message(message)
    second.state = first.state + 1
    second.sequence += 1000
    second.fragment_id += 1000
    victim.marks.append("both")
    victim.client = second
    victim.works()
    first.close()


@pytest.mark.parametrize("stamp, reply", [(0xffff, 0xffff), (0, 0), (0xffff, 0), (1, 0xfffe), (30000, 40000)])
def test_timestamps(victim, stamp, reply):
    client = victim.client
    packed = zlib.compress(instruction(client.state, client.state))
    for offset in range(50):
        client.send_plaintext(client.times((stamp + offset) & 0xffff, reply) + client.next_id().to_bytes(8, "big")
                              + struct.pack(">H", FINAL) + packed)
    victim.works()


def test_authentic_garbage(victim):
    """Twenty thousand messages of noise under the key, as fast as they can be made."""
    dice = random.Random(9)
    client = victim.client
    packed = [zlib.compress(dice.randbytes(60)) for _ in range(50)]
    for index in range(20_000):
        client.send_packed(packed[index % 50])
        if index % 200 == 0:
            client.receive()
    victim.works()
    waiting.until(lambda: not victim.server.is_gone, 1, "it lives")


def test_a_hundred_thousand_sizes(victim):
    """More than a message may ask memory for: refused whole."""
    client = victim.client
    before_kb = victim.memory_kb()
    for _ in range(3):
        client.send_message(instruction(client.state, client.state + 1, diff=many_sizes(100_000)))
    victim.works()
    assert victim.memory_kb() < before_kb + GROWTH_MAX_KB
