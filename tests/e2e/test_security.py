"""What an attacker gets from the real programs: from the network without the key, from the same machine,
and from a process that was taken over. docs/SECURITY.md."""

import base64
import os
import random
import re
import shutil
import socket
import subprocess

import pytest

import pairs
import waiting
from conftest import require
from programs import SKUA, tool
from relay import Relay
from session_scripts import ENTER, run

NOBODY = 65534
FLOOD = 1_000_000
LENGTHS = [0, 1, 7, 23, 24, 38, 39, 40, 2048, 2049, 4000, 65507]


class Attacker:
    """A socket that has no key."""

    def __init__(self):
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((pairs.LOOPBACK, 0))
        self._socket.setblocking(False)

    def send(self, datagram, target):
        try:
            self._socket.sendto(datagram, target)
        except (BlockingIOError, ConnectionRefusedError):
            pass

    def replies(self):
        """All that ever came back."""
        found = []
        while True:
            try:
                found.append(self._socket.recv(65535))
            except BlockingIOError:
                return found

    def close(self):
        self._socket.close()


@pytest.fixture
def attacker():
    made = Attacker()
    yield made
    made.close()


@pytest.fixture
def tapped(skua, surroundings, terminals):
    """A session through a relay that remembers all datagrams: (terminal, relay, server's address)."""
    server = pairs.Server(skua.server, surroundings.env(), ["-i", pairs.LOOPBACK])
    relay = Relay(server.port, record=True)
    terminal = terminals([skua.client, pairs.LOOPBACK, str(relay.port)],
                         surroundings.env(MOSH_KEY=server.key))
    pairs.wait_prompt(terminal, 60)
    run(terminal, "seq 100", "warm")
    yield terminal, relay, (pairs.LOOPBACK, server.port)
    relay.close()


def assert_unmoved(terminal, attacker, mark):
    """The session goes on where it was, and whoever attacked heard nothing."""
    run(terminal, "seq 30", mark)
    assert attacker.replies() == []


# Datagrams of those who have no key


def test_datagrams_of_any_length(tapped, attacker):
    terminal, relay, server = tapped
    for target in (server, relay.client):
        for length in LENGTHS:
            attacker.send(bytes(length), target)
            attacker.send(b"\x80" + os.urandom(length)[1:], target)
    assert_unmoved(terminal, attacker, "lengths")


def test_random_datagrams(tapped, attacker):
    terminal, relay, server = tapped
    dice = random.Random(7)
    for number in range(FLOOD):
        target = server if number % 2 else relay.client
        attacker.send(dice.randbytes(dice.choice((39, 60, 100, 500))), target)
    assert_unmoved(terminal, attacker, "flood")


