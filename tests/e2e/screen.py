"""A terminal's screen, as pyte keeps it, with what pyte lacks: the alternate screen, scrolling by SU and
SD, REP, titles, and deafness to strings and private sequences that it would print as text."""

import re
from dataclasses import dataclass

import pyte
import pyte.modes
from wcwidth import wcwidth

# Complete control sequences that pyte does not read as a terminal would: strings other than OSC, OSC,
# and CSI with a private prefix (but for modes being set and reset) or with intermediate bytes.
_STRING = re.compile(rb"\x1b([PX^_])(.*?)(?:\x1b\\|\x9c)", re.DOTALL)
_OSC = re.compile(rb"\x1b\](.*?)(?:\x07|\x1b\\)", re.DOTALL)
_PRIVATE = re.compile(
    rb"\x1b\[(?:[<=>][0-?]*[ -/]*[@-~]|\?[0-?]*[ -/]*[@-gi-km-~]|[0-?]*[ -/]+[@-~])")
# SGR with colons, of which pyte knows nothing: an underline of any style is one, its colour is not seen.
_COLONS = re.compile(rb"\x1b\[(?=[0-9;]*:)([0-9;:]*)m")
_SET_ASIDE = re.compile(b"|".join(p.pattern for p in (_STRING, _OSC, _PRIVATE, _COLONS)), re.DOTALL)
# A sequence at the end of what was read that has not ended yet.
_UNFINISHED = re.compile(rb"\x1b(?:\Z|[PX^_](?:(?!\x1b\\).)*\Z|\](?:(?!\x1b\\|\x07).)*\Z|\[[0-?]*[ -/]*\Z)", re.DOTALL)
_UNFINISHED_MAX = 1 << 16

# SGR by tens: which colour it sets and the palette's first index of those eight.
_PALETTE = {3: (38, 0), 4: (48, 0), 9: (38, 8), 10: (48, 8)}

_LIGHT = 5  # DECSCNM
_ALTERNATE = {mode << 5 for mode in (47, 1047, 1049)}


@dataclass(frozen=True)
class Cell:
    """What a user sees in one cell; a wide character's second half has text ''."""

    text: str
    fg: str
    bg: str
    bold: bool
    italics: bool
    underscore: bool
    reverse: bool
    strikethrough: bool


def _without_colons(parameters):
    plain = []
    for parameter in parameters.split(b";"):
        number, _, rest = parameter.partition(b":")
        if number == b"4":
            plain.append(b"24" if rest == b"0" else b"4")
        elif number != b"58":
            plain.append(parameter.replace(b"::", b":").replace(b":", b";"))
    return b";".join(plain)


def _whole(row):
    """A row with blanks in the place of halves whose other half was overwritten, as terminals show it."""
    whole = []
    for x, char in enumerate(row):
        if char.data == "":
            is_orphan = x == 0 or wcwidth(row[x - 1].data[:1] or " ") != 2
        else:
            is_orphan = wcwidth(char.data[0]) == 2 and (x + 1 == len(row) or row[x + 1].data != "")
        whole.append(char._replace(data=" ") if is_orphan else char)
    return whole


def _seen(char):
    """The cell of a pyte character, with what does not show on a blank left out."""
    marked = char.reverse or char.underscore or char.strikethrough
    if char.data == " " and not marked:
        return Cell(" ", "default", char.bg, False, False, False, False, False)
    return Cell(char.data, char.fg, char.bg, char.bold, char.italics, char.underscore, char.reverse,
                char.strikethrough)


