"""The source tree as the checks see it: files, their rooms, their includes, their bare code."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import rules

SOURCE_FOLDERS = ("core", "rim", "endpoints", "programs", "tests", "fuzz", "bench")

_INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]+(.*?)[ \t]*$", re.MULTILINE)
_NOT_CODE = re.compile(
    r"""/\*.*?\*/ | //[^\n]* | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'""",
    re.VERBOSE | re.DOTALL)


@dataclass(frozen=True)
class Problem:
    """One place that breaks a rule."""

    path: str
    line: int  # 0: the file as a whole
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}" if self.line else f"{self.path}: {self.text}"


@dataclass(frozen=True)
class Include:
    line: int
    name: str
    system: bool  # in angle brackets


@lru_cache(maxsize=None)
def _code_of(text):
    return _NOT_CODE.sub(_blank, text)


def _blank(match):
    """Spaces instead of a comment or a literal, with the lines kept."""
    return re.sub(r"[^\n]", " ", match.group())


class Source:
    """A C file of the tree."""

    def __init__(self, root, path):
        self.path = path.relative_to(root).as_posix()
        self.text = path.read_text(encoding="utf-8")

    @property
    def is_header(self):
        return self.path.endswith(".h")

    @property
    def folder(self):
        return self.path.rpartition("/")[0]

    @property
    def room(self):
        """The room as rules.py names it; None for tests and tools, which are no room."""
        if self.path.startswith("core/"):
            return self.folder[len("core/"):]
        for room in rules.ROOMS_OUTSIDE:
            if self.path.startswith(room + "/"):
                return room
        return None

    @cached_property
    def code(self):
        """The text with comments and literals blanked: same lines, same columns."""
        return _code_of(self.text)

    @cached_property
    def includes(self):
        found = []
        comments_gone = re.sub(r"/\*.*?\*/", _blank, self.text, flags=re.DOTALL)
        for match in _INCLUDE.finditer(comments_gone):
            line = comments_gone.count("\n", 0, match.start()) + 1
            word = match.group(1)
            quoted = re.match(r'"([^"]+)"|<([^>]+)>', word)
            if quoted is None:
                found.append(Include(line, word, False))  # a macro: resolves to nothing
            else:
                found.append(Include(line, quoted.group(1) or quoted.group(2), not quoted.group(1)))
        return found

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def is_in(self, places):
        return any(self.path == place or self.path.startswith(place + "/") for place in places)


class Tree:
    """All C files under the source folders of one root."""

    def __init__(self, root):
        self.root = Path(root)
        self.sources = [
            Source(self.root, path)
            for folder in SOURCE_FOLDERS
            for path in sorted((self.root / folder).rglob("*.[ch]"))
        ]
        self.paths = {source.path for source in self.sources}

    def resolve(self, source, name):
        """The path from the root of the header that an include in quotes means, or None."""
        bases = ["core/"] if source.path.startswith("core/") else ["core/", "", source.folder + "/"]
        if source.path.startswith("tests/"):
            bases += ["tests/unit/", "tests/sim/"]
        for base in bases:
            if base + name in self.paths:
                return base + name
        return None
