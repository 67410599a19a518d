"""Sessions that are recorded: what a player shows of the file is what the user saw."""

import json
import os
import shutil
import stat

import pytest

import pairs
from screen import Display
from session_scripts import ENTER, run


class Replay:
    """A terminal that is fed a recording."""

    def __init__(self, path):
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        self.head = json.loads(head)
        self.events = [json.loads(line) for line in lines]
        self._display = Display(self.head["width"], self.head["height"], lambda data: None)

    def screens(self):
        """What is seen after each event."""
        for at_s, code, data in self.events:
            if code == "r":
                self._display.resize(*map(int, data.split("x")))
            else:
                self._display.feed(data.encode())
            yield at_s, (self._display.cells(), self._display.cursor)


def seen(terminal):
    terminal.wait_quiet()
    return terminal.display.cells(), terminal.display.cursor


@pytest.fixture
def recorded(ours, terminals, tmp_path):
    """Call it to start a session that is recorded: (terminal, path)."""
    def start(path=tmp_path / "session.cast"):
        terminal = terminals([ours.launcher, f"--server={ours.server}", "--local", f"--record={path}", "127.0.0.1"])
        return terminal, path
    return start


def test_a_replay_shows_the_same_screens(recorded):
    terminal, path = recorded()
    pairs.wait_prompt(terminal)
    shots = []
    for command in (r"printf '\033[1;31mred\033[m %s\n' \"quoted\\\"", "printf '日本語 e\u0301\\n'", "seq 200"):
        run(terminal, command, "done")
        shots.append(seen(terminal))
    terminal.resize(100, 30)
    run(terminal, "tput cup 4 0", "moved")
    shots.append(seen(terminal))
    terminal.send("exit" + ENTER)
    assert terminal.wait_exit() == 0

    replay = Replay(path)
    assert (replay.head["version"], replay.head["width"], replay.head["height"]) == (2, 80, 24)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    times = []
    for at_s, screen in replay.screens():
        times.append(at_s)
        if shots and screen == shots[0]:
            shots.pop(0)
    assert not shots, f"{len(shots)} screens were not seen again"
    assert times == sorted(times)


def test_asciinema_plays_it(recorded, terminals, surroundings):
    if shutil.which("asciinema") is None:
        pytest.skip("not installed: asciinema")
    terminal, path = recorded()
    pairs.wait_prompt(terminal)
    run(terminal, "seq 5", "five")
    terminal.send("exit" + ENTER)
    assert terminal.wait_exit() == 0
    player = terminals(["asciinema", "play", "--speed=1000", str(path)], {**surroundings.env(), "LC_ALL": "C.UTF-8"})
    assert player.wait_exit() == 0
    replay = Replay(path)
    *_, (_, last) = replay.screens()
    assert (player.display.cells(), player.display.cursor) == last


@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_what_is_there_is_left_alone(recorded, tmp_path, kind):
    path = tmp_path / "there"
    {"file": lambda: path.write_text("kept"), "link": lambda: path.symlink_to(tmp_path / "nowhere"),
     "folder": path.mkdir}[kind]()
    terminal, _ = recorded(path)
    assert terminal.wait_exit() not in (0, None)
    assert "there" in terminal.text
    assert not (tmp_path / "nowhere").exists()
    assert kind != "file" or path.read_text() == "kept"


def test_a_full_disk_ends_only_the_recording(recorded, tmp_path, ours, terminals):
    path = tmp_path / "session.cast"
    limit = f"ulimit -f 8; exec {ours.launcher} --server={ours.server} --local --record={path} 127.0.0.1"
    terminal = terminals(["bash", "-c", limit])
    pairs.wait_prompt(terminal)
    terminal.send("while sleep 0.1; do head -c 900 /dev/urandom | base64; done" + ENTER)
    terminal.wait_text("recording has stopped", 60)
    terminal.send("\x03")
    run(terminal, "true", "still here")
    terminal.send("exit" + ENTER)
    assert terminal.wait_exit() == 0
    assert Replay(path).events
    assert path.read_bytes().endswith(b"]\n")
