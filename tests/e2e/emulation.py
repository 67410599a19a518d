"""Commands under the emulator alone (skua-term), and under xterm where there is one to compare with."""

import json
import os
import select
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import programs

SKUA_TERM = str(programs.BUILD / "tests/tools/skua-term")
PYTHON = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
_ASK = str(Path(__file__).with_name("ask.py"))
_DEADLINE_S = 120
_XTERM = ["-ti", "vt420", "-geometry", "80x24", "-xrm", "*checksumExtension: 2",
          *(word for name in ("Window", "Color", "Tcap") for word in ("-xrm", f"*allow{name}Ops: true"))]


def why_not():
    return None if os.access(SKUA_TERM, os.X_OK) else f"not built: {SKUA_TERM}"


def why_no_xterm():
    """Why there is no xterm to compare with; None if there is one."""
    lacking = [name for name in ("xterm", "Xvfb") if shutil.which(name) is None]
    return f"not installed: {', '.join(lacking)}" if lacking else None


def shown(command, columns=80, rows=24, attributes=False):
    """The rows that a command leaves, without blanks at their ends; with attributes, two rows of them."""
    options = ["--seconds", str(_DEADLINE_S), "--size", f"{columns}x{rows}", *(["--attrs"] if attributes else [])]
    argv = [SKUA_TERM, *options, "--", *command]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=_DEADLINE_S, check=True)
    return done.stdout.split("\n")[:-1]


def shown_bytes(data, folder, **how):
    """The rows that bytes leave, from a program that writes them as they are."""
    path = Path(folder) / "bytes"
    path.write_bytes(data)
    return shown(["sh", "-c", f"stty raw; cat '{path}'"], **how)


def _answers(argv, questions, into, **more):
    env = {**os.environ, **more, "ASK_INTO": str(into)}
    subprocess.run([*argv, PYTHON, _ASK, *questions], env=env, stdin=subprocess.DEVNULL,
                   capture_output=True, timeout=_DEADLINE_S, check=True)
    return json.loads(Path(into).read_text())


def ask(questions, folder):
    """What the emulator answers to each of the questions, in which \\x escapes stand for bytes."""
    return _answers([SKUA_TERM, "--seconds", str(_DEADLINE_S), "--"], questions, Path(folder) / "ours.json")


@contextmanager
def x_display():
    """The name of a display of our own, once it can be had."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x1024x24"],
                              pass_fds=[write_end], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    os.close(write_end)
    try:
        with os.fdopen(read_end) as numbers:
            assert select.select([numbers], [], [], _DEADLINE_S)[0], "Xvfb does not come up"
            yield f":{int(numbers.readline())}"
    finally:
        server.terminate()
        server.wait(_DEADLINE_S)


def ask_xterm(questions, folder):
    with x_display() as display:
        return _answers(["xterm", *_XTERM, "-e"], questions, Path(folder) / "xterm.json", DISPLAY=display)
