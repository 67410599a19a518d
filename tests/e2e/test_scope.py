"""A server asks the user's manager for a scope outside of the login, by a real bus and a real busctl."""

import os
import re
import shutil
import signal
import subprocess

import pytest

import pairs
import waiting
from conftest import require

LINGER = "/var/lib/systemd/linger"
PATIENCE_S = 60


@pytest.fixture
def bus(tmp_path):
    """A user's bus without a manager: its address, what a watcher says of it, the daemon's process."""
    lacking = [name for name in ("busctl", "dbus-daemon", "dbus-monitor") if shutil.which(name) is None]
    require(f"not installed: {', '.join(lacking)}" if lacking else None)
    address = f"unix:path={tmp_path}/bus"
    watched = tmp_path / "watched"
    daemon = subprocess.Popen(["dbus-daemon", "--session", "--nofork", f"--address={address}"])
    watcher = None
    try:
        waiting.until((tmp_path / "bus").exists, PATIENCE_S, "there is a bus")
        with open(watched, "wb") as file:
            watcher = subprocess.Popen(["dbus-monitor", "--address", address, "type='method_call'"], stdout=file)
        waiting.until(lambda: "BecomeMonitor" in watched.read_text() or "NameLost" in watched.read_text(),
                      PATIENCE_S, lambda: f"somebody watches it: {watched.read_text()!r}")
        yield address, watched, daemon
    finally:
        for process in (watcher, daemon):
            if process is not None:
                process.terminate()
                process.wait(PATIENCE_S)


@pytest.fixture
def lingering(tmp_path):
    """A prefix for commands: the user may linger, in a view of the machine of their own."""
    state = os.path.dirname(LINGER)
    require(None if os.path.isdir(state) else f"no {state}")
    tried = subprocess.run(["unshare", "-m", "true"], capture_output=True, text=True, check=False)
    require(f"no mount namespace here: {tried.stderr.strip()}" if tried.returncode else None)
    (tmp_path / "state" / "linger").mkdir(parents=True)

    def prefix(user):
        (tmp_path / "state" / "linger" / user).touch()
        return ["unshare", "-m", "/bin/sh", "-c", f'mount --bind {tmp_path}/state {state} && exec "$@"', "sh"]
    return prefix


def asked_for(watched):
    """The processes of each scope that somebody asked for."""
    calls = re.split(r"^method call ", watched.read_text(), flags=re.MULTILINE)
    return [[int(pid) for pid in re.findall(r"uint32 (\d+)", call)] for call in calls
            if "member=StartTransientUnit" in call]


def test_scope_of_a_user_who_may_linger(skua, surroundings, bus, lingering):
    address, watched, _ = bus
    env = surroundings.env(DBUS_SESSION_BUS_ADDRESS=address)
    server = pairs.Server(skua.server, env, ["-i", pairs.LOOPBACK], prefix=lingering(env["LOGNAME"]))
    waiting.until(lambda: asked_for(watched), PATIENCE_S, lambda: f"it asks: {watched.read_text()!r}")
    assert [sorted(pids) for pids in asked_for(watched)] == [sorted([server.pid, *waiting.children_of(server.pid)])]
    assert f"skua-{server.pid}.scope" in watched.read_text()


def test_a_manager_that_hangs_delays_nothing(skua, surroundings, bus, lingering):
    """A bus that takes connections and says nothing: the CONNECT line came, the session works."""
    address, _, daemon = bus
    daemon.send_signal(signal.SIGSTOP)
    try:
        env = surroundings.env(DBUS_SESSION_BUS_ADDRESS=address)
        server = pairs.Server(skua.server, env, ["-i", pairs.LOOPBACK], prefix=lingering(env["LOGNAME"]))
        with pairs.start_client(skua.client, env, server) as terminal:
            pairs.wait_prompt(terminal, PATIENCE_S)
    finally:
        daemon.send_signal(signal.SIGCONT)


def test_no_scope_that_would_end_with_the_login(skua, surroundings, bus):
    """Who may not linger has a manager that ends with the last login."""
    address, watched, _ = bus
    require("this user may linger" if os.path.exists(f"{LINGER}/{surroundings.env()['LOGNAME']}") else None)
    env = surroundings.env(DBUS_SESSION_BUS_ADDRESS=address)
    server = pairs.Server(skua.server, env, ["-i", pairs.LOOPBACK])
    with pairs.start_client(skua.client, env, server) as terminal:
        pairs.wait_prompt(terminal, PATIENCE_S)
    assert not asked_for(watched)
