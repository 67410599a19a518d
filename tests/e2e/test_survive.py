"""What a session outlives: a changed address, a silent network, a stopped process, a lost ssh."""

import signal

import pytest

import pairs
from namespaces import SERVER_ADDRESS, SERVER_ADDRESS6
from programs import BY_MAKER
from relay import Relay
from session_scripts import ENTER, run
from waiting import outage, until

OUTAGE_S = 90
STOPPED_S = 60
UNPLUGGED_S = 30
RECOVERY_S = 30  # a client may be up to 3 s from its next packet, and backs off on the way


@pytest.fixture
def apart(makers, namespaces, surroundings, terminals):
    """A server on one machine and its client on another: the client's terminal."""
    server_programs, client_programs = (BY_MAKER[maker] for maker in makers)
    server = pairs.Server(server_programs.server, surroundings.env(), ["-i", SERVER_ADDRESS],
                          prefix=namespaces.server.prefix)
    client = [*namespaces.client.prefix, client_programs.client, SERVER_ADDRESS,
              str(server.port)]
    terminal = terminals(client, surroundings.env(MOSH_KEY=server.key))
    pairs.wait_prompt(terminal)
    return terminal


@pytest.fixture
def pair(makers, surroundings):
    server, client = (BY_MAKER[maker] for maker in makers)
    with pairs.Pair(surroundings, server, client) as made:
        pairs.wait_prompt(made.terminal)
        yield made


def says_last_contact(terminal):
    return "last contact" in terminal.text.lower()


def type_into_outage(terminal, text):
    """Type a command that nobody can answer yet."""
    terminal.send(f"clear; echo {text} | tee -a arrived; wc -l <arrived" + ENTER)


def wait_arrived_once(terminal, text, deadline_s=RECOVERY_S):
    """The command's output is there, it ran once, and the session goes on without a notice."""
    terminal.wait_line(text, deadline_s)
    terminal.wait_line("1")
    terminal.wait_for(lambda: not says_last_contact(terminal), 10, "the notice goes away")
    run(terminal, "echo still here", "on")


def test_changed_address(apart, namespaces):
    namespaces.move_client("10.77.0.9")
    type_into_outage(apart, "moved")
    wait_arrived_once(apart, "moved")


@pytest.mark.parametrize("server_maker", ["skua", "stock"])
def test_a_family_dies(server_maker, namespaces, surroundings, terminals):
    """IPv4 falls silent, then IPv6 while IPv4 is back, then again."""
    namespaces.add_inet6()
    server = pairs.Server(BY_MAKER[server_maker].server, surroundings.env(), ["-i", "::"],
                          prefix=namespaces.server.prefix)
    client = [*namespaces.client.prefix, BY_MAKER["skua"].client, SERVER_ADDRESS, SERVER_ADDRESS6,
              str(server.port)]
    terminal = terminals(client, surroundings.env(MOSH_KEY=server.key))
    pairs.wait_prompt(terminal)
    for turn, family in enumerate(("ip", "ip6", "ip", "ip6")):
        namespaces.swallow_only(family)
        run(terminal, f"echo without {family} {turn}", f"{family} {turn}", 60)
        terminal.wait_for(lambda: not says_last_contact(terminal), 60, "no notice stays")


@pytest.mark.slow
def test_silent_network(apart, namespaces):
    namespaces.swallow()
    type_into_outage(apart, "unheard")
    outage(OUTAGE_S, [apart])
    assert says_last_contact(apart), apart.describe()
    namespaces.pass_again()
    wait_arrived_once(apart, "unheard")


@pytest.mark.slow
def test_unplugged(apart, namespaces):
    namespaces.cut()
    type_into_outage(apart, "unplugged")
    outage(UNPLUGGED_S, [apart])
    assert apart.is_alive
    namespaces.mend()
    wait_arrived_once(apart, "unplugged")


@pytest.mark.slow
def test_stopped_client(pair):
    terminal = pair.terminal
    run(terminal, "{ sleep 5; echo; echo meanwhile; } & true", "set")
    terminal.signal(signal.SIGSTOP)
    until(lambda: terminal.is_stopped, 5, "the client stops")
    outage(STOPPED_S)
    terminal.signal(signal.SIGCONT)
    terminal.wait_line("meanwhile", RECOVERY_S)
    type_into_outage(terminal, "awake")
    wait_arrived_once(terminal, "awake")


@pytest.mark.slow
def test_stopped_server(pair):
    pair.server.signal(signal.SIGSTOP)
    type_into_outage(pair.terminal, "patient")
    outage(STOPPED_S, [pair.terminal])
    assert says_last_contact(pair.terminal), pair.terminal.describe()
    pair.server.signal(signal.SIGCONT)
    wait_arrived_once(pair.terminal, "patient")


def test_lossy_network_and_a_moved_nat(makers, surroundings, terminals):
    """Without root too: 30 % loss both ways, then another port, then nothing at all for a while."""
    server_programs, client_programs = (BY_MAKER[maker] for maker in makers)
    server = pairs.Server(server_programs.server, surroundings.env(), ["-i", pairs.LOOPBACK])
    relay = Relay(server.port)
    try:
        terminal = terminals([client_programs.client, pairs.LOOPBACK, str(relay.port)],
                             surroundings.env(MOSH_KEY=server.key))
        pairs.wait_prompt(terminal)
        relay.loss = 0.3
        run(terminal, "seq 2000", "lossy", 60)
        relay.move()
        run(terminal, "seq 2000", "moved", 60)
        relay.is_cut = True
        type_into_outage(terminal, "cut")
        outage(12, [terminal])
        assert says_last_contact(terminal), terminal.describe()
        relay.loss, relay.is_cut = 0.0, False
        wait_arrived_once(terminal, "cut")
    finally:
        relay.close()


def test_lost_ssh(makers, surroundings, sshd):
    server, client = (BY_MAKER[maker] for maker in makers)
    with pairs.launch(surroundings, sshd, client, client, server) as terminal:
        pairs.wait_prompt(terminal)
        sshd.cut(sshd.connections())
        sshd.process.kill()
        run(terminal, "echo without ssh", "on")
        terminal.send("exit" + ENTER)
        assert terminal.wait_exit() == 0
