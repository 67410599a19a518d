"""A machine in trouble: calls of the system fail under the real programs (tests/tools/faulty.c), programs
flood or stop reading, the terminal stands still, processes are killed. docs/SECURITY.md, "Faults"."""

import contextlib
import os
import signal
import subprocess

import pytest

import pairs
import waiting
from conftest import require
from programs import BUILD
from session_scripts import ENTER, run
from surroundings import PROMPT

FAULTY = BUILD / "tests/tools/faulty.so"
PATIENCE_S = 120
COMMANDS = 6


@pytest.fixture
def faulty():
    require(None if FAULTY.exists() else f"not built: {FAULTY}")
    return lambda rules: ["env", f"LD_PRELOAD={FAULTY}", f"FAULTY={rules}"]


def work(terminal, folder):
    """So many commands, typed and seen; each ran once. Then a clean end."""
    pairs.wait_prompt(terminal, PATIENCE_S)
    for number in range(COMMANDS):
        run(terminal, f"echo {number} >>done; seq 50", f"ran{number}", PATIENCE_S)
    assert (folder / "done").read_text().split() == [str(number) for number in range(COMMANDS)]
    terminal.send("exit" + ENTER)
    assert terminal.wait_exit(PATIENCE_S) == 0
    assert terminal.settings == terminal.settings_before


def test_a_late_window(skua, surroundings, terminals, faulty):
    """The shell never runs in a window of another size than the client's, however slow the machine."""
    told = surroundings.home / "size"
    command = ["sh", "-c", f"stty size >{told}; exec cat"]
    server = pairs.Server(skua.server, surroundings.env(), ["-i", pairs.LOOPBACK], command,
                          prefix=faulty("ioctl=LATE/1"))
    argv = ["sh", "-c", 'stty cols 70 rows 20; exec "$@"', "sh", skua.client, pairs.LOOPBACK, str(server.port)]
    terminal = terminals(argv, surroundings.env(MOSH_KEY=server.key))
    terminal.wait_for(lambda: told.exists() and told.read_text(), PATIENCE_S, "the size is told")
    assert told.read_text() == "20 70\n"


NETWORK = ["ENOBUFS", "EAGAIN", "EMSGSIZE", "ENETUNREACH", "EHOSTUNREACH", "EPERM", "EACCES", "EADDRNOTAVAIL",
           "ECONNREFUSED", "EINTR", "EINVAL", "EIO"]
SYSTEM = ["read=EINTR/2", "read=EAGAIN/3", "write=EINTR/2", "write=EAGAIN/2", "write=SHORT/2", "recvmmsg=EINTR/2",
          "recvmmsg=EAGAIN/2", "recvmmsg=ECONNREFUSED/3", "recvmmsg=ENOMEM/3", "epoll_pwait=EINTR/2"]


@pytest.mark.parametrize("end", ["client", "server"])
@pytest.mark.parametrize("rules", [*(f"sendmsg={error}/3" for error in NETWORK),
                                   "sendmsg=ENETUNREACH@10-20", "sendmsg=EPERM@10-20", *SYSTEM])
def test_failing_calls(skua, surroundings, terminals, faulty, end, rules):
    """Each is like a loss, or is tried again: nothing ends, nothing is lost."""
    env = surroundings.env()
    server = pairs.Server(skua.server, env, ["-i", pairs.LOOPBACK],
                          prefix=faulty(rules) if end == "server" else [])
    prefix = faulty(rules) if end == "client" else []
    terminal = terminals([*prefix, skua.client, pairs.LOOPBACK, str(server.port)], {**env, "MOSH_KEY": server.key})
    work(terminal, surroundings.home)


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["socket=EMFILE@3", "socket=ENFILE@3-5"])
def test_no_socket_for_a_hop(skua, surroundings, terminals, faulty, rule):
    """A client that cannot open another socket keeps the one it has."""
    env = surroundings.env()
    server = pairs.Server(skua.server, env, ["-i", pairs.LOOPBACK])
    terminal = terminals([*faulty(rule), skua.client, pairs.LOOPBACK, str(server.port)],
                         {**env, "MOSH_KEY": server.key})
    pairs.wait_prompt(terminal, PATIENCE_S)
    server.signal(signal.SIGSTOP)
    terminal.send("echo through >>hopped" + ENTER)
    waiting.outage(12, [terminal])  # the client hops after 10 s without an answer
    server.signal(signal.SIGCONT)
    work(terminal, surroundings.home)
    assert (surroundings.home / "hopped").read_text() == "through\n"


