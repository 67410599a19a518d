"""Waiting for a condition with a deadline. The tests know no other way to let time pass, but for a
scripted outage."""

import os
import select
import time

# How often a condition is asked that nothing wakes us for, as a file or another process.
_ASK_AGAIN_S = 0.05


class DeadlineError(AssertionError):
    """The condition did not come true in time."""


def until(condition, deadline_s, what, readable=(), on_readable=None):
    """Wait until condition() is true and return what it returned.

    readable     descriptors that may bring it about; on_readable(descriptor) reads one of them
    Raises DeadlineError with what() or what in its text after deadline_s seconds.
    """
    end = time.monotonic() + deadline_s
    while True:
        result = condition()
        if result:
            return result
        left = end - time.monotonic()
        if left <= 0:
            text = what() if callable(what) else what
            raise DeadlineError(f"not within {deadline_s} s: {text}")
        ready, _, _ = select.select(list(readable), [], [], min(left, _ASK_AGAIN_S))
        for descriptor in ready:
            on_readable(descriptor)


def outage(seconds, terminals=()):
    """Let a scripted outage last: its length is what is tested. The terminals' output is read meanwhile,
    as a user's terminal would, so that no program stands still because nobody reads it."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        by_descriptor = {terminal.descriptor: terminal for terminal in terminals}
        ready, _, _ = select.select(list(by_descriptor), [], [], min(left, 1.0))
        for descriptor in ready:
            by_descriptor[descriptor].read()


def process_state(pid):
    """The one letter of a process's state (R, S, T, Z...), or None if it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return None


def is_gone(pid):
    """Whether a process has ended; one that waits to be collected has."""
    return process_state(pid) in (None, "Z", "X")


def wait_gone(pid, deadline_s):
    """Wait for the end of a process that may be no child of ours."""
    until(lambda: is_gone(pid), deadline_s, f"process {pid} is still there")


def children_of(pid):
    """The pids of a process's children."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(word) for word in file.read().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def exists(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
