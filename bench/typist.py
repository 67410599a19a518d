"""Keys typed into programs in terminals, and the time until each one's screen shows them."""

import errno
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

# What is no character on the screen: CSI, OSC, other escapes, and the controls that are left.
_SEQUENCE = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]")

KEYS = "abcdefghijklmnopqrstuvwxyz"
LOST_S = 60.0


class LostError(Exception):
    """What was waited for did not show in time."""


class Line:
    """A program on a pty. Output is taken as it comes; a key is timed from its write to the read that has it."""

    def __init__(self, argv, env):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.set_blocking(self.master, False)
        self.process = subprocess.Popen(
            argv, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)
        self._unread = b""
        self._keys = 0

    def _read(self):
        try:
            self._unread += os.read(self.master, 65536)
        except BlockingIOError:
            pass
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            raise LostError("the program ended") from error

    def _shows(self, text):
        return text in _SEQUENCE.sub(b"", self._unread)

    def drain(self):
        """Take what has come, and forget it."""
        self._read()
        self._unread = b""

    def idle(self, seconds):
        """Let so much time pass as its user would, reading."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self.master], [], [], left)[0]:
                self.drain()

    def write(self, text):
        os.write(self.master, text.encode())

    def wait(self, text, limit_s=LOST_S):
        """Until the text comes; everything before it is forgotten with it. How long that took, in ms."""
        start = time.monotonic()
        text = text.encode()
        while not self._shows(text):
            left = start + limit_s - time.monotonic()
            if left <= 0:
                raise LostError(f"{text!r} did not come within {limit_s} s: {self._unread!r}")
            if select.select([self.master], [], [], left)[0]:
                self._read()
        self._unread = b""
        return (time.monotonic() - start) * 1000

    def press(self):
        """Type the next key and wait until it shows; the time in ms. Each line of 60 ends in a new one."""
        if self._keys and self._keys % 60 == 0:
            self.write("\r")
            self.idle(0.5)
        key = KEYS[self._keys % len(KEYS)]
        self._keys += 1
        self.drain()
        self.write(key)
        return self.wait(key)

    def type_blindly(self, keys, gaps, limit_s=LOST_S):
        """Type so many keys, a gap of gaps() ms after each, whether they show or not; then wait for the rest.
        The remote program echoes and does nothing else. The times in ms, in order."""
        typed, times = [], []
        self.drain()
        due = time.monotonic()
        while len(times) < keys:
            now = time.monotonic()
            if len(typed) < keys and now >= due:
                if len(typed) and len(typed) % 70 == 0:
                    self.write("\r")
                self.write(KEYS[len(typed) % len(KEYS)])
                typed.append(now)
                due = now + gaps() / 1000
            elif len(typed) == keys and now >= typed[-1] + limit_s:
                raise LostError(f"key {len(times)} of {keys} did not show")
            wait = due - time.monotonic() if len(typed) < keys else 1
            if wait > 0 and select.select([self.master], [], [], wait)[0]:
                self._read()
                self._note_letters(typed, times)
        return times

    def _note_letters(self, typed, times):
        now = time.monotonic()
        cut = self._unread.rfind(b"\x1b")  # what follows may be half a sequence
        whole = len(self._unread) if cut < 0 or _SEQUENCE.match(self._unread, cut) else cut
        text = _SEQUENCE.sub(b"", self._unread[:whole]).decode("ascii", "replace")
        self._unread = self._unread[whole:]
        for character in text:
            if len(times) < len(typed) and character == KEYS[len(times) % len(KEYS)]:
                times.append((now - typed[len(times)]) * 1000)

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.master)


def percentile(times, share):
    """The value below which that share of them lies."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def figures(times):
    """Mean, median, p90 and p99 as one piece of a line."""
    return (f"mean {sum(times) / len(times):7.1f}  median {percentile(times, 0.5):7.1f}  "
            f"p90 {percentile(times, 0.9):7.1f}  p99 {percentile(times, 0.99):7.1f} ms")
