"""What the same history of screens costs on the wire: an editor, top and a build's log, recorded once from the
real programs with their times, and played to each."""

import json
import os
import pty
import random
import select
import shutil
import struct
import subprocess
import sys
import termios
import fcntl
import time

from subjects import Session

UDP_IP_BYTES = 28

_PLAYER = """import json, sys, time
start = time.monotonic()
for at, text in json.load(open(sys.argv[1])):
    time.sleep(max(0, at - (time.monotonic() - start)))
    sys.stdout.buffer.write(text.encode("latin-1"))
    sys.stdout.buffer.flush()
"""


def _record(argv, keys, seconds):
    """[[time, bytes as latin-1]] of a program on a terminal that is typed at: keys are [(time, text)]."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    env = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": "/nonexistent"}
    program = subprocess.Popen(argv, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True)
    os.close(slave)
    start, history, keys = time.monotonic(), [], list(keys)
    while (now := time.monotonic() - start) < seconds:
        while keys and keys[0][0] <= now:
            os.write(master, keys.pop(0)[1].encode())
        wait = min(seconds, keys[0][0] if keys else seconds) - now
        if select.select([master], [], [], max(0, wait))[0]:
            try:
                history.append([time.monotonic() - start, os.read(master, 65536).decode("latin-1")])
            except OSError:
                break
    program.kill()
    program.wait()
    os.close(master)
    return history


def _editor(source):
    """Paging, searching, typing in the middle of a file."""
    keys, at = [], 0.5
    for text in ("\x06", "\x06", "\x06", "\x02", "/static\r", "n", "n", "Oan inserted line", "\x1b", "dd", "u",
                 *"jjjjjjjjjjjjjjjjjjjjjj", "\x04", "\x15", "G", "1G", ":set number\r", "\x06", "\x06"):
        for piece in text if len(text) > 8 and text[0] not in ":/" else [text]:
            keys.append((at, piece))
            at += 0.06 if len(text) > 8 else 0.15
    vim = shutil.which("vim.tiny") or shutil.which("vim") or "vi"
    return _record([vim, "-u", "NONE", "-i", "NONE", "-n", "-R", str(source)], keys, at + 0.5)


def _build_log(seconds):
    dice, history, at, n = random.Random(3), [], 0.0, 0
    while at < seconds:
        at += dice.expovariate(1 / 0.02)
        n += 1
        name = "".join(dice.choices("abcdefghijklmnop_", k=dice.randint(4, 18)))
        line = f"[{n}/900] Compiling C object core/lib{name[:6]}.a.p/{name}.c.o"
        if dice.random() < 0.05:
            line += f"\r\n\x1b[1m../{name}.c:{n}:5: \x1b[35mwarning:\x1b[m unused variable '{name}'"
        history.append([at, line + "\r\n"])
    return history


def measure(figures, where, folder, source, seconds):
    (folder / "player.py").write_text(_PLAYER)
    histories = {
        "vim": _editor(source),
        "top": _record(["top", "-d", "0.7"], [], seconds),
        "build log": _build_log(seconds),
    }
    for noun, history in histories.items():
        path = folder / f"{noun.replace(' ', '-')}.json"
        path.write_text(json.dumps(history))
        for name in ("stock", "skua"):
            with Session(name, *where, relayed=True) as session:
                session.run("stty -opost")
                before = _wire_bytes(session)
                session.run(f"{sys.executable} {folder}/player.py {path}; stty opost; clear")
                session.line.idle(1)
                figures.add(f"on the wire, {noun}", "kB", name, (_wire_bytes(session) - before) / 1000,
                            bar="<= stock")


def _wire_bytes(session):
    return sum(len(datagram) + UDP_IP_BYTES for datagram in (*session.relay.up, *session.relay.down))
