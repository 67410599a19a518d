"""Add up what the test runners wrote and print one line: N passed, N failed[, N skipped].

    tally.py FILE...

FILE is meson's testlog.json or pytest's JUnit XML. A file that is not there is one failure: its suite
did not run. The failures are named on standard error; the status is 0 only if there are none.
"""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

_CMOCKA = re.compile(r"^\[\s+(OK|FAILED|SKIPPED)\s+\] (\w+)$", re.MULTILINE)
_TAP = re.compile(r"^(ok|not ok) \d+(?: - ([^#\n]*))?(# SKIP)?", re.MULTILINE)


@dataclass
class Tally:
    passed: int = 0
    failed: list = field(default_factory=list)
    skipped: int = 0

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def line(self):
        text = f"{self.passed} passed, {len(self.failed)} failed"
        return text + (f", {self.skipped} skipped" if self.skipped else "")


def _cases(output):
    """Sets of the names that passed, failed and were skipped in a test program's output."""
    names = {"OK": set(), "FAILED": set(), "SKIPPED": set()}
    for word, name in _CMOCKA.findall(output):
        names[word].add(name)
    for word, name, skip in _TAP.findall(output):
        names["SKIPPED" if skip else "OK" if word == "ok" else "FAILED"].add(name)
    return names["OK"] - names["FAILED"], names["FAILED"], names["SKIPPED"]


def meson_tally(path):
    """Each case of each test program; a program that died without naming a case is one failure."""
    total = Tally()
    for line in path.read_text(encoding="utf-8").splitlines():
        test = json.loads(line)
        passed, failed, skipped = _cases(test.get("stdout", "") + "\n" + test.get("stderr", ""))
        name, result = test["name"], test["result"]
        if result == "SKIP":
            total.add(Tally(skipped=max(1, len(skipped))))
        elif result in ("OK", "EXPECTEDFAIL"):
            total.add(Tally(max(1, len(passed)), [], len(skipped)))
        else:
            cases = [f"{name}: {case}" for case in sorted(failed)]
            total.add(Tally(len(passed), cases or [f"{name}: {result}"], len(skipped)))
    return total


def junit_tally(path):
    total = Tally()
    for case in ElementTree.parse(path).iter("testcase"):
        name = f"{case.get('classname')}: {case.get('name')}"
        if case.find("failure") is not None or case.find("error") is not None:
            total.failed.append(name)
        elif case.find("skipped") is not None:
            total.skipped += 1
        else:
            total.passed += 1
    return total


def tally_of(path):
    if not path.exists():
        return Tally(failed=[f"{path}: its suite did not run"])
    try:
        return junit_tally(path) if path.suffix == ".xml" else meson_tally(path)
    except (ValueError, ElementTree.ParseError) as error:
        return Tally(failed=[f"{path}: {error}"])


def main():
    total = Tally()
    for name in sys.argv[1:]:
        total.add(tally_of(Path(name)))
    for name in total.failed:
        print(f"FAILED {name}", file=sys.stderr)
    print(total.line())
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
