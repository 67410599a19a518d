"""The emulator's answers and rectangles, asked as a conformance suite asks: by a program on a pty."""

import re

import pytest

import emulation
from conftest import require
from report_tables import AS_XTERM, ATTRIBUTES, OURS, PATTERN, RECTANGLES, RESET

_ROWS, _COLUMNS = 8, 12
_READ_CELLS = "".join(rf"\x1b[1;1;{y};{x};{y};{x}*y" for y in range(1, _ROWS + 1) for x in range(1, _COLUMNS + 1))


@pytest.fixture(autouse=True)
def tool():
    require(emulation.why_not())


def plain(text):
    return text.encode().decode("unicode_escape")


def compare(questions, answers, wanted):
    wrong = [f"{q}: {a!r} instead of {w!r}" for q, a, w in zip(questions, answers, wanted) if a != w]
    assert not wrong, "\n".join(wrong)
    assert len(answers) == len(wanted) == len(questions) > 0


def rows_of(answer):
    """The cells' text from the checksums of rectangles of one cell each."""
    sums = [-int(checksum, 16) & 0xFFFF for checksum in re.findall(r"!~([0-9A-F]{4})\x1b\\", answer)]
    assert len(sums) == _ROWS * _COLUMNS
    text = "".join(chr(code or 32) for code in sums)
    return "/".join(text[y * _COLUMNS:(y + 1) * _COLUMNS].rstrip() for y in range(_ROWS))


@pytest.mark.parametrize("table", [AS_XTERM, OURS], ids=["as xterm", "ours"])
def test_answers(table, tmp_path):
    questions = [RESET + question for question, _ in table]
    compare(questions, emulation.ask(questions, tmp_path), [plain(answer) for _, answer in table])


def test_version(tmp_path):
    for answer in emulation.ask([r"\x1b[>q", r"\x1b[>0q"], tmp_path):
        assert re.fullmatch(r"\x1bP>\|skua\([0-9.]+\)\x1b\\", answer)


def test_rectangles(tmp_path):
    changes = [change for change, _ in RECTANGLES]
    answers = emulation.ask([PATTERN + change + _READ_CELLS for change in changes], tmp_path)
    compare(changes, [rows_of(answer) for answer in answers], [rows for _, rows in RECTANGLES])


@pytest.mark.parametrize("change,wanted", ATTRIBUTES, ids=[change for change, _ in ATTRIBUTES])
def test_attributes_of_rectangles(change, wanted, tmp_path):
    data = plain(PATTERN.replace(RESET, RESET + r"\x1b[3m") + r"\x1b[m" + change).encode("latin-1")
    styles = emulation.shown_bytes(data, tmp_path, attributes=True)[-1]
    assert styles.startswith(f"sgr 1;1=3 2;1=3 {wanted} 5;1=3 6;1=3 7;1=3 8;1=3 "), styles


def test_xterm_agrees(tmp_path):
    """The tables are what they say."""
    require(emulation.why_no_xterm())
    questions = [RESET + question for question, _ in AS_XTERM]
    # One xterm for few questions: the palette of a window is asked for in pieces.
    answers = []
    for start in range(0, len(questions), 20):
        answers += emulation.ask_xterm(questions[start:start + 20], tmp_path)
    compare(questions, answers, [plain(answer) for _, answer in AS_XTERM])
    changes = [change for change, _ in RECTANGLES]
    answers = emulation.ask_xterm([PATTERN + change + _READ_CELLS for change in changes], tmp_path)
    compare(changes, [rows_of(answer) for answer in answers], [rows for _, rows in RECTANGLES])
