"""The commands that documents print for people to type: code blocks marked sh, and code in the text of some."""

import re
from dataclasses import dataclass

from programs import ROOT

DOCUMENTS = ["README.md", *(["README.ja.md"] if (ROOT / "README.ja.md").exists() else []),
             *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("docs/**/*.md"))]

# Those for users, in whose text each command counts too. The rest is for those who change the source.
FOR_USERS = [name for name in DOCUMENTS
             if name.startswith("README") or name in ("docs/FAQ.md", "docs/PACKAGING.md", "docs/PORTABILITY.md",
                                                          "docs/COMPARISON.md")]

_FENCE = re.compile(r"^ *```(\S*)$")
_COMMENT = re.compile(r"\s+# .*$")
_IN_TEXT = re.compile(r"`((?:scripts/[^`\s]+|(?:sudo|skua|skua-server|mosh|man|loginctl|ssh) \S)[^`]*)`")


@dataclass(frozen=True)
class Command:
    document: str
    heading: str
    text: str
    is_block: bool  # in a code block, not in the text

    def __str__(self):
        return f"{self.document}, {self.heading!r}: {self.text}"


def _in_order(document):
    heading, language, line_so_far = "", None, ""
    for line in (ROOT / document).read_text(encoding="utf-8").splitlines():
        fence = _FENCE.match(line)
        if fence:
            assert language is not None or fence.group(1), f"{document}: a block without a language: {heading}"
            language = None if language is not None else fence.group(1)
        elif language == "sh":
            line_so_far += _COMMENT.sub("", line.strip()).removesuffix("\\")
            if line.strip() and not line.endswith("\\"):
                yield Command(document, heading, line_so_far, True)
                line_so_far = ""
        elif language is None and line.startswith("#"):
            heading = line.lstrip("# ")
        elif language is None and document in FOR_USERS:
            for found in _IN_TEXT.finditer(line):
                yield Command(document, heading, found.group(1), False)
    assert language is None, f"{document}: a block without an end"


def commands(document):
    """Its commands in the order in which they are printed."""
    return list(_in_order(document))


def block(document, heading):
    """What the code blocks below a heading hold, in order."""
    found = [command.text for command in commands(document) if command.heading == heading and command.is_block]
    assert found, f"{document} prints no command below {heading!r}"
    return found
