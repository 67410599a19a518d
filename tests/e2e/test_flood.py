"""Floods that an attacker without the key can send: the session goes on, nothing typed is lost, and nothing
is said to the attacker. bench/flood has the figures."""

import contextlib
import os
import re
import socket
import struct
import subprocess

import pytest

import pairs
from conftest import require
from programs import BUILD, tool
from relay import Relay
from session_scripts import ENTER, run

SENDER = BUILD / "bench/flood_sender"
RATE = 20_000  # the tests beside this one want to live, too
SECONDS = 600  # at most: it is ended when the test has seen enough
COMMANDS = 15


@pytest.fixture
def pair(skua, surroundings):
    require(None if SENDER.exists() else f"not built: {SENDER}")
    with pairs.Pair(surroundings, skua, skua) as made:
        pairs.wait_prompt(made.terminal, 60)
        yield made


def port_of(pid):
    """The UDP port of a client's newest socket."""
    ss = tool("ss")
    require(None if ss and os.geteuid() == 0 else "whose a socket is can be seen by root with ss only")
    text = subprocess.run([ss, "-Hunap"], capture_output=True, text=True, check=True).stdout
    return int(re.findall(rf":(\d+) .*pid={pid},", text)[-1])


@contextlib.contextmanager
def flood(port, target, size):
    with subprocess.Popen([SENDER, pairs.LOOPBACK, str(port), str(RATE), str(SECONDS), str(size), target],
                          stdout=subprocess.DEVNULL) as sender:
        try:
            yield
            assert sender.poll() is None, "the flood ended first"
        finally:
            sender.kill()


def work(terminal, folder):
    """So many commands, typed and seen; each ran once."""
    for number in range(COMMANDS):
        run(terminal, f"echo {number} >>done", f"ran{number}", 120)
    assert (folder / "done").read_text().split() == [str(number) for number in range(COMMANDS)]


@pytest.mark.parametrize("target", ["server", "client"])
@pytest.mark.parametrize("size", [39, 100, 1400, 2049, 8000])
def test_forged(pair, surroundings, target, size):
    port = pair.server.port if target == "server" else port_of(pair.terminal.process.pid)
    with flood(port, target, size):
        work(pair.terminal, surroundings.home)


def test_replayed(skua, surroundings, terminals):
    """Each authentic packet again and again, from another address."""
    server = pairs.Server(skua.server, surroundings.env(), ["-i", pairs.LOOPBACK])
    relay = Relay(server.port, record=True)
    attacker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    attacker.setblocking(False)
    try:
        terminal = terminals([skua.client, pairs.LOOPBACK, str(relay.port)],
                             surroundings.env(MOSH_KEY=server.key))
        pairs.wait_prompt(terminal, 60)
        for number in range(COMMANDS):
            for datagrams, to in ((relay.up, (pairs.LOOPBACK, server.port)), (relay.down, relay.client)):
                for datagram in datagrams[-20:] * 100:
                    with contextlib.suppress(OSError):
                        attacker.sendto(datagram, to)
            run(terminal, f"echo {number} >>done", f"ran{number}", 120)
        assert (surroundings.home / "done").read_text().split() == [str(n) for n in range(COMMANDS)]
        with pytest.raises(BlockingIOError):
            attacker.recv(1)
    finally:
        relay.close()
        attacker.close()


def checksum(data):
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def icmp_error(kind, code, rest, source_port, target_port):
    """An ICMP error about a datagram that a socket on loopback may have sent."""
    loopback = socket.inet_aton(pairs.LOOPBACK)
    inner = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 128, 1, 0, 64, 17, 0, loopback, loopback)
    inner += struct.pack(">HHHH", source_port, target_port, 108, 0)
    body = struct.pack(">I", rest) + inner
    head = struct.pack(">BBH", kind, code, 0)
    return struct.pack(">BBH", kind, code, checksum(head + body)) + body


# Host, protocol, port unreachable, prohibited; too big with next-hop sizes from nothing to ours; time exceeded.
ICMP = [(3, 1, 0), (3, 2, 0), (3, 3, 0), (3, 13, 0), (3, 4, 0), (3, 4, 68), (3, 4, 1280), (11, 0, 0), (12, 0, 0)]


def test_spoofed_icmp(pair, surroundings):
    """Errors about both ends' datagrams, a thousand of each kind: hints, and nothing ends."""
    require(None if os.geteuid() == 0 else "raw sockets take root")
    server, client = pair.server.port, port_of(pair.terminal.process.pid)
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as attacker:
        for source, target in ((server, client), (client, server)):
            for kind in ICMP:
                for _ in range(1000):
                    attacker.sendto(icmp_error(*kind, source, target), (pairs.LOOPBACK, 0))
                pair.terminal.read()
    work(pair.terminal, surroundings.home)
    pair.terminal.send("exit" + ENTER)
    assert pair.terminal.wait_exit(60) == 0