def test_changed_datagrams(tapped, attacker):
    """One bit flipped at each place, and the end cut off."""
    terminal, relay, server = tapped
    for packet, target in ((relay.up[-1], server), (relay.down[-1], relay.client)):
        for bit in range(8 * len(packet)):
            changed = bytearray(packet)
            changed[bit // 8] ^= 1 << bit % 8
            attacker.send(bytes(changed), target)
        for cut in range(1, 20):
            attacker.send(packet[:-cut], target)
    assert_unmoved(terminal, attacker, "changed")


def test_datagrams_of_another_session(tapped, attacker, skua, surroundings, terminals):
    terminal, relay, server = tapped
    other_server = pairs.Server(skua.server, surroundings.env(), ["-i", pairs.LOOPBACK])
    other = Relay(other_server.port, record=True)
    try:
        other_terminal = terminals([skua.client, pairs.LOOPBACK, str(other.port)],
                                   surroundings.env(MOSH_KEY=other_server.key))
        pairs.wait_prompt(other_terminal, 60)
        for packet in other.up + other.down:
            attacker.send(packet, server)
            attacker.send(packet, relay.client)
    finally:
        other.close()
    assert_unmoved(terminal, attacker, "another")


def test_replayed_datagrams(tapped, attacker):
    """From another address: the server must not follow."""
    terminal, relay, server = tapped
    up, down = list(relay.up), list(relay.down)
    for packet in up:
        attacker.send(packet, server)
    for packet in down:
        attacker.send(packet, relay.client)
    for _ in range(1000):
        attacker.send(up[-1], server)
        attacker.send(down[-1], relay.client)
    assert_unmoved(terminal, attacker, "replayed")
    waiting.outage(0.2, [terminal])
    assert attacker.replies() == []


def test_reflected_datagrams(tapped, attacker):
    terminal, relay, server = tapped
    for packet in list(relay.down):
        attacker.send(packet, server)
    for packet in list(relay.up):
        attacker.send(packet, relay.client)
    assert_unmoved(terminal, attacker, "reflected")


# The key


def memory_of(pid):
    """All that can be read of a process's memory."""
    parts = []
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
        for line in maps:
            match = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
            if not match or "[v" in line:  # vvar, vdso, vsyscall: the kernel's
                continue
            start, end = (int(word, 16) for word in match.groups())
            try:
                memory.seek(start)
                parts.append(memory.read(end - start))
            except (OSError, ValueError, OverflowError):
                continue
    return b"\n".join(parts)


def proc_text(pid, name):
    """What /proc shows of a process; of one that is not dumpable it shows some things to root only."""
    try:
        with open(f"/proc/{pid}/{name}", "rb") as file:
            return file.read()
    except PermissionError:
        return require(f"/proc/{pid}/{name} can be read by root only")


def raw_key(text):
    return base64.b64decode(text + "==")


@pytest.fixture
def pair(skua, surroundings):
    with pairs.Pair(surroundings, skua, skua) as made:
        pairs.wait_prompt(made.terminal, 60)
        yield made


def test_the_key_is_in_no_table_of_the_system(pair):
    key = pair.server.key.encode()
    pids = (pair.server.pid, pair.terminal.process.pid)
    for pid in pids:
        assert key not in proc_text(pid, "cmdline")
    for pid in pids:
        assert key not in proc_text(pid, "environ")


@pytest.mark.usefixtures("as_shipped")
def test_the_key_as_text_is_wiped(pair):
    if os.geteuid() != 0:
        require("another process's memory can be read by root only")
    key = pair.server.key.encode()
    for pid in (pair.server.pid, pair.terminal.process.pid):
        assert key not in memory_of(pid)


@pytest.mark.usefixtures("as_shipped")
def test_no_process_of_the_session_has_the_key(pair):
    """Neither the shell nor who keeps the login records: they were forked before there was a key."""
    if os.geteuid() != 0:
        require("another process's memory can be read by root only")
    key = pair.server.key
    children = waiting.children_of(pair.server.pid)
    assert children
    for pid in children:
        memory = memory_of(pid)
        assert len(memory) > 100_000
        assert key.encode() not in memory and raw_key(key) not in memory


def core_limit(pid):
    return re.search(r"^Max core file size +(\S+)", proc_text(pid, "limits").decode(), re.MULTILINE)[1]


def test_no_core_is_dumped(pair):
    """Of the two ends; what the user runs keeps the user's limit."""
    for pid in (pair.server.pid, pair.terminal.process.pid):
        assert core_limit(pid) == "0"
    mine = core_limit(os.getpid())
    shell = [pid for pid in waiting.children_of(pair.server.pid)
             if proc_text(pid, "comm") in (b"bash\n", b"sh\n")]
    assert [core_limit(pid) for pid in shell] == [mine]


def test_other_processes_of_the_user_may_not_look(skua, surroundings, terminals):
    """The system gives what /proc shows of a process that is not dumpable to root."""
    setpriv = tool("setpriv")
    if os.geteuid() != 0 or setpriv is None:
        require("to become another user takes root and setpriv")
    prefix = [setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    env = surroundings.env(HOME="/")
    server = pairs.Server(skua.server, env, ["-i", pairs.LOOPBACK], ["/bin/sh", "-c", "cat"], prefix)
    terminal = terminals([*prefix, skua.client, pairs.LOOPBACK, str(server.port)],
                         {**env, "MOSH_KEY": server.key})
    terminal.send("are you there" + ENTER)
    terminal.wait_for(lambda: terminal.text.count("are you there") == 2, 20, "cat answers")
    for pid in (server.pid, terminal.process.pid):
        assert b"\nUid:\t65534" in proc_text(pid, "status")
        assert os.stat(f"/proc/{pid}/mem").st_uid == 0
        assert os.stat(f"/proc/{pid}/environ").st_uid == 0


# The sandbox


def status_of(pid):
    fields = dict(line.split(":\t", 1) for line in proc_text(pid, "status").decode().splitlines()
                  if ":\t" in line)
    return fields["NoNewPrivs"].strip(), fields["Seccomp"].strip()


CONFINED, FREE = ("1", "2"), ("0", "0")


@pytest.mark.usefixtures("as_shipped")
def test_both_ends_are_confined_and_the_shell_is_free(pair):
    assert status_of(os.getpid()) == FREE
    assert status_of(pair.server.pid) == CONFINED
    assert status_of(pair.terminal.process.pid) == CONFINED
    for pid in waiting.children_of(pair.server.pid):
        assert status_of(pid) == FREE


@pytest.mark.usefixtures("as_shipped")
def test_the_launcher_is_confined_once_it_is_the_client(skua, surroundings, sshd):
    with pairs.launch(surroundings, sshd, skua, skua, skua) as terminal:
        pairs.wait_prompt(terminal, 60)
        assert status_of(terminal.process.pid) == CONFINED
        run(terminal, "echo on", "goes")
        terminal.send("exit" + ENTER)
        assert terminal.wait_exit() == 0


@pytest.mark.usefixtures("as_shipped")
def test_a_session_survives_what_a_client_does_when_confined(tapped, surroundings):
    """Another window, a suspended client, a silent network with its new sockets, a clean end."""
    terminal, relay, _ = tapped
    terminal.resize(100, 30)
    run(terminal, "stty size >size", "resized")
    assert (surroundings.home / "size").read_text() == "30 100\n"
    relay.is_cut = True
    waiting.outage(12, [terminal])
    relay.is_cut = False
    terminal.send("clear; echo again" + ENTER)
    terminal.wait_line("again", 30)
    assert status_of(terminal.process.pid) == CONFINED
    terminal.send("exit" + ENTER)
    assert terminal.wait_exit() == 0


_WHO_AM_I = """
#include <stdio.h>
#include <unistd.h>
int main(void) { printf("effective %d real %d\\n", (int)geteuid(), (int)getuid()); return 0; }
"""


def test_setuid_programs_work_in_a_session(pair, surroundings):
    """As sudo and ping do: no_new_privs must not have come into the shell."""
    compiler = shutil.which("cc")
    if os.geteuid() != 0 or compiler is None:
        require("to make a program of another user takes root and a compiler")
    program = surroundings.home / "who-am-i"
    subprocess.run([compiler, "-x", "c", "-", "-o", program], input=_WHO_AM_I, text=True, check=True)
    os.chown(program, NOBODY, NOBODY)
    program.chmod(0o4755)
    if os.statvfs(program).f_flag & os.ST_NOSUID:
        require("programs of this file system cannot be setuid")
    run(pair.terminal, "./who-am-i >who", "ran")
    assert (surroundings.home / "who").read_text() == f"effective {NOBODY} real 0\n"


# How the programs are built


def readelf(option, path):
    program = tool("readelf")
    if program is None:
        require("readelf is not installed")
    return subprocess.run([program, "-W", option, path], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("path", [SKUA.launcher, SKUA.client, SKUA.server], ids=os.path.basename)
class TestBuild:
    """Needs no session: one look at each file."""

    @pytest.fixture(autouse=True)
    def built(self, skua):
        """Our programs are there."""

    def test_position_independent(self, path):
        assert re.search(r"Type: +DYN", readelf("-h", path))

    def test_bound_at_start_and_read_only_then(self, path):
        dynamic, segments = readelf("-d", path), readelf("-l", path)
        assert "BIND_NOW" in dynamic and "PIE" in dynamic
        assert "GNU_RELRO" in segments
        assert "TEXTREL" not in dynamic and "RPATH" not in dynamic and "RUNPATH" not in dynamic

    def test_nothing_is_writable_and_executable(self, path):
        segments = re.findall(r"^ +(LOAD|GNU_STACK) .* ([R ][W ][E ]) ", readelf("-l", path), re.MULTILINE)
        assert len(segments) >= 3
        assert not [flags for _, flags in segments if "W" in flags and "E" in flags]

    @pytest.mark.usefixtures("as_shipped")
    def test_stack_and_strings_are_checked(self, path):
        symbols = readelf("--dyn-syms", path)
        assert "__stack_chk_fail" in symbols
        assert "__snprintf_chk" in symbols

    def test_no_rights_of_its_own(self, path):
        assert os.stat(path).st_mode & 0o7000 == 0