@pytest.mark.usefixtures("as_shipped")
@pytest.mark.parametrize("number", [1, 5, 20, 50, 80, 100, 120, 150, 200, 300, 500, 1000])
def test_client_without_memory(skua, surroundings, terminals, faulty, number):
    """It ends; the terminal is as it was, the session on the host goes on."""
    env = surroundings.env()
    server = pairs.Server(skua.server, env, ["-i", pairs.LOOPBACK])
    terminal = terminals([*faulty(f"malloc=ENOMEM@{number}"), skua.client, pairs.LOOPBACK, str(server.port)],
                         {**env, "MOSH_KEY": server.key})
    terminal.wait_for(lambda: PROMPT in terminal.text or not terminal.is_alive, PATIENCE_S, "a prompt or an end")
    while terminal.is_alive:
        terminal.send("seq 100; printf '\\033[3%dmx' 1 2 3" + ENTER)
        waiting.outage(0.1, [terminal])
    terminal.wait_exit(PATIENCE_S)
    assert terminal.settings == terminal.settings_before
    assert not terminal.display.is_alternate
    assert not server.is_gone


@pytest.mark.usefixtures("as_shipped")
@pytest.mark.parametrize("number", [1, 3, 10, 20, 30, 40, 60, 80, 100])
def test_server_without_memory(skua, surroundings, faulty, number):
    """Before it has said CONNECT that is an error; it does not hang, and leaves no process behind."""
    done = subprocess.run([*faulty(f"malloc=ENOMEM@{number}"), skua.server, "new", "-i", pairs.LOOPBACK],
                          env=surroundings.env(), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=PATIENCE_S, check=False)
    if "CONNECT" not in done.stdout:
        assert done.returncode != 0
        waiting.until(lambda: not surroundings.strays(), PATIENCE_S, "all its processes end")


# Programs and terminals


@pytest.fixture
def pair(skua, surroundings):
    with pairs.Pair(surroundings, skua, skua) as made:
        pairs.wait_prompt(made.terminal, 60)
        yield made


def memory_kb(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))


