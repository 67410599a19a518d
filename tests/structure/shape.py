"""The shape of files: mirrored tests, sizes, guards, functions that are never used."""

import re

import rules
from tree import Problem

_DEFINITION = re.compile(r"^([a-z_]\w*)\(", re.MULTILINE)
_SLEEP_C = re.compile(r"\b(?:u|nano|clock_nano)?sleep\s*\(")
_SLEEP_PYTHON = re.compile(r"\btime\.sleep\b|\bfrom time import\b[^\n]*\bsleep\b")
_BANNED = re.compile(r"\b(" + "|".join(rules.BANNED_FUNCTIONS) + r")\s*\(")


def check_mirrors(tree):
    """Each .c of the core has its test at the mirrored path, and a meson.build that runs it."""
    lists = "\n".join(path.read_text(encoding="utf-8")
                      for path in sorted((tree.root / "tests/unit").rglob("meson.build")))
    problems = []
    for source in tree.sources:
        if not source.path.startswith("core/") or source.is_header:
            continue
        noun = source.path[len("core/"):-len(".c")]
        test = f"tests/unit/{noun}_test.c"
        if test not in tree.paths:
            problems.append(Problem(source.path, 0, f"has no {test}"))
        elif f"'{noun}'" not in lists:
            problems.append(Problem(test, 0, f"no meson.build under tests/unit lists '{noun}'"))
    return problems


def check_file_sizes(tree):
    """Files stay under 500 lines."""
    texts = {source.path: source.text for source in tree.sources}
    texts.update((path.relative_to(tree.root).as_posix(), path.read_text(encoding="utf-8"))
                 for path in sorted((tree.root / "tests").rglob("*.py")))
    return [Problem(path, 0, f"{lines} lines") for path, text in texts.items()
            if (lines := text.count("\n")) > rules.FILE_LINES_MAX]


def check_function_sizes(tree):
    """Functions end within 80 lines, but for those that have a reason in the rules."""
    problems = []
    for source in tree.sources:
        for match in _DEFINITION.finditer(source.code):
            end = source.code.find("\n}", match.start())
            if end < 0 or "\n{" not in source.code[match.start():end]:
                continue
            lines = source.code.count("\n", match.start(), end) + 2
            name = f"{source.path}:{match.group(1)}"
            if lines > rules.FUNCTION_LINES_MAX and name not in rules.LONG_FUNCTIONS:
                problems.append(Problem(source.path, source.line_of(match.start()),
                                        f"{match.group(1)}() has {lines} lines"))
    return problems


def check_banned(tree):
    """No function without a bound, with hidden state, or that fails silently."""
    return [Problem(source.path, source.line_of(match.start()), f"{match.group(1)}() is banned")
            for source in tree.sources
            for match in _BANNED.finditer(source.code)]


def guard_of(path):
    """core/net/crypto/key.h -> SKUA_NET_CRYPTO_KEY_H"""
    name = path[len("core/"):] if path.startswith("core/") else path
    return "SKUA_" + re.sub(r"\W", "_", name).upper()


def check_guards(tree):
    """Each header is guarded by a name made from its path."""
    problems = []
    for source in tree.sources:
        if not source.is_header:
            continue
        guard = guard_of(source.path)
        opening = re.search(rf"^#ifndef {guard}\n#define {guard}\n", source.code, re.MULTILINE)
        before = source.code[:opening.start()] if opening else "missing"
        if before.strip() or not source.code.rstrip().endswith("#endif"):
            problems.append(Problem(source.path, 0, f"is not guarded by {guard}"))
    return problems


def check_no_sleep(tree):
    """Tests wait for what they want to see, with a deadline; they never sleep."""
    problems = [Problem(source.path, source.line_of(match.start()), "sleeps")
                for source in tree.sources if source.path.startswith("tests/")
                for match in _SLEEP_C.finditer(source.code)]
    for path in sorted((tree.root / "tests").rglob("*.py")):
        if path.parent.name == "structure":
            continue
        text = path.read_text(encoding="utf-8")
        problems += [Problem(path.relative_to(tree.root).as_posix(), text.count("\n", 0, match.start()) + 1,
                             "sleeps") for match in _SLEEP_PYTHON.finditer(text)]
    return problems
