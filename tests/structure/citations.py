"""What sources say of documents, and documents of tests, has to be there."""

import re

from tree import Problem

_SECTIONS = re.compile(r'(docs/\w+\.md),((?:\s*(?:and )?"[^"]*",?)+)')
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_QUOTED = re.compile(r"`([^`\n]+)`")
_TEST_FILE = re.compile(r"^([\w/.-]+\.(?:c|py))(?:: (test_\w+))?$")
_TEST_FOLDERS = ("tests/unit", "tests", "tests/conformance", ".")


def _without_comment_frame(text):
    """One line for each comment: a citation may be broken over two."""
    return re.sub(r"\n[ \t]*\*[ \t]?", " ", text)


def check_sections(tree):
    """Each section of a document that a source names is a heading there."""
    headings = {
        path.relative_to(tree.root).as_posix(): set(_HEADING.findall(path.read_text(encoding="utf-8")))
        for path in (tree.root / "docs").glob("*.md")
    }
    for source in tree.sources:
        for match in _SECTIONS.finditer(_without_comment_frame(source.text)):
            for title in re.findall(r'"([^"]*)"', match.group(2)):
                if title not in headings.get(match.group(1), set()):
                    yield Problem(source.path, 0, f'{match.group(1)} has no section "{title}"')


def _find(tree, name):
    for folder in _TEST_FOLDERS:
        if (tree.root / folder / name).is_file():
            return tree.root / folder / name
    return None


def _missing_tests(tree, text):
    """Names of tests in a line that are not in the file that was named before them."""
    file = None
    for word in _QUOTED.findall(text):
        named = _TEST_FILE.match(word)
        if named is not None:
            file = _find(tree, named.group(1))
            if file is None:
                yield word
                continue
        test = named.group(2) if named is not None else word if re.match(r"^test_\w+$", word) else None
        if test is None:
            continue
        if file is None or not re.search(rf"\b{test}\b", file.read_text(encoding="utf-8")):
            yield word


def check_tests(tree):
    """Each test that a document names is there."""
    for path in sorted((tree.root / "docs").glob("*.md")):
        for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
            # A row of a table stands alone; else a name may be broken over two lines.
            is_table = paragraph.lstrip().startswith("|")
            for part in paragraph.split("\n") if is_table else [paragraph.replace("\n", " ")]:
                for word in _missing_tests(tree, part):
                    yield Problem(path.relative_to(tree.root).as_posix(), 0, f"there is no {word}")


# docs/SECURITY.md, "Bad inputs": how many rows each table has.
_ROWS = {"C": 17, "D": 7, "P": 19, "X": 10}
_SECURITY = "docs/SECURITY.md"


def check_rows(tree):
    """Each row of the tables of bad inputs is there once, and names a test or says why there is none."""
    path = tree.root / _SECURITY
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    found = {}
    for line in text.split("\n"):
        match = re.match(r"^\| ([A-Z]\d+) \|.*\|(.*)\|$", line)
        if match is not None:
            found.setdefault(match.group(1), []).append(match.group(2))
    for letter, count in _ROWS.items():
        for row in (f"{letter}{number}" for number in range(1, count + 1)):
            cells = found.get(row, [])
            if len(cells) != 1:
                yield Problem(_SECURITY, 0, f"row {row} is there {len(cells)} times")
            elif "not built" not in cells[0] and not re.search(r"`[^`]*test_\w+`", cells[0]):
                yield Problem(_SECURITY, 0, f"row {row} names no test")