def interrupt(terminal, proof):
    """Press ^C as a user would: again, while the shell is not back. The noise may have asked the terminal
    something, and its answers may be in the line."""
    for _ in range(PATIENCE_S // 10):
        terminal.send("\x03")
        waiting.outage(0.5, [terminal])
        terminal.send(f"\x03\r printf '\\033c'; reset; touch {proof}" + ENTER)
        with contextlib.suppress(waiting.DeadlineError):
            terminal.wait_for(proof.exists, 10)
            return
    raise AssertionError(f"the shell never has the terminal\n{terminal.describe()}")


# The loop is a program: bash itself may end by a ^C that meets it between two commands of a loop of its own.
@pytest.mark.usefixtures("as_shipped")
@pytest.mark.parametrize("flood", ["yes", "cat /dev/urandom", "sh -c 'while :; do seq 1000; done'",
                                   "yes \"$(printf '\\033[31m\\033]0;t\\007x%.0s' 1 2 3 4)\""])
def test_interrupt_in_a_flood(pair, surroundings, flood):
    terminal, server = pair.terminal, pair.server
    before_kb = memory_kb(server.pid)
    terminal.send(flood + ENTER)
    waiting.outage(3, [terminal])
    grown_kb = memory_kb(server.pid) - before_kb
    interrupt(terminal, surroundings.home / "interrupted")
    run(terminal, "true", "back", PATIENCE_S)
    assert grown_kb < 32 << 10


@pytest.mark.usefixtures("as_shipped")
def test_ten_thousand_sizes(pair, surroundings):
    terminal, server = pair.terminal, pair.server
    before_kb = memory_kb(server.pid)
    for turn in range(10_000):
        terminal.resize(60 + turn % 80, 20 + turn % 31)
        if turn % 20 == 0:
            terminal.read()
    terminal.resize(91, 31)
    terminal.send("clear" + ENTER)
    run(terminal, "until [ \"$(stty size)\" = '31 91' ]; do read -t 0.1; done", "sized", PATIENCE_S)
    assert memory_kb(server.pid) < before_kb + (16 << 10)


def test_a_program_that_does_not_read(pair):
    """Far more than its terminal's queue is typed: window changes and the escape key still work."""
    terminal, server = pair.terminal, pair.server
    terminal.send("clear; sleep 1000" + ENTER)
    waiting.outage(0.5, [terminal])
    for _ in range(40):
        terminal.send(b"x" * 10_000)
    terminal.resize(100, 30)
    terminal.send("\x1e.")
    assert terminal.wait_exit(PATIENCE_S) in (0, 1)
    assert terminal.settings == terminal.settings_before
    server.end()


@pytest.mark.usefixtures("as_shipped")
def test_a_terminal_that_stands_still(pair, surroundings):
    """Nobody reads what the client paints. The far side goes on, the client's memory stays, and the newest
    screen is shown at once when somebody reads again."""
    terminal = pair.terminal
    terminal.send("for n in $(seq 300); do echo line $n; seq 1000; done; touch finished" + ENTER)
    before_kb = memory_kb(terminal.process.pid)
    waiting.until((surroundings.home / "finished").exists, PATIENCE_S, "the program ends unread")
    assert memory_kb(terminal.process.pid) < before_kb + (8 << 10)
    length = len(terminal.output)
    run(terminal, "true", "caught", PATIENCE_S)
    assert len(terminal.output) - length < 1 << 20


def test_a_background_program_that_keeps_the_terminal(pair):
    """The shell ends; what it leaves behind holds the pty open and keeps nobody."""
    terminal, server = pair.terminal, pair.server
    terminal.send("(trap '' HUP; exec sleep 1000) & disown; exit" + ENTER)
    assert terminal.wait_exit(PATIENCE_S) == 0
    server.wait_gone(PATIENCE_S)


def test_killed_client(pair, surroundings):
    """SIGKILL: the shell runs on and the server waits."""
    terminal, server = pair.terminal, pair.server
    terminal.send("touch before; until [ -e after ]; do read -t 0.1; done; echo survived >survived" + ENTER)
    waiting.until((surroundings.home / "before").exists, PATIENCE_S, "the command runs",
                  [terminal.descriptor], lambda _: terminal.read())
    terminal.signal(signal.SIGKILL)
    terminal.wait_exit(PATIENCE_S)
    shells = waiting.children_of(server.pid)
    assert shells
    waiting.outage(2)
    assert not server.is_gone and shells == waiting.children_of(server.pid)
    (surroundings.home / "after").touch()
    waiting.until((surroundings.home / "survived").exists, PATIENCE_S, "the shell goes on")


@pytest.mark.slow
def test_killed_server(pair):
    """SIGKILL: the client says what it hears no more, leaves when asked, and the terminal is clean."""
    terminal, server = pair.terminal, pair.server
    server.signal(signal.SIGKILL)
    terminal.wait_text("last contact", 60)
    terminal.send("\x1e.")
    assert terminal.wait_exit(PATIENCE_S) in (0, 1)
    assert terminal.settings == terminal.settings_before
    assert not terminal.display.is_alternate
    assert b"\x1b[?1049l" in terminal.output[-2000:]
    assert "skua" in terminal.text.lower()


def test_killed_login(skua, surroundings, sshd):
    """All of the ssh login is killed, as when its connection breaks: the session does not belong to it."""
    with pairs.launch(surroundings, sshd, skua, skua, skua) as terminal:
        pairs.wait_prompt(terminal, 60)
        for pid in [*sshd.connections(), sshd.process.pid]:
            for child in [*waiting.children_of(pid), pid]:
                if waiting.exists(child):
                    os.kill(child, signal.SIGKILL)
        run(terminal, "echo on", "goes", PATIENCE_S)
        terminal.send("exit" + ENTER)
        assert terminal.wait_exit(PATIENCE_S) == 0
