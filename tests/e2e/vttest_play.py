"""vttest's pages, walked from its main menu, a shot at each of its pauses."""

import re

# Ways through the menus: cursor movements, screen features, character sets, reports, and what a VT102 adds. Not
# there: 3.10, which shows what bytes of eight bits mean where text is not UTF-8.
PAGES = {
    "1": ["1"], "2": ["2"], "3.8": ["3", "8"], "3.9": ["3", "9"], "3.11": ["3", "11"],
    "6.1": ["6", "1"], "6.2": ["6", "2"], "6.3": ["6", "3"], "6.4": ["6", "4"], "6.5": ["6", "5"], "6.6": ["6", "6"],
    "8": ["8"],
}
COLUMNS, ROWS = 80, 24
# 132 columns are a matter between the user and their window: what vttest draws in them, it draws in 80.
COMMAND = ["vttest", f"{ROWS}x{COLUMNS}.{COLUMNS}"]
_PAUSES_MAX = 40
_MENU = "Enter choice number"
_PAUSES = ("<RETURN>", "RETURN key", "with RETURN")


class Walk:
    """A way through vttest on a terminal. said: what vttest has written so far, whether it shows or not."""

    def __init__(self, terminal, said):
        self._terminal, self._said = terminal, said
        self._wait_for_menu_or_pause(0)

    def _wait_for_menu_or_pause(self, start):
        def is_waiting():
            return any(text in self._said()[start:].decode("utf-8", "replace") for text in (_MENU, *_PAUSES))
        self._terminal.wait_for(is_waiting, 60, "vttest waits")
        self.is_in_menu = _MENU in self._said()[start:].decode("utf-8", "replace")

    def _type(self, text):
        start = len(self._said())
        self._terminal.send(text)
        self._wait_for_menu_or_pause(start)

    def play(self, name, shot):
        """Walk a page from the main menu and back to it; shot(name) at each pause."""
        path = PAGES[name]
        for choice in path:
            self._type(choice + "\r")
        for number in range(1, _PAUSES_MAX):
            if self.is_in_menu:
                break
            shot(f"{name} screen {number}")
            self._type("\r")
        for _ in path[1:]:
            self._type("0\r")
        self._terminal.wait_text("Test of cursor movements", 60)


# Screens as text


def _style(cell):
    marks = "".join(mark for mark, is_on in (("b", cell.bold and not cell.text.isspace()), ("u", cell.underscore),
                                             ("r", cell.reverse)) if is_on)
    return marks or "."


def dump(cells):
    """Rows behind bars; under each with attributes, which they are: (b)old, (u)nderlined, (r)eversed."""
    lines = []
    for row in cells:
        lines.append("|" + "".join(cell.text for cell in row).rstrip())
        styles = [_style(cell) for cell in row]
        if any(style != "." for style in styles):
            runs = []
            for x, style in enumerate(styles):
                if runs and runs[-1][1] == style:
                    continue
                runs.append((x, style))
            lines.append(" " + " ".join(f"{x}:{style}" for x, style in runs if style != "." or x))
    return "\n".join(lines) + "\n"


def write(path, shots):
    with open(path, "w", encoding="utf-8") as file:
        for name, text in shots.items():
            file.write(f"== {name}\n{text}")


def read(path):
    with open(path, encoding="utf-8") as file:
        parts = re.split(r"^== (.*)\n", file.read(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))
