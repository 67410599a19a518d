"""A session in use for long while everything goes wrong around it: what was typed arrives once, and memory
stays flat. SKUA_SOAK_MINUTES=20 SKUA_SOAK_SEED=7 scripts/test -k soak -s  has it for longer, with figures."""

import os
import random
import signal
import socket
import time

import pytest

import pairs
from conftest import require
from relay import Relay
from session_scripts import ENTER, run
from waiting import outage

MINUTES = float(os.environ.get("SKUA_SOAK_MINUTES", "0.5"))
SEED = int(os.environ.get("SKUA_SOAK_SEED", "1"))

# Each thing goes wrong so often while buffers and caches grow; what an end may have more at its end.
KINDS = 8
WARM_UP = 2
SLACK_KB = 256


def own_kb(pid):
    """A process's memory that it shares with nobody."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith("Private_"))


class Soak:
    """A session behind a relay, and what can happen to it."""

    def __init__(self, server, relay, terminal, home):
        self.server, self.relay, self.terminal = server, relay, terminal
        self.dice = random.Random(SEED)
        self.log = home / "arrived"
        self.rounds = 0
        self.deck = []  # of what goes wrong next
        self.memory = []  # of the server and the client, after each round

    def lossy(self):
        self.relay.loss = self.dice.choice([0, 0.02, 0.1, 0.3])

    def silent(self):
        self.relay.is_cut = True
        outage(self.dice.uniform(0.5, 8), [self.terminal])
        self.relay.is_cut = False

    def moved(self):
        self.relay.move()

    def stopped(self):
        process = self.dice.choice([self.server, self.terminal])
        process.signal(signal.SIGSTOP)
        outage(self.dice.uniform(0.2, 4), [self.terminal])
        process.signal(signal.SIGCONT)

    def forged(self):
        targets = [("127.0.0.1", self.server.port), self.relay.client]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            for _ in range(2000):
                stranger.sendto(self.dice.randbytes(self.dice.randrange(1, 1400)), self.dice.choice(targets))

    def resized(self):
        self.terminal.resize(self.dice.randrange(60, 200), self.dice.randrange(10, 60))

    def flooded(self):
        self.terminal.send(f"seq {self.dice.randrange(50000)}; head -c 100000 /dev/urandom | base64{ENTER}")

    def colourful(self):
        self.terminal.send(r"for n in $(seq 0 255); do printf '\e[48;5;%dm%d 日本 e\u0301\e[m ' $n $n; done" + ENTER)

    def play_a_round(self):
        """One thing goes wrong; then somebody works on."""
        if not self.deck:
            self.deck = [self.lossy, self.silent, self.moved, self.stopped, self.forged, self.resized,
                         self.flooded, self.colourful]
            self.dice.shuffle(self.deck)
        self.deck.pop()()
        self.rounds += 1
        run(self.terminal, f"echo {self.rounds} >>{self.log}", f"round{self.rounds}", 120)
        self.terminal.output.clear()
        self.memory.append(self.own_kb())

    def own_kb(self):
        return own_kb(self.server.pid), own_kb(self.terminal.process.pid)

    def come_to_rest(self, limits):
        """A small window on a good network; wait until the ends have given back what they took."""
        self.relay.loss = 0
        self.terminal.resize(80, 24)
        run(self.terminal, "true", "rested", 60)
        self.terminal.wait_for(lambda: all(kb <= limit for kb, limit in zip(self.own_kb(), limits)), 60,
                               f"{self.own_kb()} kB are at most {limits}")


@pytest.mark.slow
@pytest.mark.usefixtures("as_shipped")
def test_soak(skua, surroundings, terminals):
    require(None if os.geteuid() == 0 else "a process that dumps no core shows its memory to root only")
    env = surroundings.env()
    server = pairs.Server(skua.server, env, ["-i", pairs.LOOPBACK])
    relay = Relay(server.port, SEED)
    try:
        terminal = terminals([skua.client, pairs.LOOPBACK, str(relay.port)], {**env, "MOSH_KEY": server.key})
        pairs.wait_prompt(terminal)
        soak = Soak(server, relay, terminal, surroundings.home)
        end = time.monotonic() + 60 * MINUTES
        while time.monotonic() < end or soak.deck or soak.rounds < KINDS * WARM_UP:
            soak.play_a_round()
        settled = [max(kb) for kb in zip(*soak.memory[:KINDS * WARM_UP])]
        print(f"{soak.rounds} rounds; server and client at most {settled} kB in the first {KINDS * WARM_UP}, "
              f"{[max(kb) for kb in zip(*soak.memory)]} ever, {soak.own_kb()} at the end")
        soak.come_to_rest([kb + SLACK_KB for kb in settled])
    finally:
        relay.close()
    assert soak.log.read_text().split() == [str(number + 1) for number in range(soak.rounds)]
