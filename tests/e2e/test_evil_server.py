"""What a server that lies may send to our client: it costs that message and nothing else. The rows of
docs/SECURITY.md, "Bad inputs", that a client meets. After each the client shows what an honest state
says, and its user's terminal has heard nothing that our painter does not compose.

SKUA_EVIL_CLIENT names another client to be treated so, for comparison.
"""

import os
import random
import zlib

import pytest

from evil import FORBIDDEN, MAX64, Server, blob, echo_ack, host_bytes, instruction, number, resize, varint
from session_scripts import ENTER

CLIENT = os.environ.get("SKUA_EVIL_CLIENT")


class Victim:
    """A client, on a terminal, of an evil server."""

    def __init__(self, skua, surroundings, terminals):
        self.server = Server()
        self.terminal = terminals([CLIENT or skua.client, "127.0.0.1", str(self.server.port)],
                                  surroundings.env(MOSH_KEY=self.server.key))
        self.marks = 0
        self.works()
        self.start = len(self.terminal.output)

    def works(self, size=(80, 24)):
        """It shows what it is sent, and sends what is typed."""
        self.marks += 1
        mark = f"shown{self.marks}."
        self.server.show(resize(*size) + host_bytes(f"\x1bc\x1b[H{mark}".encode()), self.terminal)
        self.terminal.wait_text(mark, 60)
        heard = len(self.server.heard)
        self.terminal.send(f"typed{self.marks}" + ENTER)
        wanted = f"typed{self.marks}".encode()
        self.server.wait_for(lambda: any(wanted in message.get(6, b"") for message in self.server.heard[heard:]),
                             60, "what is typed arrives", terminals=[self.terminal])

    def is_clean(self):
        """Nothing since the start that our painter would not say."""
        found = FORBIDDEN.search(self.terminal.output, self.start)
        assert found is None, found

    def sends(self, diff):
        """A state with such a diff, which may be refused."""
        server = self.server
        server.send_message(instruction(server.state, server.state + 1, diff=diff))


@pytest.fixture
def victim(skua, surroundings, terminals):
    made = Victim(skua, surroundings, terminals)
    yield made
    made.server.close()


@pytest.mark.parametrize("length", range(14))
def test_short_plaintext(victim, length):
    victim.server.send_plaintext(bytes(length))
    victim.works()


_GOOD = instruction(1, 2)
MESSAGES = {
    "tag of field 0": b"\0\0" + _GOOD,
    "length 2^64-1": _GOOD + varint(6 << 3 | 2) + varint(MAX64) + b"x",
    "eleven bytes of varint": _GOOD + b"\x10" + b"\x80" * 10 + b"\1",
    "group": _GOOD + varint(9 << 3 | 3),
    "number as bytes": blob(2, b"abc") + _GOOD,
    "cut off": _GOOD[:-3],
    "noise": random.Random(5).randbytes(1000),
    "version 3": instruction(1, 2, version=3),
    "unknown base": instruction(1000, 1001, diff=host_bytes(b"evil")),
    "no progress": instruction(1, 1, diff=host_bytes(b"evil")),
    "acknowledges what was never sent": instruction(1, 1, 2**63),
    "end acknowledged that was not asked for": instruction(1, 1, MAX64),
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES.keys())
def test_messages(victim, message):
    victim.server.send_message(message)
    victim.works()
    assert "evil" not in victim.terminal.text


@pytest.mark.parametrize("packed", [b"", b"no zlib", zlib.compress(bytes(100 << 20)),
                                    zlib.compress(b"x" * 500)[:-4]], ids=["nothing", "no zlib", "bomb", "cut off"])
def test_streams(victim, packed):
    victim.server.send_packed(packed)
    victim.works()


DIFFS = {
    "noise": random.Random(6).randbytes(300),
    "cut off": host_bytes(b"evil")[:-3],
    "tag of field 0": b"\0",
    "long length": varint(1 << 3 | 2) + varint(2**62),
    "size 0x0": resize(0, 0),
    "negative size": resize(-1, -1),
    "size 65535x65535": resize(65535, 65535),
    "size 2^31-1": resize(2**31 - 1, 2**31 - 1),
}


@pytest.mark.parametrize("diff", DIFFS.values(), ids=DIFFS.keys())
def test_diffs(victim, diff):
    victim.sends(diff)
    victim.works()


def test_many_sizes(victim):
    victim.sends(b"".join(resize(1 + index % 300, 1 + index % 100) for index in range(10_000)))
    victim.server.state += 1
    victim.works()


def test_echo_acknowledgements(victim):
    """They may go back, and to the end: predictions are judged by the highest, and typing goes on."""
    for state in (5, 2, 0, 2**63, MAX64, 1):
        victim.server.show(echo_ack(state), victim.terminal)
    victim.works()


QUESTIONS = {
    "who are you": b"\x1b[c\x1b[>c\x1b[=c\x1bZ\x05\x1b[>q",
    "where is the cursor": b"\x1b[6n\x1b[?6n\x1b[5n\x1b[?996n",
    "titles": b"\x1b[20t\x1b[21t\x1b[18t",
    "clipboard": b"\x1b]52;c;?\x07\x1b]52;;?\x1b\\\x1b]52;c;not base64!\x07",
    "fonts and colours": b"\x1b]50;?\x07\x1b]10;?\x07\x1b]11;?\x07\x1b]4;1;?\x07",
    "settings": b"\x1bP$qm\x1b\\\x1bP+q544e\x1b\\\x1b[?2026$p\x1b[?u",
    "checksum": b"\x1b[1;1;1;1;5;5*y",
    "links": b"\x1b]8;;javascript:alert(1)\x07a\x1b]8;;file:///etc/passwd\x07b\x1b]8;;\x07",
    "keys redefined": b"\x1bP0;1|17/6c730d\x1b\\",
    "unfinished": b"\x1b]0;" + b"x" * 50_000,
}


@pytest.mark.parametrize("asked", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_questions(victim, asked):
    """The user's terminal never hears them, and nothing is typed for the user."""
    heard = len(victim.server.heard)
    victim.server.show(host_bytes(asked), victim.terminal)
    victim.works()
    victim.is_clean()
    keys = b"".join(message.get(6, b"") for message in victim.server.heard[heard:])
    assert b"\x1b" not in keys and b"javascript" not in keys


def test_titles_lose_their_powers(victim):
    victim.server.show(host_bytes("\x1b]0;a\u202eb\u0085c\u2028d\x07".encode()), victim.terminal)
    victim.works()
    shown = victim.terminal.output[victim.start:]
    assert "\u202e".encode() not in shown and "\u2028".encode() not in shown and b"\xc2\x85" not in shown


def test_noise_for_the_screen(victim):
    dice = random.Random(8)
    for _ in range(30):
        victim.server.show(host_bytes(dice.randbytes(3000)), victim.terminal)
    victim.works()
    victim.is_clean()


def test_the_end_and_then_more(victim):
    server = victim.server
    message = instruction(server.state, MAX64)
    server.wait_for(lambda: not victim.terminal.is_alive, 60, "the client ends",
                    lambda: [server.send_message(message),
                             server.send_message(instruction(server.state, server.state + 1,
                                                             diff=host_bytes(b"late")))], [victim.terminal])
    assert victim.terminal.wait_exit() == 0
    assert victim.terminal.settings == victim.terminal.settings_before
    assert "late" not in victim.terminal.text
    assert not victim.terminal.display.is_alternate
