"""What the compiled core asks of the world, and what it keeps: purity seen from the object files."""

import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import rules
from tree import Problem

# objdump -t: address, flags, section, size, and the name last.
_SYMBOL = re.compile(r"^[0-9a-f]{8,16} (.{7}) (\S+)\s+([0-9a-f]+) (?:\.hidden |\.internal )?(\S+)$")
_MEMBER = re.compile(r"^(\S+\.o):\s+file format")
_CALLED = re.compile(r"\b([a-z_]\w*)\(")
_CONSTANT = re.compile(r"\bextern\s+const\b[^;]*?\b(\w+)(?:\[\w*\])?;")
_FORTIFIED = re.compile(r"^__(\w+)_chk$")


@dataclass
class Member:
    """One object file of an archive."""

    name: str  # as meson names it: net_crypto_key.c.o
    wanted: set = field(default_factory=set)
    defined: set = field(default_factory=set)
    mutable: set = field(default_factory=set)


def _is_mutable(section):
    """.data.rel.ro holds constants with addresses in them; what else is .data or .bss can change."""
    if section.startswith(".data.rel.ro"):
        return False
    return section == "*COM*" or section.startswith((".data", ".bss", ".tdata", ".tbss"))


def read_archive(path):
    """The members of a static library with their symbols."""
    listing = subprocess.run(["objdump", "-t", str(path)], check=True, capture_output=True,
                             text=True).stdout
    members = []
    for line in listing.splitlines():
        if (member := _MEMBER.match(line)) is not None:
            members.append(Member(Path(member.group(1)).name))
        elif (symbol := _SYMBOL.match(line)) is not None:
            flags, section, size, name = symbol.groups()
            if section == "*UND*":
                members[-1].wanted.add(name)
                continue
            if "d" not in flags:
                members[-1].defined.add(name)
            if _is_mutable(section) and int(size, 16) > 0:
                members[-1].mutable.add(name)
    return members


def _plain(symbol):
    """The function behind a fortified or versioned name."""
    symbol = symbol.partition("@")[0]
    fortified = _FORTIFIED.match(symbol)
    return fortified.group(1) if fortified else symbol


def _home_of(tree, member):
    """The path of the source that a member was made from; generated ones are net/wire's."""
    for source in tree.sources:
        if source.path.startswith("core/") and not source.is_header:
            if source.path[len("core/"):].replace("/", "_") + ".o" == member.name:
                return source.path
    return "core/net/wire/" + member.name if ".pb-c." in member.name else member.name


def _is_allowed(symbol, path):
    if symbol in rules.PURE_FUNCTIONS or symbol in rules.COMPILER_SYMBOLS:
        return True
    for library in rules.LIBRARIES:
        if library.symbols.match(symbol):
            return any(path == home or path.startswith(home + "/") for home in library.homes)
    return False


def _declared(tree):
    """The functions and constants that the core's headers declare: ours, also while a room is still being built."""
    names = set()
    for source in tree.sources:
        if source.path.startswith("core/") and source.is_header:
            names.update(_CALLED.findall(source.code), _CONSTANT.findall(source.code))
    return names


def check_purity(tree, archive):
    """The core asks for itself, for pure C functions, and in each library's home for that library."""
    members = read_archive(archive)
    ours = _declared(tree).union(*(member.defined for member in members))
    problems = []
    for member in members:
        path = _home_of(tree, member)
        for symbol in sorted(member.wanted - ours):
            if not _is_allowed(_plain(symbol), path):
                problems.append(Problem(path, 0, f"uses {symbol}, which is not pure"))
    return problems


def check_no_state(tree, archive):
    """No object of the core keeps anything that can change: tables are const."""
    return [Problem(_home_of(tree, member), 0, f"{symbol} is mutable data at file scope")
            for member in read_archive(archive)
            for symbol in sorted(member.mutable)]
