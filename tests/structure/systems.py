"""What one system alone has stays in the files of rim/ that have a twin for the others."""

import re

import rules
from tree import Problem

_CHECKED = ("core/", "rim/", "endpoints/", "programs/")


def check_systems(tree):
    """Calls and headers of Linux alone, by file; and each such file's twin is there and asks for none of them."""
    problems = []
    for source in tree.sources:
        if not source.path.startswith(_CHECKED) or source.path in rules.LINUX_FILES:
            continue
        problems += [Problem(source.path, source.line_of(match.start()),
                             f"{match.group()} is of Linux alone: no twin for other systems")
                     for match in rules.LINUX_NAMES.finditer(source.code)]
        problems += [Problem(source.path, include.line, f"<{include.name}> is of Linux alone: no twin for other systems")
                     for include in source.includes if rules.LINUX_HEADERS.match(include.name)]
    problems += [Problem(path, 0, f"its twin {twin} is not there") for path, twin in rules.LINUX_FILES.items()
                 if path in tree.paths and twin not in tree.paths]
    return problems
