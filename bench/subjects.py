"""The three that are measured: ssh, stock and Skua, each a session on loopback with a shell in it."""

import os
import re
import select
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/e2e"))

import programs  # noqa: E402
import waiting  # noqa: E402
from pairs import LOOPBACK, Server  # noqa: E402
from relay import Relay  # noqa: E402
from surroundings import PROMPT  # noqa: E402
from typist import Line, LostError  # noqa: E402

_TAIL_BYTES = 4096
_WORDS = "QXZJ"  # no two in a row share a letter: what a screen has already is not painted again
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


class Process:
    """What the kernel says of a process."""

    def __init__(self, pid):
        self.pid = pid
        self._folder = Path(f"/proc/{pid}")

    def cpu_s(self):
        """Seconds of a core so far, user and system."""
        try:
            return int((self._folder / "schedstat").read_text().split()[0]) / 1e9
        except FileNotFoundError:
            fields = (self._folder / "stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND

    def private_kb(self):
        """Memory that nobody shares (USS)."""
        text = (self._folder / "smaps_rollup").read_text()
        return sum(int(kb) for kb in re.findall(r"^Private_(?:Clean|Dirty): +(\d+)", text, re.MULTILINE))

    def proportional_kb(self):
        """Memory, what several share counted as so many parts (PSS)."""
        text = (self._folder / "smaps_rollup").read_text()
        return int(re.search(r"^Pss: +(\d+)", text, re.MULTILINE).group(1))

    def wakeups(self):
        """How often it has gone to sleep by itself, and so was woken."""
        text = (self._folder / "status").read_text()
        return int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", text, re.MULTILINE).group(1))


class Session:
    """A shell's session. line is its terminal, server and client are Processes (ssh: one end's each)."""

    def __init__(self, name, surroundings, sshd, relayed=False, quick=False, **env):
        self.name = name
        self._runs = 0
        self.relay = self._started = None
        env = surroundings.env(**env)
        if name == "ssh":
            before = set(sshd.connections())
            self.line = Line([*sshd.ssh_command.split(), "-tt", sshd.host], env)
            self.line.wait(PROMPT)
            (served,) = set(sshd.connections()) - before
            self.server = Process((waiting.children_of(served) or [served])[0])
        else:
            maker = programs.BY_MAKER[name]
            self._started = Server(maker.server, env, ["-i", LOOPBACK])
            port = self._started.port
            if relayed:
                self.relay = Relay(port, record=True)
                port = self.relay.port
            self.line = Line([maker.client, LOOPBACK, str(port)], {**env, "MOSH_KEY": self._started.key})
            self.line.wait(PROMPT)
            self.server = Process(self._started.pid)
        self.client = Process(self.line.process.pid)
        if not quick:
            self.line.idle(0.5)

    def run(self, command, limit_s=120):
        """Run a shell command, reading and forgetting all it prints. The seconds until it has ended."""
        self.line.drain()
        self._runs += 1
        word = _WORDS[self._runs % len(_WORDS)] * 6
        start = time.monotonic()
        self.line.write(f"{command}; echo {word[:3]}''{word[3:]}\r")
        self.discard_until(word, limit_s)
        took = time.monotonic() - start
        self.line.idle(0.2)
        return took

    def discard_until(self, text, limit_s=120):
        """Read until the text shows; only the last few kilobytes are looked at."""
        text = text.encode()
        end = time.monotonic() + limit_s
        tail = b""
        while text not in tail:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.line.master], [], [], left)[0]:
                raise LostError(f"{self.name}: {text!r} did not come: {tail[-200:]!r}")
            tail = tail[-_TAIL_BYTES:] + os.read(self.line.master, 65536)

    def close(self):
        self.line.close()
        if self._started is not None:
            self._started.end()
        if self.relay is not None:
            self.relay.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
