"""A server and a client of any makers, joined by hand or by a launcher over ssh."""

import os
import re
import signal
import subprocess

import waiting
from surroundings import PROMPT
from terminal import Terminal

_CONNECT = re.compile(rb"^MOSH CONNECT (\d+) ([A-Za-z0-9/+]{22})\r?$", re.MULTILINE)
_DETACHED = re.compile(rb"\[(?:mosh|skua)-server detached, pid = (\d+)\]")

LOOPBACK = "127.0.0.1"


class Server:
    """A detached server that waits for its client."""

    started = []  # all of this process; end_all() ends those that a test left

    def __init__(self, path, env, options=(), command=(), prefix=()):
        argv = [*prefix, path, "new", "-c", "256", *options]
        if command:
            argv += ["--", *command]
        self.outcome = subprocess.run(argv, env=env, stdin=subprocess.DEVNULL, capture_output=True,
                                      timeout=60, check=False, cwd=env["HOME"])
        connect = _CONNECT.search(self.outcome.stdout)
        detached = _DETACHED.search(self.outcome.stderr)
        assert connect and detached, f"{argv} printed {self.outcome}"
        self.port = int(connect.group(1))
        self.key = connect.group(2).decode()
        self.pid = int(detached.group(1))
        Server.started.append(self)

    def signal(self, number):
        os.kill(self.pid, number)

    @property
    def is_gone(self):
        return waiting.is_gone(self.pid)

    def wait_gone(self, deadline_s=60):
        waiting.wait_gone(self.pid, deadline_s)

    def end(self):
        if not self.is_gone:
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGKILL)

    @classmethod
    def end_all(cls):
        """End what is left. A server may forbid users to look for marks in its environment."""
        while cls.started:
            cls.started.pop().end()


def start_client(path, env, server, address=LOOPBACK, port=None, prefix=(), **terminal):
    """A client of the server, in a terminal."""
    return Terminal([*prefix, path, address, str(port or server.port)],
                    {**env, "MOSH_KEY": server.key}, **terminal)


class Pair:
    """A session without ssh: a server, and a client that has its port and key."""

    def __init__(self, surroundings, server_programs, client_programs, **terminal):
        env = surroundings.env()
        self.server = Server(server_programs.server, env, ["-i", LOOPBACK])
        self.terminal = start_client(client_programs.client, env, self.server, **terminal)

    def close(self):
        self.terminal.close()
        self.server.end()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def launch(surroundings, sshd, launcher, client, server, options=(), command=(), env=None, **terminal):
    """A session through ssh: the launcher's terminal. Arguments are makers' Programs.

    Skua's launcher with Skua's client is one process; each other pair names the client.
    """
    argv = [launcher.launcher, f"--ssh={sshd.ssh_command}", f"--server={server.server}"]
    if (launcher.maker, client.maker) != ("skua", "skua"):
        argv.append(f"--client={client.client}")
    argv += [*options, sshd.host]
    if command:
        argv += ["--", *command]
    return Terminal(argv, {**surroundings.env(), **(env or {})}, **terminal)


def wait_prompt(terminal, deadline_s=60):
    """Wait for the shell, then bring its screen to a state that does not depend on the login."""
    terminal.wait_text(PROMPT, deadline_s)
    terminal.send("clear; echo started\r")
    terminal.wait_for(lambda: terminal.display.lines()[:2] == ["started", PROMPT.rstrip()]
                      and not any(terminal.display.lines()[2:]), deadline_s, "a clear screen")
