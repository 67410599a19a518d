"""Who may include whom, and which library may be known where."""

import rules
from tree import Problem


def _core_name(path):
    """A core header as the table writes it: without core/ in front."""
    return path[len("core/"):] if path.startswith("core/") else path


def _room_of(path):
    name = _core_name(path)
    if name != path:
        return name.rpartition("/")[0]
    return next((room for room in rules.ROOMS_OUTSIDE if path.startswith(room + "/")), None)


def _is_core_only(source):
    return source.is_in(rules.CORE_ONLY_FOLDERS)


def _library_of(name):
    return next((lib for lib in rules.LIBRARIES if lib.header.search(name)), None)


def _own_include_problem(tree, source, name):
    """What is wrong with including one of our own headers; None if nothing is."""
    target = tree.resolve(source, name)
    if target is None:
        return f'"{name}" is no header that this file can see'
    room = _room_of(target)
    if target.endswith("_internal.h") and target.rpartition("/")[0] != source.folder:
        return f'"{name}" is internal to its folder'
    if source.room is None:
        outside = room is not None and not target.startswith("core/")
        if outside and _is_core_only(source):
            return f'"{name}" is not of the core, and this program links only the core'
        return None
    if room is None:
        return f'"{name}" is of no room'
    if room == source.room:
        return None
    allowed = rules.MAY_INCLUDE[source.room]
    if room not in allowed and _core_name(target) not in allowed:
        return f'{source.room} may not include {room} ("{name}")'
    return None


def check_table(tree):
    """Every include of a header of ours is one that the table of rooms allows."""
    problems = []
    for source in tree.sources:
        if source.room is not None and source.room not in rules.MAY_INCLUDE:
            problems.append(Problem(source.path, 0, f"{source.room} is not a room of the table"))
            continue
        for include in source.includes:
            if include.system or _library_of(include.name) is not None:
                continue
            text = _own_include_problem(tree, source, include.name)
            if text is not None:
                problems.append(Problem(source.path, include.line, text))
    return problems


def check_libraries(tree):
    """Library headers are included in their homes only, and the core sees pure headers besides."""
    problems = []
    for source in tree.sources:
        for include in source.includes:
            library = _library_of(include.name)
            if library is not None:
                if source.room is not None and not source.is_in(library.homes):
                    problems.append(Problem(source.path, include.line,
                                            f"{library.name} belongs in {', '.join(library.homes)}"))
            elif (include.system and source.path.startswith("core/")
                  and include.name not in rules.PURE_HEADERS):
                problems.append(Problem(source.path, include.line,
                                        f"<{include.name}> is not a pure header"))
    return problems


def check_library_types(tree):
    """No header outside a library's home speaks of that library's types."""
    problems = []
    for source in tree.sources:
        if not source.is_header or source.room is None:
            continue
        for library in rules.LIBRARIES:
            if source.is_in(library.homes):
                continue
            for match in library.types.finditer(source.code):
                problems.append(Problem(source.path, source.line_of(match.start()),
                                        f"{match.group()} is a type of {library.name}"))
    return problems
