"""A program in a pseudo-terminal, and the screen that its user would see."""

import errno
import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
import tty

import waiting
from screen import Display

_READ_BYTES = 65536


def _set_size(descriptor, columns, rows):
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


class Terminal:
    """Start a program on a pty of the given size; read, write and wait for what its screen shows.

    The slave stays open here too, so the terminal's settings can be read after the program has ended.
    """

    def __init__(self, argv, env, columns=80, rows=24, cwd=None, answers=True):
        self.descriptor, self._slave = pty.openpty()
        _set_size(self._slave, columns, rows)
        os.set_blocking(self.descriptor, False)
        self.settings_before = termios.tcgetattr(self._slave)
        self.output = bytearray()  # everything that the program wrote
        self._answers = answers
        self.display = Display(columns, rows, self._answer)
        self.process = subprocess.Popen(
            argv, stdin=self._slave, stdout=self._slave, stderr=self._slave, env=env, cwd=cwd,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))

    # What it shows

    @property
    def text(self):
        """All rows with their blanks: what a test looks for may end in one."""
        return "\n".join(self.display.full_lines())

    @property
    def settings(self):
        """The terminal's modes as tcgetattr() gives them."""
        return termios.tcgetattr(self._slave)

    def unread(self):
        """How many typed bytes no program has read. The terminal's settings are changed by it."""
        tty.setraw(self._slave, termios.TCSANOW)
        return struct.unpack("i", fcntl.ioctl(self._slave, termios.FIONREAD, b"\0" * 4))[0]

    def seen(self):
        """All that a comparison looks at."""
        display = self.display
        return display.cells(), display.cursor, display.cursor_is_hidden, display.is_light

    def describe(self):
        """The screen as text with its edges, for a failure."""
        edge = "+" + "-" * self.display.columns + "+"
        state = "running" if self.is_alive else f"ended with {self.process.returncode}"
        rows = [f"|{line}" for line in self.display.lines()]
        return "\n".join([f"{self.process.args} {state}, cursor {self.display.cursor}", edge, *rows, edge])

    # What happens to it

    def read(self):
        """Take in what the program has written by now. Returns whether there was anything."""
        try:
            data = os.read(self.descriptor, _READ_BYTES)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno == errno.EIO:
                return False
            raise
        self.output += data
        self.display.feed(data)
        return bool(data)

    def _answer(self, data):
        if self._answers:
            self.send(data)

    def send(self, data):
        """Type bytes or text. Waits for room, reading meanwhile, when the program is slow to take them."""
        data = data.encode() if isinstance(data, str) else data
        view = memoryview(data)

        def is_written():
            nonlocal view
            try:
                view = view[os.write(self.descriptor, view):]
            except BlockingIOError:
                self.read()
            return not view

        waiting.until(is_written, 60, "the terminal takes no input",
                      [self.descriptor], lambda _: self.read())

    def resize(self, columns, rows):
        """As when the user drags the window's corner."""
        self.display.resize(columns, rows)
        _set_size(self._slave, columns, rows)

    def signal(self, number):
        self.process.send_signal(number)

    def hang_up(self):
        """Close the terminal under the program."""
        for descriptor in (self._slave, self.descriptor):
            if descriptor is not None:
                os.close(descriptor)
        self._slave = self.descriptor = None

    # Waiting

    def wait_for(self, condition, deadline_s=60, what=None):
        """Wait until condition() is true; it is asked again after each piece of output."""
        def text():
            return f"{what or 'the condition'}\n{self.describe()}"
        return waiting.until(condition, deadline_s, text, [self.descriptor], lambda _: self.read())

    def wait_text(self, text, deadline_s=60):
        """Wait until the screen shows the text."""
        self.wait_for(lambda: text in self.text, deadline_s, f"screen shows {text!r}")

    def wait_no_text(self, text, deadline_s=60):
        self.wait_for(lambda: text not in self.text, deadline_s, f"screen loses {text!r}")

    def wait_line(self, text, deadline_s=60):
        """Wait until a row is the text and nothing else."""
        self.wait_for(lambda: text in self.display.lines(), deadline_s, f"a row is {text!r}")

    def wait_last_line(self, text, deadline_s=60):
        """Wait until the last row that is not blank is the text, with the cursor in it."""
        def is_last():
            row = self.display.cursor[0]
            lines = self.display.lines()
            return lines[row] == text.rstrip() and not any(lines[row + 1:])
        self.wait_for(is_last, deadline_s, f"the last row is {text!r}")

    def wait_quiet(self, quiet_s=0.4, deadline_s=60):
        """Wait until the program has written nothing for a while: its screen has settled."""
        def is_quiet():
            length = len(self.output)
            waiting.outage(quiet_s, [self])
            return len(self.output) == length
        self.wait_for(is_quiet, deadline_s, "output stops")

    @property
    def is_alive(self):
        return self.process.poll() is None

    @property
    def is_stopped(self):
        return waiting.process_state(self.process.pid) == "T"

    def wait_exit(self, deadline_s=60):
        """Wait for the program's end; its status as a shell gives it: 128 + n for signal n."""
        readable = [] if self.descriptor is None else [self.descriptor]
        waiting.until(lambda: not self.is_alive, deadline_s,
                      lambda: f"the program ends\n{self.describe()}", readable, lambda _: self.read())
        if self.descriptor is not None:
            while self.read():
                pass
        status = self.process.returncode
        return 128 - status if status < 0 else status

    def close(self):
        """End the program if it still runs, and the terminal."""
        if self.is_alive:
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGKILL)
        self.process.wait(10)
        self.hang_up()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
