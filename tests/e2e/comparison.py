"""Two terminals after the same script: what a user would see different between them."""

from waiting import DeadlineError

_SETTLE_S = 60
_ROWS_TOLD = 4


class Recorder:
    """Keeps the screens at a script's shots, each once it has settled."""

    def __init__(self, terminal):
        self._terminal = terminal
        self.shots = {}

    def __call__(self, name):
        self._terminal.wait_quiet()
        self.shots[name] = self._terminal.seen()


class Comparer:
    """Waits at each shot until the terminal shows what was recorded, and notes where it never does."""

    def __init__(self, terminal, recorded):
        self._terminal = terminal
        self._recorded = recorded
        self.differences = []

    def __call__(self, name):
        wanted = self._recorded[name]
        try:
            self._terminal.wait_for(lambda: self._terminal.seen() == wanted, _SETTLE_S)
        except DeadlineError:
            self.differences.append(f"{name}:\n{describe(wanted, self._terminal.seen())}")


def _row_text(row):
    return "".join(cell.text for cell in row).rstrip()


def describe(wanted, seen):
    """The rows and cells that differ, as text."""
    (wanted_cells, *wanted_cursor), (seen_cells, *seen_cursor) = wanted, seen
    if (len(wanted_cells), len(wanted_cells[0])) != (len(seen_cells), len(seen_cells[0])):
        return "  the sizes differ"
    lines = []
    differing = 0
    if wanted_cursor != seen_cursor:
        lines.append(f"  cursor and hiding: wanted {wanted_cursor}, seen {seen_cursor}")
    for y, (wanted_row, seen_row) in enumerate(zip(wanted_cells, seen_cells)):
        if wanted_row == seen_row:
            continue
        differing += 1
        if differing > _ROWS_TOLD:
            continue
        lines.append(f"  row {y} wanted |{_row_text(wanted_row)}\n        seen   |{_row_text(seen_row)}")
        x = next(x for x, (a, b) in enumerate(zip(wanted_row, seen_row)) if a != b)
        lines.append(f"    first at column {x}: wanted {wanted_row[x]}\n"
                     f"                         seen   {seen_row[x]}")
    if differing > _ROWS_TOLD:
        lines.append(f"  and {differing - _ROWS_TOLD} rows more")
    return "\n".join(lines)
