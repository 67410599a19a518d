#!/usr/bin/python3
"""Type a recorded trace into the real programs, in real time, over a link with delay and loss, and count
what their client paints at once: what the simulator is held against.

    bench/prediction/calibrate.py [--skua] [--loss PERCENT] RTT_MS TRACE...

They are stock's, or with --skua those of the build in `build` (or of SKUA_BUILD). The program behind the
server is this script, answering each key as it was answered when the trace was recorded; so client, server
and transport are real, and the truth is the simulator's. Its terminal is raw throughout: with --skua only
traces of programs that edit lines themselves say something.
"""

import argparse
import os
import pathlib
import random
import re
import select
import socket
import subprocess
import sys
import termios
import threading
import time
import tty

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "tests/e2e"))

LOOK_MS = 40  # after a key, for what is painted "at once": two processes have to wake
EDITS = (
    b"\x7f \x08 \x1bOD \x1bOC \x1b[D \x1b[C \x1bOH \x1bOF \x1b[H \x1b[F \x1b[3~ \x1b[1;5D \x1b[1;5C "
    b"\x01 \x05 \x0b \x15 \x17 \x19 \x1bb \x1bf \x1bd \x1b\x7f"
).split(b" ")

# What the server's terminal answers to a program's queries (cursor, attributes, modes, colours): no keys.
REPLIES = re.compile(
    rb"\x1b\[\d+;\d+R|\x1b\[[>?=][\d;]*\$?[a-zA-Z]|\x1b\[\d*n|\x1b[P\]][^\x1b\x07]*(?:\x1b\\|\x07)"
)

# What shells suggest is their own idea and no key's effect: fish shows it in these greys.
GREYS = {"585858", "555555", "7f7f7f"}

# Stock has one screen: what a program leaves by these stays there.
OTHER_SCREEN = re.compile(rb"\x1b\[\?(?:47|1047|1049)[hl]")


class Key:
    def __init__(self, gap_ms, typed):
        self.gap_ms, self.typed, self.outs, self.is_secret = gap_ms, typed, [], False


def load(path):
    """Size, and keys; the first is none: what the program wrote at its start."""
    rows, cols, keys = 24, 80, [Key(0, b"")]
    for line in open(path, encoding="ascii"):
        word = line.split()
        if word[:1] == ["size"]:
            rows, cols = int(word[1]), int(word[2])
        elif word[:1] == ["key"]:
            keys.append(Key(int(word[1]), bytes.fromhex(word[2])))
            keys[-1].is_secret = "secret" in word[3:]
        elif word[:1] == ["out"]:
            keys[-1].outs.append((int(word[1]), bytes.fromhex(word[2])))
    return rows, cols, keys


def play(path):
    """Be the program of the trace, on this terminal."""
    tty.setraw(0, termios.TCSANOW)
    os.write(1, b"\x1b[H\x1b[2J")  # the server may have had a word to say
    waiting = b""
    for key in load(path)[2]:
        while len(waiting) < len(key.typed):
            got = os.read(0, 4096)
            if not got:
                return
            waiting = REPLIES.sub(b"", waiting + got)
        waiting = waiting[len(key.typed) :]
        for delay_ms, out in key.outs:
            time.sleep(delay_ms / 1000)
            os.write(1, out)
    time.sleep(5)


class Relay(threading.Thread):
    """UDP with half the round trip each way and jitter of a tenth, order kept, and loss."""

    def __init__(self, rtt_ms, loss_percent, server_port):
        super().__init__(daemon=True)
        self.rtt_ms, self.loss_percent = rtt_ms, loss_percent
        self.server = ("127.0.0.1", server_port)
        self.near = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.far = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.near.bind(("127.0.0.1", 0))
        self.port = self.near.getsockname()[1]

    def run(self):
        queues, client = {self.near: [], self.far: []}, None
        while True:
            first = min((q[0][0] for q in queues.values() if q), default=time.monotonic() + 1)
            wait = max(0, first - time.monotonic())
            for s in select.select([self.near, self.far], [], [], wait)[0]:
                data, source = s.recvfrom(65536)
                client = source if s is self.near else client
                if random.uniform(0, 100) < self.loss_percent:
                    continue
                late_s = (self.rtt_ms / 2 + random.uniform(0, self.rtt_ms / 10)) / 1000
                queue = queues[s]
                at = max(time.monotonic() + late_s, queue[-1][0] if queue else 0)
                queue.append((at, data))
            for s, queue in queues.items():
                while queue and queue[0][0] <= time.monotonic():
                    data = queue.pop(0)[1]
                    if s is self.near:
                        self.far.sendto(data, self.server)
                    elif client:
                        self.near.sendto(data, client)


