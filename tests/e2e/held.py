"""A session whose server can be held: what its client paints meanwhile is its own prediction.

Nothing here measures time. The server is stopped, keys are typed, and then the escape key: the client shows its
commands in the top row, in the same picture as every key before it or in a later one. So when that row is seen, all
that the client will predict is on the screen, however slow the machine is.
"""

import os
import signal

import waiting
from gate import Gate
from pairs import LOOPBACK, Server, start_client
from programs import BY_MAKER

DEADLINE_S = 60
ESCAPE = "\x1e"
_COMMANDS = "Ctrl-Z suspends"

# The prompt stands alone in a shell that is as distributions set it up: its line editor brackets pastes.
BASH = ["bash", "--norc", "--noprofile"]


class Held:
    """A server and a client with prediction, and a gate between them; env is added to what both see."""

    def __init__(self, surroundings, client, server, command=BASH, display="always", env=None, **terminal):
        variables = {**surroundings.env(PS1="$ ", **{"MOSH_PREDICTION_DISPLAY": display}), **(env or {})}
        variables["SHELL"] = "/bin/bash"
        self.server = Server(BY_MAKER[server].server, variables, ["-i", LOOPBACK], command)
        self.gate = Gate(self.server.port)
        self.terminal = start_client(BY_MAKER[client].client, variables, self.server, port=self.gate.port, **terminal)
        self.is_held = False

    # The screen

    @property
    def lines(self):
        return self.terminal.display.lines()

    @property
    def cursor(self):
        return self.terminal.display.cursor

    @property
    def row(self):
        """The row of the cursor, as text."""
        return self.lines[self.cursor[0]]

    # Keys that the server answers

    def wait(self, condition, what):
        self.terminal.wait_for(condition, DEADLINE_S, what)

    def wait_row(self, text):
        """The cursor's row is the text, blanks at its end apart."""
        self.wait(lambda: self.row == text.rstrip(), f"the cursor's row is {text!r}")

    def send(self, keys):
        self.terminal.send(keys)

    def type(self, keys, row):
        """Type key by key; go on when the row is there, by prediction or echo."""
        for key in keys:
            self.send(key)
        self.wait_row(row)

    def settle(self):
        """Until the client has nothing more to show. A server that is slower than that has its say later: a case
        must not fail then."""
        self.terminal.wait_quiet(1, DEADLINE_S)

    def teach(self, lines=4):
        """Type some commands, each letter answered, as a user has before the case begins."""
        for number in range(lines):
            text = f"echo {number}"
            for i in range(len(text)):
                self.send(text[i])
                self.wait_row("$ " + text[:i + 1])
                self.settle_short()
            self.send("\r")
            self.wait(lambda n=str(number): self.row == "$" and self.lines[self.cursor[0] - 1] == n, "an answer")
            self.settle_short()

    def teach_copies(self, command, lines=4):
        """Start a command that gives back each line that it reads, on an empty screen, and type some."""
        self.settle()
        self.send(f"clear; {command}\r")
        self.wait(lambda: self.cursor == (0, 0), "the command reads")
        for number in range(lines):
            for key in f"a line of some length, {number}":
                self.send(key)
                self.settle_short()
            self.send("\r")
            self.wait(lambda n=2 * number + 2: self.cursor == (n, 0), "the line comes back")

    def clear(self):
        """Until the shell waits at the top of an empty screen: keys typed sooner would be the driver's."""
        self.wait_row("$ ")
        self.send("clear; echo started\r")
        self.wait(lambda: self.lines[:2] == ["started", "$"] and not any(self.lines[2:]), "an empty screen")
        self.settle()

    def settle_short(self):
        self.terminal.wait_quiet(0.12, DEADLINE_S)

    # Keys that nobody answers

    def hold(self):
        """Stop the server, once it has said all it had to."""
        self.settle()
        self.server.signal(signal.SIGSTOP)
        waiting.until(lambda: waiting.process_state(self.server.pid) == "T", DEADLINE_S, "the server stops")
        self.is_held = True

    def let_go(self):
        self.server.signal(signal.SIGCONT)
        self.is_held = False

    def painted(self, keys):
        """Type while the server is held. Returns the rows that are painted for it, without the top one.

        The top row shows the client's commands then, or the bottom row if the cursor was in the top one: a
        case keeps its text out of both.
        """
        assert self.is_held
        self.send(keys)
        self.send(ESCAPE)
        self.wait_commands()
        return self.lines[1:]

    def wait_commands(self):
        """The escape key has been seen, and with it all that was typed before."""
        self.wait(lambda: _COMMANDS in self.lines[0] + self.lines[-1], "the commands are shown")

    def end_commands(self):
        """Leave the escape key's row: its second key is passed on literally."""
        self.send("^")
        self.wait(lambda: _COMMANDS not in self.lines[0] + self.lines[-1], "the commands are gone")

    # Secrets

    def mark(self):
        """Where the output of the client ends by now."""
        while self.terminal.read():
            pass
        return len(self.terminal.output)

    def shown_since(self, mark, letters):
        """Which of the letters the client has ever written since the mark, if only for a moment. They must be
        none that its escape sequences use."""
        written = bytes(self.terminal.output[mark:]).decode(errors="replace")
        return [letter for letter in letters if letter in written]

    def close(self):
        self.terminal.close()
        self.gate.close()
        if os.path.exists(f"/proc/{self.server.pid}"):
            self.server.end()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
