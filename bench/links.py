"""Key to screen, start to prompt, outage to screen."""

import os
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import programs
from figures import NAMES
from link_emulator import SERVER_ADDRESS, Condition, LinkEmulator
from pairs import Server
from subjects import Session
from surroundings import PROMPT
from typist import Line

_ECHO = ["sh", "-c", "printf READY; exec cat >/dev/null"]
_GAP_MS = (60, 400)


def measure_echo(figures, where, keys):
    """On loopback, without prediction, a key to each in turn; the program is the shell."""
    dice = random.Random(1)
    sessions = [Session(name, *where, MOSH_PREDICTION_DISPLAY="never") for name in NAMES]
    try:
        times = {session.name: [] for session in sessions}
        for _ in range(keys):
            for session in sessions:
                session.line.idle(dice.uniform(0.01, 0.06))
                times[session.name].append(session.line.press())
    finally:
        for session in sessions:
            session.close()
    for name, each in times.items():
        figures.add("key to screen, loopback", "ms", name, *each, bar="<= ssh + 1")
        figures.note("latency on loopback", name, each)


def measure_start(figures, where, rounds):
    """A login over real sshd until the shell's prompt."""
    surroundings, sshd = where
    command = sshd.ssh_command
    argvs = {"ssh": [*command.split(), "-tt", sshd.host]}
    for name, maker in programs.BY_MAKER.items():
        argvs[name] = [maker.launcher, f"--ssh={command}", f"--server={maker.server}", sshd.host]
    for _ in range(rounds):
        for name in NAMES:
            start = time.monotonic()
            line = Line(argvs[name], surroundings.env())
            line.wait(PROMPT)
            figures.add("login to the first prompt", "ms", name, (time.monotonic() - start) * 1000,
                        bar="<= ssh + RTT + 15")
            line.close()
            surroundings.end_strays()


def measure_outages(figures, where, lengths):
    """How long after the network's return the screen shows what was typed without it. lengths: (seconds, rounds);
    up to a second is added by chance, for whoever knocks now and then is met in any phase."""
    def run(job):
        name, seconds, rounds = job
        dice, found = random.Random(seconds), []
        with Session(name, *where, relayed=True, MOSH_PREDICTION_DISPLAY="never") as session:
            for turn in range(rounds):
                session.line.idle(1 + turn % 3)
                session.relay.is_cut = True
                session.line.write(f"echo {turn}''{turn}''{turn}\r")
                session.line.idle(seconds + dice.random())
                session.line.drain()
                session.relay.is_cut = False
                found.append(session.line.wait(f"{turn}{turn}{turn}"))
        return found

    jobs = [(name, *length) for length in lengths for name in NAMES[1:]]
    with ThreadPoolExecutor(len(jobs)) as pool:
        for (name, seconds, _), found in zip(jobs, pool.map(run, jobs)):
            figures.add(f"outage of {seconds} s: screen fresh after", "ms", name, *found, bar="<= RTT + 300")
            figures.note("recovery", f"{name}, {seconds} s", found)


def measure_far(figures, where, keys):
    """RTT 100 ms, 5 % of packets lost each way; with prediction as it comes, and without."""
    surroundings, _ = where
    condition = Condition(delay_ms=50, loss=0.05)

    def run(job):
        name, prediction = job
        link = LinkEmulator(Condition(delay_ms=50), Condition(delay_ms=50))
        env = surroundings.env(MOSH_PREDICTION_DISPLAY=prediction)
        maker, dice = programs.BY_MAKER[name], random.Random(1)
        server = Server(maker.server, env, ["-i", SERVER_ADDRESS], _ECHO, prefix=link.server.prefix)
        line = Line([*link.client.prefix, maker.client, SERVER_ADDRESS, str(server.port)],
                    {**env, "MOSH_KEY": server.key})
        try:
            line.wait("READY")
            line.idle(3)
            for way in (link.up, link.down):
                vars(way).update(vars(condition))
            return line.type_blindly(keys, lambda: dice.uniform(*_GAP_MS))
        finally:
            line.close()
            server.end()
            link.close()

    jobs = [(name, prediction) for prediction in ("never", "adaptive") for name in NAMES[1:]]
    with ThreadPoolExecutor(len(jobs)) as pool:
        for (name, prediction), times in zip(jobs, pool.map(run, jobs)):
            with_it = "with" if prediction == "adaptive" else "without"
            figures.add(f"key to screen, RTT 100 ms, 5 % loss, {with_it} prediction", "ms", name, *times)
            figures.note("latency far away", f"{name}, {with_it} prediction", times)


def can_be_far():
    """Whether there can be namespaces and tun devices."""
    return os.geteuid() == 0 and os.path.exists("/dev/net/tun") and sys.platform == "linux"
