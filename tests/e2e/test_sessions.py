"""Sessions as their user sees them on the host: `skua-server list` and `kill`, and the notice at a login."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import pairs
import waiting

# Holds an entry as a session does, until it is told to end.
_HOLDER = """
import fcntl, os, signal, sys
descriptor = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o600)
fcntl.lockf(descriptor, fcntl.LOCK_EX)
os.write(descriptor, sys.argv[2].encode())
print(flush=True)
signal.pause()
"""


class Host:
    """The user's host: its sessions by the server's own words."""

    def __init__(self, server, surroundings):
        self.server = server
        self.env = surroundings.env()
        self.folder = Path(self.env["HOME"]) / ".local/state/skua/run" / socket.gethostname()
        self._holders = []

    def run(self, *words):
        return subprocess.run([self.server, *words], env=self.env, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=60, check=False)

    def sessions(self):
        done = self.run("list", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    def hold(self, id_, **fields):
        """Another session, as a file in the registry tells of it. Returns its process."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = "".join(f"{name} {value}\n" for name, value in fields.items())
        process = subprocess.Popen([sys.executable, "-c", _HOLDER, self.folder / id_, "skua-session 1\n" + text],
                                   stdout=subprocess.PIPE)
        assert process.stdout.readline()
        self._holders.append(process)
        return process

    def close(self):
        for process in self._holders:
            process.kill()
            process.wait()


@pytest.fixture
def host(skua, surroundings):
    host = Host(skua.server, surroundings)
    yield host
    host.close()


def test_a_session_from_start_to_end(host, skua, terminals):
    assert host.run("list").stdout == ""
    server = pairs.Server(skua.server, host.env, ["-i", pairs.LOOPBACK])
    (entry,) = host.sessions()
    assert (entry["pid"], entry["port"], entry["state"], entry["client"]) == (server.pid, server.port, "waiting", "")
    assert "none yet" in host.run("list").stdout

    terminal = terminals([skua.client, pairs.LOOPBACK, str(server.port)], {**host.env, "MOSH_KEY": server.key})
    pairs.wait_prompt(terminal)
    (entry,) = host.sessions()
    assert (entry["state"], entry["client"], entry["silent_s"]) == ("attached", pairs.LOOPBACK, 0)
    assert os.path.exists(entry["terminal"])
    table = host.run("list").stdout
    assert entry["id"][:8] in table and pairs.LOOPBACK in table and str(server.pid) in table

    terminal.send("exit\r")
    assert terminal.wait_exit() == 0
    server.wait_gone()
    assert host.sessions() == [] and list(host.folder.iterdir()) == []


@pytest.mark.parametrize("by", ["id", "pid"])
def test_kill(host, skua, terminals, by):
    server = pairs.Server(skua.server, host.env, ["-i", pairs.LOOPBACK], ["sleep", "600"])
    other = pairs.Server(skua.server, host.env, ["-i", pairs.LOOPBACK], ["sleep", "601"])
    terminal = terminals([skua.client, pairs.LOOPBACK, str(server.port)], {**host.env, "MOSH_KEY": server.key})
    waiting.until(lambda: any(s["state"] == "attached" for s in host.sessions()), 60, "the client is there")
    (entry,) = (s for s in host.sessions() if s["pid"] == server.pid)
    assert entry["command"] == "sleep 600"
    done = host.run("kill", entry["id"][:8] if by == "id" else str(server.pid))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert terminal.wait_exit() == 0, "the client was told"
    assert [s["pid"] for s in host.sessions()] == [other.pid]


def test_a_session_that_was_shot_is_not_listed(host, skua):
    server = pairs.Server(skua.server, host.env, ["-i", pairs.LOOPBACK], ["sleep", "600"])
    assert len(host.sessions()) == 1
    server.end()
    server.wait_gone()
    assert host.sessions() == []


def test_kill_of_the_silent(host):
    now = int(time.time())
    old = host.hold("a" * 32, state="silent", heard=now - 7200, client="192.0.2.7")
    new = host.hold("b" * 32, state="silent", heard=now - 60)
    attached = host.hold("c" * 32, state="attached", heard=now - 7200)
    starting = host.hold("d" * 32, state="waiting", began=now - 7200)
    assert "192.0.2.7, silent for 2 h" in host.run("list").stdout
    assert host.run("kill", "--silent", "3600").returncode == 0
    assert old.wait(10) == -signal.SIGTERM
    assert [process.poll() for process in (new, attached, starting)] == [None] * 3
    assert host.run("kill", "--silent", "0").returncode == 0
    assert new.wait(10) == -signal.SIGTERM and attached.poll() is None


@pytest.mark.parametrize("words,said", [
    (["kill"], "name a session"),
    (["kill", "ffff"], "no session ffff"),
    (["kill", ""], "no session"),
    (["kill", "abc"], "more than one"),
    (["kill", "--all"], "only the option --silent"),
    (["kill", "--silent"], "number of seconds"),
    (["kill", "--silent", "-1"], "number of seconds"),
    (["list", "x"], "only the option --json"),
])
def test_what_is_refused(host, words, said):
    held = [host.hold("abc" + digit * 29, state="silent") for digit in "01"]
    done = host.run(*words)
    assert done.returncode == 1 and said in done.stderr.splitlines()[0] and done.stdout == ""
    assert [process.poll() for process in held] == [None, None]


def test_names_of_others_do_no_harm(host):
    host.hold("e" * 32, state="silent", client="\x1b]0;x\x07", command='"' + "x" * 900)
    (entry,) = host.sessions()
    assert entry["client"] == "?]0;x?" and entry["command"].startswith('"xxx')
    assert "\x1b" not in host.run("list").stdout


def notice(host, skua, terminals):
    """What a login shell's session shows of others."""
    (Path(host.env["HOME"]) / ".hushlogin").unlink(missing_ok=True)
    server = pairs.Server(skua.server, host.env, ["-i", pairs.LOOPBACK])
    terminal = terminals([skua.client, pairs.LOOPBACK, str(server.port)], {**host.env, "MOSH_KEY": server.key})
    terminal.wait_text(pairs.PROMPT)
    return "".join(line for line in terminal.display.lines() if "attached" in line)


def test_notice_at_a_login(host, skua, terminals):
    host.hold("c" * 32, state="attached", client="192.0.2.8")
    host.hold("d" * 32, state="waiting")
    assert notice(host, skua, terminals) == ""
    host.hold("a" * 32, state="silent")
    assert notice(host, skua, terminals) == "skua: nobody is attached to your session aaaaaaaa (skua-server list)"
    host.hold("b" * 32, state="silent")
    assert "2 of your sessions: " in notice(host, skua, terminals)


@pytest.mark.slow
def test_a_client_that_died_is_silent_after_a_while(host, skua, terminals):
    server = pairs.Server(skua.server, host.env, ["-i", pairs.LOOPBACK])
    terminal = terminals([skua.client, pairs.LOOPBACK, str(server.port)], {**host.env, "MOSH_KEY": server.key})
    pairs.wait_prompt(terminal)
    terminal.signal(signal.SIGKILL)
    waiting.until(lambda: host.sessions()[0]["state"] == "silent", 90, "the client is missed")
    (entry,) = host.sessions()
    assert entry["silent_s"] >= 30 and entry["client"] == pairs.LOOPBACK
    assert entry["id"][:8] in notice(host, skua, terminals)
