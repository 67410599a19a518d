"""Write the seeds of the corpora: real inputs, in the form that each target reads.

    fuzz/seeds.py

Sources: the worked examples of docs/PROTOCOL.md, the golden cases of tests/conformance, and messages
put together here as both ends send them. Writes corpus/TARGET/seed-NAME and leaves other files alone:
those came from fuzzing. To be run again when the conformance scripts gain cases.
"""

import re
import struct
import zlib
from pathlib import Path

FUZZ = Path(__file__).resolve().parent
SCRIPTS = FUZZ.parent / "tests/conformance/scripts"

# Sizes and roles as play.h and the targets read them.
ROWS_4, COLS_10 = 3, 9
PTY, HOST_STOCK, HOST_SKUA = 0, 1, 2


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def field(number, value):
    """One protobuf field: an integer or bytes."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def instruction(old, new, ack, throwaway, diff, chaff=b"", hello=b""):
    return (field(1, 2) + field(2, old) + field(3, new) + field(4, ack) + field(5, throwaway)
            + field(6, diff) + field(7, chaff) + hello)


def keys(text):
    return field(1, field(2, field(4, text)))


def user_resize(cols, rows):
    return field(1, field(3, field(5, cols) + field(6, rows)))


def host_bytes(text):
    return field(1, field(2, field(4, text)))


def host_resize(cols, rows):
    return field(1, field(3, field(5, cols) + field(6, rows)))


def echo_ack(number):
    return field(1, field(7, field(8, number)))


HELLO = field(20000, field(1, 1) + field(2, 3))
RECORD = field(1, field(1000, field(1, 256) + field(2, 1023) + field(3, 8) + field(4, 16)))
SKUA_BYTES = field(1, field(1000, field(4, b"\x1b[4:3mcurly \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80")))
LEVELS = field(1, field(1001, field(1, 7) + field(2, 1) + field(3, 2)))
HINTS = field(1, field(1002, field(1, 1) + field(2, 1) + field(3, 9) + field(4, 30)))

USER_MESSAGES = {
    "first": user_resize(80, 24) + RECORD,
    "keys": keys(b"ls\r"),
    "paste": keys(b"\x1b[200~" + b"0123456789abcdefghijklmnopqrstuvwxyz" + b"\x1b[201~"),
    "mixed": keys(b"a") + user_resize(100, 30) + keys(b"\x1bOA") + user_resize(1, 1),
    "zero-window": user_resize(0, 0),
    "huge-window": user_resize(65535, 65535),
    "negative-window": field(1, field(3, field(5, 2**64 - 1) + field(6, 2**64 - 80))),
}
HOST_MESSAGES = {
    "first": echo_ack(1) + host_resize(100, 30) + host_bytes(b"hi"),
    "prompt": echo_ack(1) + host_bytes(b"\x1b[?25l\n$ \x1b[?25h"),
    "skua": echo_ack(2) + SKUA_BYTES + LEVELS + HINTS,
    "back": echo_ack(2**64 - 1) + echo_ack(1),
    "query": host_bytes(b"\x1b[c\x1b[6n\x1b]52;c;?\x07"),
    "zero-window": host_resize(0, 0),
}
INSTRUCTIONS = {
    "first": instruction(0, 1, 0, 0, USER_MESSAGES["first"], b"\xa2", HELLO),
    "keys": instruction(1, 2, 1, 1, USER_MESSAGES["keys"], b"\1\2\3"),
    "frame": instruction(0, 1, 1, 0, HOST_MESSAGES["first"]),
    "shutdown": instruction(1, 2**64 - 1, 2**64 - 1, 1, b"", b"\xff"),
    "throws-base-away": instruction(1, 2, 1, 3, USER_MESSAGES["keys"]),
    "version-3": field(1, 3) + field(2, 1),
}
# Plaintexts behind the timestamps, as captured from stock peers.
CAPTURED = {
    "client-first": "0000000000000001 8000 789ce360126090605460d06030e2e0629362d1083090b0625c040012d50281",
    "server-first": "0000000000000001 8000 789ce360126090605460d4603012e362b1627260e4629362d1483190e36213"
                    "625162cac8b462000034f403ad",
    "shutdown": "0102030405060708 8000 789ce360126094f80f038c0a08a606a3118315e37f00581313d9",
    "fragment-0": "0000000000000003 0000 789ce360126092605660d26032d2e2d2105253523130343236313533b7b04c4c4a"
                  "4e494d4bcfc8",
    "fragment-1": "0000000000000003 8001 cccacec9cdcb2f282c2a2e292d2bafa8acb2625ab51b00525c105d",
}
ESCAPES = {"e": b"\x1b", "a": b"\a", "b": b"\b", "r": b"\r", "n": b"\n", "t": b"\t", "\\": b"\\"}


def golden_cases():
    """Names and scripts (play.h) of the conformance cases."""
    for path in sorted(SCRIPTS.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            match = re.match(r"([A-Z]\w+) \| (.*?) \| ", line)
            if match:
                yield match.group(1), script_of(match.group(2))


def script_of(text):
    script = b""
    for step in text.split(" || "):
        words = step.split()
        if words and words[0] == "RESIZE":
            script += bytes([0xFF, (int(words[2]) - 1) % 64, (int(words[1]) - 1) % 64])
        elif words and words[0] == "WAIT":
            script += bytes([0xFE, min(255, int(words[1]) // 16)])
        elif step != "RECORD":
            script += unescape(step).replace(b"\xff", b"").replace(b"\xfe", b"")
    return script


def unescape(text):
    def byte_of(match):
        word = match.group(1)
        return bytes([int(word[1:], 16)]) if word[0] == "x" else ESCAPES[word]
    out, end = b"", 0
    for match in re.finditer(r"\\(x[0-9a-fA-F]{2}|[eabrnt\\])", text):
        out += text[end:match.start()].encode() + byte_of(match)
        end = match.end()
    return out + text[end:].encode()


def chunk(data):
    return bytes([len(data)]) + data


def terminal_seeds():
    """The cases of each script joined, with a reset in between: few files, each of them rich."""
    joined = {}
    for name, script in golden_cases():
        joined.setdefault(re.sub(r"\d.*", "", name), []).append(script)
    for name, scripts in joined.items():
        for part in range(0, len(scripts), 8):
            few = scripts[part:part + 8]
            script = b"\x1bc\xff\x03\x09".join(few)
            label = f"{name}{part}"
            for role, word in ((PTY, "pty"), (HOST_STOCK, "stock"), (HOST_SKUA, "skua")):
                yield "term", f"{word}-{label}", bytes([role, ROWS_4, COLS_10]) + script
            half = script.find(b"\x1bc", len(script) // 2)
            old, new = (script[:half], script[half + 2:]) if half > 0 else (script, b"\n")
            sizes = bytes([ROWS_4, COLS_10]) + struct.pack(">H", len(old))
            yield "diff", label, sizes + old + new
            can = b"\x01\xff\xff\xff\x04" if part % 16 == 0 else b"\x00\x40\x00\x07\x02"
            yield "paint", label, can + bytes([HOST_SKUA if part else PTY]) + sizes + old + new
            if len(script) < 256:
                # size, then: base 0, one event, kind HOST_SKUA_BYTES
                yield "hostmsg", f"cells-{label}", bytes([3, 9, 0, 1, 3]) + chunk(script)


NOTIFICATIONS = (
    b"\x1b]9;build done\x07\x1b]9;4;1;50\x07\x1b]9;4;3\x07\x1b]9;4;2\x07\x1b]9;4;9\x07\x1b]9;2;not ours\x07"
    b"\x1b]777;notify;title;body\x1b\\\x1b]777;other;x\x07",
    b"\x1b]99;i=1:d=0;half \x1b\\\x1b]99;i=1:d=1:p=body;the rest\x1b\\\x1b]99;;plain\x1b\\"
    b"\x1b]99;e=1;aGVsbG8gKy8=\x1b\\\x1b]99;e=1;!!\x1b\\\x1b]99;p=icon;x\x1b\\\x1b]99;i=2:p=title:xx=y;t\x1b\\",
    b"\x1b]9;\xe2\x80\xaedark \x01\x1b\\" + b"\x1b]9;" + b"n" * 1500 + b"\x07" + b"\x1b]777;notify;;\x07",
)


def notification_seeds():
    for number, script in enumerate(NOTIFICATIONS):
        yield "term", f"pty-notify{number}", bytes([PTY, ROWS_4, COLS_10]) + script
        yield "term", f"skua-notify{number}", bytes([HOST_SKUA, ROWS_4, COLS_10]) + script
    links = b"".join(b"\x1b]8;id=%d;http://x/%d\x07l" % (n % 3, n) for n in range(60))
    yield "term", "pty-links", bytes([PTY, ROWS_4, COLS_10]) + links + b"\x1b]8;;\x07\x1b[2J" + links


def message_seeds():
    for name, data in USER_MESSAGES.items():
        yield "usermsg", name, data
    for name, data in HOST_MESSAGES.items():
        yield "hostmsg", name, bytes([23, 63, 0, 0]) + chunk(data)
    for name, data in INSTRUCTIONS.items():
        yield "instruction", name, data
        yield "inflate", name, zlib.compress(data, 6)
    yield "inflate", "bomb", zlib.compress(b"\0" * (5 << 20), 9)
    yield "inflate", "twice", zlib.compress(b"one") + zlib.compress(b"two")
    dictionary = zlib.compressobj(zdict=b"preset")
    yield "inflate", "dictionary", dictionary.compress(b"preset preset") + dictionary.flush()


def packet_seeds():
    every, whole = b"\x01", b"\x01"
    for name, text in CAPTURED.items():
        payload = bytes.fromhex(text.replace(" ", ""))
        every += chunk(payload)
        # wait, source, "sealed", not flipped, next number, plaintext, no answer
        yield "datagram", name, bytes([1, 7, 2, 1, 0]) + chunk(b"\xfc\xdd\xff\xff" + payload) + b"\1"
        whole += bytes([1, 7, 2, 1, 0]) + chunk(b"\xfc\xdd\xff\xff" + payload) + b"\0"
    yield "datagram", "all", whole
    yield "datagram", "too-long", b"\1" * 3000
    yield "datagram", "too-short", bytes([1, 7, 2, 1, 0]) + chunk(b"\1\2") + b"\0"
    yield "datagram", "flipped", bytes([1, 7, 2, 0, 0]) + chunk(b"\1\2\3\4" * 9) + b"\x14\0"
    yield "assembler", "captured", every
    yield "assembler", "in-order", b"\0" + chunk(bytes(range(60))) + b"\x09" + bytes(range(6))
    yield "assembler", "backwards", b"\0" + chunk(bytes(range(60))) + b"\x09" + bytes([5, 4, 4, 2, 3, 1, 0])
    yield "assembler", "contradicting", bytes([2] + [0, 1, 0, 0, 2, 7, 7] + [0, 1, 0, 1, 2, 8, 8]
                                              + [0, 1, 5, 1, 1, 9] + [0, 1, 1, 1, 0])


LINES = {
    "connect": "MOSH CONNECT 60001 AAECAwQFBgcICQoLDA0ODw\n",
    "address": "MOSH IP 192.0.2.7 token\nMOSH IP 192.0.2.7\n",
    "connection": "MOSH SSH_CONNECTION 192.0.2.1 50000 2001:db8::7%eth0 22\r\n",
    "no-server": "SKUA NO SERVER debian\nbash: mosh-server: not found\n",
    "bad": "MOSH CONNECT 65536 AAECAwQFBgcICQoLDA0ODw\nMOSH CONNECT 1 AAECAwQFBgcICQoLDA0ODx\n",
    "banner": "\x1b[31mred\x07\0 \u202etxt\xff \r\n\n  MOSH CONNECT 1 x\nlast",
}
WORDS = {
    "config-quoted": 'ssh "ssh -o \\"A b\\" \\\\" # c', "config-equals": "Port = 60001 # x", "config-hosts": "Host *.e?a !b",
    "config-fits": "a.b *.b !c", "config-comment": "  # x", "config-open": 'ssh "x', "config-bare": "ssh",
    "config-behind": 'ssh "x" y',
    "host": "user@example.org", "option": "-oProxyCommand=x", "v4": "192.0.2.7", "v6": "fe80::1%eth0",
    "mapped": "::ffff:192.0.2.7", "key": "AAECAwQFBgcICQoLDA0ODw", "locale": "en_US.UTF-8",
    "command": "ssh -o 'Proxy Command=a b' \"-p\\\"2\" x\\ y", "adaptive": "adaptive",
    "space": " ", "delete": "\x7f", "dot": ".", "long-locale": "x" * 5000, "blank-locale": "en US", "list": "links,-sync,+clipboard colors=256 -probe,colors=x",
    "terminal": "tmux 3.4", "kitty": "xterm-kitty", "screen": "screen.xterm", "direct": "truecolor", "vte": "6800",
    "config": "hostname example.org\naddressfamily inet6\nproxycommand none\nproxyjump j\n"
              "controlpath /x\nremotecommand y\n",
}
TYPED = {
    "text": b"ls -l\r", "quit": b"\x1e.", "suspend": b"\x1e\x1a", "literal": b"\x1e^", "twice": b"\x1e\x1e",
    "arrows": b"\x1bOA\x1bOB\x1b[C\x1b[1;5D\x1bO", "paste": b"\x1b[200~\x1e.\r\n\x1b[201~",
    "mouse": b"\x1b[<0;10;5M\x1b[M !!\x1b[I\x1b[O", "answers": b"\x1b[?64;6c\x1bP>|x\x1b\\\x1b]11;rgb:0/0/0\x07",
    "every-answer": b"\x1bP>|XTerm(380)\x1b\\\x1b[?2026;2$y\x1b[?2027;1$y\x1b[?1016;2$y\x1b[?1u\x1b]10;rgb:ff/00/7f\x1b\\"
                    b"\x1b]11;rgba:1/2/3/4\x07\x1bP1+r524742=38\x1b\\\x1bP1+r536D756C78\x1b\\\x1bP1+r536574756C63=1\x1b\\"
                    b"\x1bP0+r00\x1b\\\x1b[6;20;10t\x1b[?64;1c",
    "reports": b"\x1b[97u\x1b[97;5u\x1b[97:65;2u\x1b[27;6;94~\x1b[50;5u\x1b[32;5u\x1b[47;5u\x1b[63;5u\x1b[97;1:3u"
               b"\x1b[98;65u\x1b[122;2u\x1b[57;3u\x1b[57441;5u",
    "report-of-ctrl": b"\x1b[94;5u", "report-of-two": b"\x1b[50;5u", "report-of-blank": b"\x1b[32;5u",
    "report-of-slash": b"\x1b[47;5u", "report-of-question": b"\x1b[63;5u", "report-of-shift": b"\x1b[97;2u",
    "report-shifted": b"\x1b[97:65;2u", "report-of-far": b"\x1b[57441;1u", "report-of-alt": b"\x1b[97;3u",
    "report-of-one": b"\x1b[49;5u",
    "utf8": "aé中👩\u200d🚀".encode() + b"\xf0\x9f\xff",
}


def text_seeds():
    for name, text in LINES.items():
        yield "sshout", name, text.encode()
    for name, text in WORDS.items():
        yield "words", name, text.encode()
    for name, typed in TYPED.items():
        yield "keyin", name, bytes([0x1E, 0x08]) + typed
        yield "keyin", f"{name}-modes", bytes([0x7E, 0x07]) + typed
    for which in (1, 2, 3):
        yield "keyin", f"every-answer-{which}", bytes([0x1E, which << 4]) + TYPED["every-answer"]
    yield "utf8", "mixed", "aé中👩\u200d🚀e\u0301🇫🇷❤\ufe0f".encode()
    yield "utf8", "malformed", b"\xc0\x80\xe0\x80\xed\xa0\x80\xf5\xf4\x90\xe4\xb8A\x80\xf0\x9f"


def game_seeds():
    """Short plays for the targets that hold a whole end or both: who does what, then how it went on."""
    print_first = b"\1" + chunk(b"\x1b[?25l\n$ \x1b[?25h") + b"\7\x14"
    type_l = b"\0" + chunk(b"l") + b"\x0a"
    echo_l = b"\1" + chunk(b"l") + b"\7\1\x1e"
    sizes = bytes([3, 9])
    yield "predict", "echo", b"\1\0" + sizes + b"\x50" + print_first + type_l + echo_l
    yield "predict", "password", b"\1\0" + sizes + b"\x50" + b"\1" + chunk(b"Password:") + b"\5\0\x14" + type_l * 4
    yield "predict", "wrong", b"\1\0" + sizes + b"\x50" + print_first + type_l * 3 + b"\1" + chunk(b"\x1b[H\x1b[J") + b"\7\3\xff"
    large = b"\1\0" + bytes([5, 29]) + b"\x50"
    bar = b"\x1b[5;1H\x1b[44m [12:00] [ann]\x1b[K\x1b[m\x1b[6;1H[#x] "
    echo_raw = type_l + b"\1" + chunk(b"l") + b"\x11\1\x1e"
    field = b"\1" + chunk(b"\x1b[?1049h" + bar) + b"\x11\x14" + echo_raw * 5
    yield "predict", "field", large + field + (b"\0" + chunk(b"abcdefghijklmnopqrstuvwxyz") + b"\x0a") * 2
    page = b"\1" + chunk(b"one\r\n" * 5 + b":") + b"\0\x14"
    asked = b"\0" + chunk(b"/abc") + b"\x0a" + b"\1" + chunk(b"\r\x1b[K/abc") + b"\0\1\x14"
    yield "predict", "pager", large + page + asked + b"\0" + chunk(b"d\rq") + b"\x0a"
    vi = b"\1" + chunk(b"one\r\n~\r\n~\r\n~\r\n~\x1b[H") + b"\0\x14"
    yield "predict", "vi", large + vi + (b"\0" + chunk(b"Atwo\x1bothree\x1b/x") + b"\x0a") * 2
    # end (0 up, 1 down), which payload, what, time
    keys_up = b"\0\0" + b"\0" + chunk(b"ls\r") + b"\x32"
    frame_down = b"\1\0" + b"\1" + chunk(b"\x1b[31mhi\x1b[m\r\n") + b"\x32"
    arrive = b"\0\0\7\x14" + b"\1\0\7\x14"
    yield "transport", "in-order", b"\0" + keys_up + arrive + frame_down + arrive * 3
    yield "transport", "lossy", b"\0" + keys_up + b"\0\0\5\x64" + frame_down + b"\1\0\3\x14" * 3 + arrive
    yield "transport", "intruder", b"\3" + keys_up + b"\0\0\4" + chunk(bytes.fromhex(
        CAPTURED["client-first"].replace(" ", ""))) + b"\x14" + arrive
    # one event, its kind, its bytes; then how honest the packet is
    cells = b"\2" + b"\1\0" + chunk(b"\x1b[1mbold\r\n") + b"\0\0\0" + b"\x32"
    skua = b"\2" + b"\1\3" + chunk(b"\x1b]8;;https://example.org\x1b\\link") + b"\0\2\0\3" + b"\x32"
    yield "client", "plain", b"\x0d" + sizes + cells * 3 + b"\0" + chunk(b"ls\r") + b"\x20" + cells
    yield "client", "skua", b"\x0d" + sizes + skua + cells + skua
    typed = b"\2\0" + b"\1\0" + chunk(b"ls\r") + b"\0\0\0" + b"\x32"
    printed = b"\0" + chunk(b"a\r\nb\x1b[6n") + b"\x32"
    window = b"\2\0" + b"\1\1\x18\x50" + b"\0\0\0" + b"\x32"
    yield "server", "typed", b"\0" + window + printed + typed + b"\1\xff\x10" + printed + typed
    yield "server", "stock", b"\1" + window + typed + printed * 2


def main():
    for seeds in (game_seeds(), terminal_seeds(), notification_seeds(), message_seeds(), packet_seeds(), text_seeds()):
        for target, name, data in seeds:
            folder = FUZZ / "corpus" / target
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"seed-{name}").write_bytes(data)


if __name__ == "__main__":
    main()