def picture(display):
    """Rows of text, the cursor, and where something is suggested."""
    rows = [line.ljust(display.columns) for line in display.full_lines()]
    dim = {(y, x) for y, row in enumerate(display.cells()) for x, cell in enumerate(row) if cell.fg in GREYS}
    return rows, (display.cursor[0], min(display.cursor[1], display.columns - 1)), dim


def new_screen(rows, cols):
    """What a user sees of a program's bytes, without a terminal's answers."""
    from screen import Display

    return Display(cols, rows, lambda _: None)


def truths(rows, cols, keys, is_skua):
    """What each key led to without delay: (before, [after, and after each line feed])."""
    screen = new_screen(rows, cols)
    before, out = None, []
    for key in keys:
        before, ways = picture(screen), []
        for data in b"".join(o for _, o in key.outs).splitlines(keepends=True) or [b""]:
            screen.feed(data if is_skua else OTHER_SCREEN.sub(b"", data))
            ways.append(picture(screen))
        out.append((before, ways[-1:] + ways[:-1][:4]))
    return out


def shows(painted, before, after):
    rows, cursor, dim = after
    if painted[1] != cursor:
        return False
    first, last = sorted((before[1][0], cursor[0]))

    def is_there(y, x):
        is_gone = (y, x) in before[2] and rows[y][x] == " "
        return (y, x) in dim or is_gone or rows[y][x] in (before[0][y][x : x + 1], painted[0][y][x : x + 1])

    return all(is_there(y, x) for y in range(first, last + 1) for x in range(len(rows[y])))


def is_edit(key, before, after):
    if key.is_secret:
        return False
    row, column = after[1]
    if key.typed in EDITS:
        return before[1] != after[1] or before[0][row] != after[0][row]
    if key.typed[0] < 32 or before[1] == after[1]:
        return False
    text = key.typed.decode("utf-8", "replace")
    was_row, was_column = before[1]
    behind = column > 0 and after[0][row][column - 1] == text
    return behind or after[0][was_row][was_column : was_column + 1] == text


def programs(is_skua):
    """Client and server."""
    if not is_skua:
        return "mosh-client", "mosh-server"
    root = pathlib.Path(__file__).resolve().parents[2]
    folder = root / os.environ.get("SKUA_BUILD", "build") / "programs"
    return str(folder / "skua-client"), str(folder / "skua-server")


def measure(path, args):
    import pexpect

    client_program, server_program = programs(args.skua)
    rows, cols, keys = load(path)
    truth = truths(rows, cols, keys, args.skua)
    server = subprocess.run(
        [server_program, "new", "-i", "127.0.0.1", "--", "/usr/bin/python3", __file__, "--play", path],
        env=dict(os.environ, LANG="C.UTF-8", LC_ALL="C.UTF-8"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    ).stdout
    port, secret = re.search(rb"MOSH CONNECT (\d+) (\S+)", server).groups()
    relay = Relay(args.rtt_ms, args.loss, int(port))
    relay.start()
    env = dict(os.environ, MOSH_KEY=secret.decode(), MOSH_PREDICTION_DISPLAY="always")
    env.update(TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8")
    client = pexpect.spawn(
        client_program, ["127.0.0.1", str(relay.port)], env=env, dimensions=(rows, cols)
    )
    screen = new_screen(rows, cols)

    def watch(until):
        while (left := until - time.monotonic()) > 0:
            if select.select([client.child_fd], [], [], left)[0]:
                screen.feed(os.read(client.child_fd, 65536))

    watch(time.monotonic() + 5)
    edits = instant = 0
    at = time.monotonic()
    for key, (before, ways) in list(zip(keys, truth))[1:]:
        at += key.gap_ms / 1000
        watch(at)
        os.write(client.child_fd, key.typed)
        watch(time.monotonic() + LOOK_MS / 1000)
        if is_edit(key, before, ways[0]):
            edits += 1
            instant += any(shows(picture(screen), before, way) for way in ways)
    client.close(force=True)
    name = "/".join(path.split("/")[-2:])
    print(
        f"{name:24} RTT {args.rtt_ms:3} ms  loss {args.loss:2} %  {edits:4} edits  {100 * instant / edits:6.2f} %",
        flush=True,
    )


def main():
    if sys.argv[1:2] == ["--play"]:
        play(sys.argv[2])
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--skua", action="store_true", help="our programs, not stock's")
    parser.add_argument("--loss", type=int, default=0, help="each way, in percent (0)")
    parser.add_argument("rtt_ms", type=int)
    parser.add_argument("traces", nargs="+")
    args = parser.parse_args()
    for path in args.traces:
        measure(os.path.abspath(path), args)


if __name__ == "__main__":
    main()