class _Screen(pyte.Screen):
    """pyte's screen and the calls that _Stream adds."""

    def __init__(self, columns, rows, reply):
        super().__init__(columns, rows)
        self._reply = reply
        self._main = None  # the main buffer and cursor while the alternate screen shows
        self._last = " "

    def write_process_input(self, data):
        self._reply(data.encode())

    def draw(self, data):
        """One character at a time: pyte drops the rest of a run at one that it cannot print, and puts
        half a wide character into the last column instead of wrapping."""
        for char in data:
            at_margin = self.cursor.x == self.columns - 1 and wcwidth(char) == 2
            if at_margin and pyte.modes.DECAWM in self.mode:
                self.cursor.x = self.columns
            super().draw(char)
            self._last = char

    def set_margins(self, top=None, bottom=None):
        """Absent and zero mean the edge of the screen, not the margin that was there."""
        super().set_margins(top or 1, bottom or self.lines)

    def cursor_up(self, count=None):
        """A cursor above the top margin is not held by it."""
        top = self.margins.top if self.margins and self.cursor.y >= self.margins.top else 0
        self.cursor.y = max(self.cursor.y - (count or 1), top)

    def cursor_down(self, count=None):
        """A cursor below the bottom margin is not held by it."""
        bottom = self.lines - 1
        if self.margins and self.cursor.y <= self.margins.bottom:
            bottom = self.margins.bottom
        self.cursor.y = min(self.cursor.y + (count or 1), bottom)

    def select_graphic_rendition(self, *attributes):
        """The 16 colours by their place in the palette, so that both ways to name one look the same."""
        palette = []
        rest = list(attributes)
        while rest:
            number = rest.pop(0)
            if number in (38, 48):
                count = {5: 2, 2: 4}.get(rest[0] if rest else None, 0)
                palette += [number, *rest[:count]]
                del rest[:count]
            elif number // 10 in _PALETTE and number % 10 < 8:
                colour, first = _PALETTE[number // 10]
                palette += [colour, 5, first + number % 10]
            else:
                palette.append(number)
        super().select_graphic_rendition(*palette)

    def repeat(self, count=None):
        self.draw(self._last * min(count or 1, self.columns * self.lines))

    def _scroll(self, count, index):
        cursor = self.cursor.x, self.cursor.y
        top, bottom = self.margins or (0, self.lines - 1)
        self.cursor.y = bottom if index == self.index else top
        for _ in range(min(count or 1, self.lines)):
            index()
        self.cursor.x, self.cursor.y = cursor

    def scroll_up(self, count=None):
        self._scroll(count, self.index)

    def scroll_down(self, count=None):
        self._scroll(count, self.reverse_index)

    def _note_light(self, modes, is_light, kwargs):
        """A light screen changes no cell: pyte would reverse them all, and then no longer know which were."""
        if not kwargs.get("private") or _LIGHT not in modes:
            return modes
        (self.mode.add if is_light else self.mode.discard)(_LIGHT << 5)
        return [mode for mode in modes if mode != _LIGHT]

    def set_mode(self, *modes, **kwargs):
        super().set_mode(*self._note_light(modes, True, kwargs), **kwargs)
        if kwargs.get("private") and any(mode << 5 in _ALTERNATE for mode in modes):
            if self._main is None:
                lines = {y: dict(line) for y, line in self.buffer.items()}
                self._main = lines, self.cursor.x, self.cursor.y
            self.erase_in_display(2)

    def reset_mode(self, *modes, **kwargs):
        super().reset_mode(*self._note_light(modes, False, kwargs), **kwargs)
        if kwargs.get("private") and any(mode << 5 in _ALTERNATE for mode in modes) and self._main:
            lines, x, y = self._main
            self._main = None
            self.erase_in_display(2)
            for row, line in lines.items():
                if row < self.lines:
                    self.buffer[row].update({x: c for x, c in line.items() if x < self.columns})
            self.cursor.x, self.cursor.y = min(x, self.columns - 1), min(y, self.lines - 1)
            self.dirty.update(range(self.lines))


class _Stream(pyte.ByteStream):
    csi = dict(pyte.Stream.csi, S="scroll_up", T="scroll_down", b="repeat")
    events = pyte.Stream.events | {"scroll_up", "scroll_down", "repeat"}


class Display:
    """Bytes to a terminal in, the screen that a user sees out.

    reply     called with the bytes that the terminal answers to queries that it knows (DA1, DSR)
    titles    every window title that was set, in order
    set_aside every sequence that this terminal ignored, in order
    """

    def __init__(self, columns, rows, reply):
        self._screen = _Screen(columns, rows, reply)
        self._stream = _Stream(self._screen)
        self._unfinished = b""
        self.titles = []
        self.set_aside = []

    @property
    def columns(self):
        return self._screen.columns

    @property
    def rows(self):
        return self._screen.lines

    @property
    def is_alternate(self):
        return self._screen._main is not None

    def feed(self, data):
        data = self._unfinished + data
        unfinished = _UNFINISHED.search(data)
        cut = len(data)
        if unfinished is not None and cut - unfinished.start() < _UNFINISHED_MAX:
            cut = unfinished.start()
        self._unfinished = data[cut:]
        position = 0
        for match in _SET_ASIDE.finditer(data, 0, cut):
            self._stream.feed(data[position:match.start()])
            self._note(match.group())
            position = match.end()
        self._stream.feed(data[position:cut])

    def _note(self, sequence):
        self.set_aside.append(sequence)
        colons = _COLONS.fullmatch(sequence)
        plain = _without_colons(colons.group(1)) if colons else b""
        if plain:  # or it would mean: reset
            self._stream.feed(b"\x1b[" + plain + b"m")
        osc = _OSC.fullmatch(sequence)
        if osc is not None and osc.group(1)[:2] in (b"0;", b"2;"):
            self.titles.append(osc.group(1)[2:].decode("utf-8", "replace"))

    def resize(self, columns, rows):
        self._screen.resize(rows, columns)

    def _row(self, y):
        line = self._screen.buffer[y]
        return _whole([line[x] for x in range(self.columns)])

    def cells(self):
        """All cells, by row and column."""
        return [[_seen(char) for char in self._row(y)] for y in range(self.rows)]

    def full_lines(self):
        """The text of each row, with the blanks at its end."""
        return ["".join(char.data for char in self._row(y)) for y in range(self.rows)]

    def lines(self):
        """The text of each row, without blanks at the end."""
        return [line.rstrip() for line in self.full_lines()]

    @property
    def cursor(self):
        """Row and column, from 0."""
        return self._screen.cursor.y, min(self._screen.cursor.x, self.columns - 1)

    @property
    def cursor_is_hidden(self):
        return self._screen.cursor.hidden

    @property
    def is_light(self):
        """Whether the whole screen is in reverse video."""
        return _LIGHT in self.private_modes

    @property
    def private_modes(self):
        """The private modes that are set."""
        return {mode >> 5 for mode in self._screen.mode if mode >> 5}
