"""What the ends tell of themselves: instructions under -v, and whom they speak with."""

import re

import pairs

_SENT = re.compile(r"\[\d{5}\] sent \d+=>\d+ ack=\d+ throwaway=\d+ diff=\d+$", re.MULTILINE)
_RECEIVED = re.compile(r"\[\d{5}\] received \d+=>\d+ ack=\d+ throwaway=\d+ diff=\d+$", re.MULTILINE)


def test_instructions_are_logged_and_keys_are_not(skua, surroundings, terminals, tmp_path):
    env = surroundings.env()
    server = pairs.Server(skua.server, env, ["-i", pairs.LOOPBACK])
    log = tmp_path / "log"
    terminal = terminals(["/bin/sh", "-c", f'exec "$0" -v "$@" 2>{log}', skua.client,
                          pairs.LOOPBACK, str(server.port)], {**env, "MOSH_KEY": server.key})
    pairs.wait_prompt(terminal)
    terminal.send("echo notforthelog\r")
    terminal.wait_line("notforthelog")
    terminal.send("exit\r")
    assert terminal.wait_exit() == 0
    text = log.read_text()
    assert _SENT.search(text) and _RECEIVED.search(text), text
    assert "notforthelog" not in text and server.key not in text


def _spoken(terminal):
    pairs.wait_prompt(terminal)
    terminal.resize(150, 24)
    terminal.send("\x1es")
    terminal.wait_text("server speaks")
    return terminal.display.lines()[0].split("server speaks ")[1].split()[0]


def test_hello_goes_both_ways_between_our_ends(skua, surroundings):
    with pairs.Pair(surroundings, skua, skua) as pair:
        assert _spoken(pair.terminal) == "Skua"


def test_hello_is_ignored_by_a_stock_server(skua, stock, surroundings):
    with pairs.Pair(surroundings, stock, skua) as pair:
        assert _spoken(pair.terminal) == "Mosh"


def test_hello_is_ignored_by_a_stock_client(skua, stock, surroundings):
    with pairs.Pair(surroundings, skua, stock) as pair:
        pairs.wait_prompt(pair.terminal)
        pair.terminal.send("echo still here\r")
        pair.terminal.wait_line("still here")
