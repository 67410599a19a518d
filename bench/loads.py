"""What whole sessions do under load: a large file printed, a flood interrupted, memory before and after."""

import contextlib
import random
import time

from figures import NAMES
from subjects import Session
from typist import LostError

_CTRL_C = "\x03"
_WORDS = 2000
_ANSWER_LIMIT_S = 30
MB = 1_000_000


def make_text(path, size):
    """Lines of made-up words: the same file in every run."""
    dice = random.Random(1)
    words = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(1, 9))) for _ in range(_WORDS)]
    with open(path, "w", encoding="ascii") as file:
        while file.tell() < size:
            file.writelines(" ".join(dice.choices(words, k=dice.randint(1, 16))) + "\n" for _ in range(1000))
        file.truncate(size)


def measure_cat(figures, where, path, size, rounds):
    """In turns, each in a session of its own: the machine's moods hit all alike."""
    label = f"cat of {size // MB} MB"
    for _ in range(rounds):
        for name in NAMES:
            with Session(name, *where) as session:
                cpu = session.server.cpu_s()
                took = session.run(f"cat {path}")
                figures.add(f"{label}, until the prompt", "s", name, took,
                            bar="<= ssh; <= 1/3 of stock")
                figures.note("throughput", name, [size / took / MB])
                if name != "ssh":
                    figures.add(f"{label}, CPU of the server", "s", name, session.server.cpu_s() - cpu,
                                bar="<= 1/15 of stock")


def measure_interrupt(figures, where, seconds, rounds):
    """Who never answers is missing in the row and named at the end; the others' figures stay."""
    lost = []
    for _ in range(rounds):
        for name in NAMES:
            try:
                figures.add(f"yes for {seconds} s: Ctrl-C to the next answer", "ms", name,
                            _interrupt(name, where, seconds), bar="<= RTT + 100")
            except LostError as error:
                lost.append(str(error))
    if lost:
        raise LostError("; ".join(lost))


def _interrupt(name, where, seconds):
    with Session(name, *where) as session:
        session.line.write("yes\r")
        session.line.idle(seconds)
        session.line.write(f"{_CTRL_C}\recho QQ''QQQQ\r")
        start = time.monotonic()
        session.discard_until("QQQQQQ", _ANSWER_LIMIT_S)
        return (time.monotonic() - start) * 1000


def measure_memory(figures, where, path, times, size):
    """USS of both ends: idle, and some seconds after a flood."""
    total = times * size / 1e9
    for name in NAMES:
        with Session(name, *where) as session:
            session.line.idle(2)
            curve = [_note_memory(figures, "idle", session)]
            for _ in range(times):
                session.run(f"cat {path}")
                curve.append(session.server.private_kb())
            session.line.idle(4)
            curve.append(_note_memory(figures, f"after cat of {total:.3g} GB", session))
            figures.note("memory", name, curve)


def _note_memory(figures, when, session):
    for end, bar in (("server", "<= 700"), ("client", "<= 1024")):
        figures.add(f"private memory of the {end}, {when}", "KiB", session.name,
                    getattr(session, end).private_kb(), bar=bar)
    return session.server.private_kb()


def measure_idle(figures, where, settle_s, seconds):
    """Side by side, once heartbeats have found their pace."""
    with contextlib.ExitStack() as stack:
        sessions = [stack.enter_context(Session(name, *where, relayed=True)) for name in NAMES[1:]]
        _idle_all(sessions, settle_s)
        before = [_counts(session) for session in sessions]
        _idle_all(sessions, seconds)
        for session, was in zip(sessions, before):
            now = _counts(session)
            for what, unit in now:
                rate = (now[what, unit] - was[what, unit]) * 60 / seconds
                figures.add(f"idle: {what}", unit, session.name, rate, bar="<= 1/2 of stock")


def _idle_all(sessions, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for session in sessions:
            session.line.idle(0.05)


def _counts(session):
    return {
        ("wake-ups of the server", "a minute"): session.server.wakeups(),
        ("wake-ups of the client", "a minute"): session.client.wakeups(),
        ("packets, both ways", "a minute"): len(session.relay.up) + len(session.relay.down),
    }


def measure_many(figures, where, count, seconds):
    """So many sessions with their clients on this machine; the servers' share of it."""
    for name in ("skua",):
        with contextlib.ExitStack() as stack:
            sessions = [stack.enter_context(Session(name, *where, quick=True)) for _ in range(count)]
            _idle_all(sessions[:1], 35)
            memory = sum(session.server.proportional_kb() for session in sessions) / 1024
            cpu = sum(session.server.cpu_s() for session in sessions)
            _idle_all(sessions[:1], seconds)
            cpu = sum(session.server.cpu_s() for session in sessions) - cpu
            figures.add(f"{count} idle sessions: memory of the servers", "MiB", name, memory, bar="<= 400")
            figures.add(f"{count} idle sessions: CPU of the servers", "% of a core", name, cpu / seconds * 100,
                        bar="<= 2")
