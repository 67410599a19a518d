"""Under valgrind neither end of a session loses memory or touches what is not its own."""

import re
import shutil

import pytest

import pairs
import waiting
from conftest import require

_SUMMARY = re.compile(r"ERROR SUMMARY: (\d+) errors")
_LOST = re.compile(r"(?:definitely|indirectly|possibly) lost: ([\d,]+) bytes")


def _valgrind(folder, name):
    return ["valgrind", "--leak-check=full", "--child-silent-after-fork=no",
            f"--log-file={folder}/{name}.%p"]


def _complaints(folder, name):
    """What valgrind said against the processes of that name: [] for nothing."""
    logs = sorted(folder.glob(f"{name}.*"))
    found = []
    summaries = 0
    for log in logs:
        text = log.read_text()
        summaries += len(_SUMMARY.findall(text))
        if any(int(n) for n in _SUMMARY.findall(text)) or any(n != "0" for n in _LOST.findall(text)):
            found.append(text)
    assert summaries, f"no process of {name} came to its end under valgrind: {logs}"
    return found


@pytest.mark.slow
def test_a_session_leaks_nothing(skua, surroundings, tmp_path):
    if shutil.which("valgrind") is None:
        require("valgrind is not installed")
    env = surroundings.env(SKUA_NO_SANDBOX="1")  # valgrind makes code and opens files
    server = pairs.Server(skua.server, env, ["-i", pairs.LOOPBACK],
                          prefix=_valgrind(tmp_path, "server"))
    terminal = pairs.start_client(skua.client, env, server, prefix=_valgrind(tmp_path, "client"))
    with terminal:
        pairs.wait_prompt(terminal, 60)
        terminal.send("seq 3000\r")
        terminal.wait_line("3000", 30)
        terminal.send("printf '\\033]8;;http://x\\033\\\\link\\033]8;;\\033\\\\ "
                      "\\033[4:3mcurly\\033[m \\344\\270\\255 e\\314\\201\\n'\r")
        terminal.wait_text("link curly", 30)
        terminal.resize(100, 40)
        terminal.send("clear; until [ \"$(stty size)\" = '40 100' ]; do read -t 0.1; done; stty size\r")
        terminal.wait_line("40 100", 30)  # not what is typed
        terminal.send("\x1es")
        terminal.wait_text("RTT", 30)
        terminal.send("exit\r")
        assert terminal.wait_exit(60) == 0
    waiting.wait_gone(server.pid, 60)
    assert not _complaints(tmp_path, "client")
    assert not _complaints(tmp_path, "server")
