"""What leaves our server for a client that knows stock's protocol alone: nothing outside the subset that is safe
for stock (docs/TERMINAL.md, "The stock-safe subset"), whatever the programs write. The client is a socket here, so
that every byte is seen. tests/lint holds the painter to the same, over random screens."""

import re

import pytest

import evil
import pairs
import programs as paths

_TEXT = "[^\x00-\x1f\x7f-\x9f]"
_SAFE = re.compile(
    rf"{_TEXT}+|[\x07\b\r\n]|\x1b\][012];{_TEXT}{{0,254}}\x07|\x1b\]52;c;[A-Za-z0-9+/=]{{0,16379}}\x07|\x1b[78DEM]|"
    r"\x1b\[[0-9;]{0,100}[ABCDGdfH`XLM@PSTr]|\x1b\[[0-2]?[JK]|\x1b\[(?P<sgr>[0-9;]{0,100})m|"
    r"\x1b\[\?(?:1|5|6|7|9|25|100[0-7]|1015|2004)[hl]")
_PLAIN_SGR = {"", "0", "1", "3", "4", "5", "7", "8", "22", "23", "24", "25", "27", "28", "39", "49",
              *(str(tens + n) for tens in (30, 40, 90, 100) for n in range(8))}
_COLOUR = re.compile(r"(?:^|;)[34]8;(?:5;\d{1,3}|2;\d{1,3};\d{1,3};\d{1,3})(?=;|$)")

# All that stock does not know.
_NEW = (r"\e[?1049h\e[2J\e[H\e(0lqqk\e(B\e[2mfaint\e[m\e[9mstruck\e[m\e[4:3;58:5:9mcurly\e[m\e[21mdouble\e[m\e[53mover\e[m"
        r"\e]8;;http://x.invalid/\e\\link\e]8;;\e\\\e[6 qA\e[9b\e[3E\e[2Fup\e[>1u\e[=5u\e[?2026h\e[?2026l\e[?2027h"
        r"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80 \xf0\x9f\x87\xab\xf0\x9f\x87\xb7\xe2\x9d\xa4\xef\xb8\x8f"
        r"\e]0;a title\e\\\e]52;c;aGVsbG8=\e\\\e]52;p;aGVsbG8=\a\e]9;news\e\\\e]777;notify;a;b\a\e]133;A\a\e]7;file:///\a"
        r"\e[?2004h\e[?1016h\e[?1003h\e[?1004h\e[?2031h\e[20h\e[?69h\e[3;40s\e[1\x22q"
        r"\ePq#0~\e\\\e_Gi=1;AAAA\e\\\e[?2048h\e[c\e[5n\e[6n\e[?u\ekname\e\\\e[?5h\e[?5l\e[!p\e[?1049l\e#8\e[38:2::1:2:3mcolons")


def _parts(message):
    """The fields of a message, each repetition."""
    while message:
        key, message = _varint(message)
        if key & 7 == 0:
            value, message = _varint(message)
        else:
            length, message = _varint(message)
            value, message = message[:length], message[length:]
        yield key >> 3, value


def _varint(message):
    value = shift = 0
    for at, byte in enumerate(message):
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, message[at + 1:]
    raise AssertionError("a number that does not end")


def host_bytes_of(diff):
    """What a HostMessage paints; it may hold sizes, echo acks and filler beside, and no extension of ours."""
    painted = b""
    for field, part in _parts(diff):
        if (field, part) == (1000, 0):  # filler, docs/PROTOCOL.md, "Extensions"
            continue
        assert field == 1, f"field {field} of a HostMessage"
        for kind, content in _parts(part):
            assert kind in (2, 3, 7), f"field {kind} of a HostMessage's instruction"
            painted += dict(_parts(content)).get(4, b"") if kind == 2 else b""
    return painted


def unsafe(painted):
    """What of it stock does not take, or None."""
    text = painted.decode()  # raises where it is no UTF-8
    at = 0
    while at < len(text):
        match = _SAFE.match(text, at)
        if match is None:
            return text[at:at + 40]
        codes = match["sgr"]
        if codes is not None and not set(_COLOUR.sub("", codes).lstrip(";").split(";")) <= _PLAIN_SGR:
            return match.group()
        at = match.end()
    return None


def test_the_lexer_sees():
    assert unsafe("\x1b[0;1;38;2;1;2;3;48;5;7mé\x1b[H\x1b]0;t\x07\r\n".encode()) is None
    for bad in ("\x1b[?1049h", "\x1b[2m", "\x1b[4:3m", "\x1b[3b", "\x1b[c", "\x1b[6n", "\x1b(0", "\x1b]8;;x\x07", "\x1b[58;5;1m",
                "\x1b]0;t\x1b\\", "\x1b[6 q", "\x1bk", "\x0e", "\x1b[3J", "\x1b[?2026h", "a\x1b["):
        assert unsafe(bad.encode()) is not None, bad


@pytest.fixture
def client(surroundings, skua):
    server = pairs.Server(skua.server, surroundings.env(), ["-i", pairs.LOOPBACK])
    made = evil.Client(server)
    made.submit(evil.resize(80, 24))
    yield made
    made.close()


def played(client, surroundings, command, keys=()):
    """Run a command, type the keys, each once what it waits for was painted; what was painted in all."""
    done = surroundings.home / "done"
    (surroundings.home / "command").write_text(command)

    def painted():
        return b"".join(host_bytes_of(message.get(6, b"")) for message in client.heard)

    def acknowledge():
        client.send_message(evil.instruction(client.state, client.state, client.newest))
    client.submit(evil.keystrokes(b"bash command; touch done; clear; echo fi''nished\r"))
    for mark, typed in keys:
        client.wait_for(lambda: mark in painted(), what=f"{mark} is painted", again=acknowledge)
        client.submit(evil.keystrokes(typed))
    client.wait_for(done.exists, what="the command's end", again=acknowledge)
    client.wait_for(lambda: b"finished" in painted(), what="the last screen", again=acknowledge)
    return [host_bytes_of(message.get(6, b"")) for message in client.heard]


def test_what_stock_does_not_know(client, surroundings):
    seen, _, rest = _NEW.partition(r"\ePq")  # a screen to look at, and what may be asked and undone after it
    screens = played(client, surroundings, f"""printf '%b' '{seen}'; read -rsn1; printf '%b' '\\ePq{rest}'; cat <<<x
        stty sane; printf '\\ec'\n""", [("┌──┐".encode(), b"x")])
    assert [unsafe(screen) for screen in screens if unsafe(screen) is not None] == []
    assert b"curly" in b"".join(screens)


def test_vim_in_true_colours(client, surroundings):
    if paths.tool("vim.basic") is None:
        pytest.skip("not installed: vim.basic")
    (surroundings.home / "text.c").write_text("/* first */\n" + "int a = 1; // 🎉\n" * 60)
    screens = played(client, surroundings, "vim.basic -u NONE -i NONE -n -c 'set nocp tgc mouse=a' -c 'syn on' text.c\n",
                     [(b"first", b"GOinserted"), (b"inserted", b"\x1b"), (b"", b"\x1b:vs\r\x1b:qa!\r")])
    assert [unsafe(screen) for screen in screens if unsafe(screen) is not None] == []
