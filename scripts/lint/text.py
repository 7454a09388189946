# SPDX-License-Identifier: Apache-2.0
"""Checks the text of each file. Each rule is a function that returns the findings in a file as (line, message)."""
import re

from project import VERBATIM, all_files, end, is_source, lines_of

LONGEST_FILE = 400


def matching(name, pattern, message):
    regex = re.compile(pattern)
    return [(number, message) for number, line in enumerate(lines_of(name), 1) if regex.search(line)]


def licence(name):
    if not is_source(name):
        return []
    wanted = "BSD-2-Clause OR GPL-2.0-only" if name.startswith("bpf/") else "Apache-2.0"
    if name.startswith("include/profilegen/abi"):
        wanted = "BSD-2-Clause OR GPL-2.0-only"  # the kernel part includes it
    lines = lines_of(name)
    line = lines[1] if lines[0].startswith("#!") and len(lines) > 1 else lines[0]
    if f"SPDX-License-Identifier: {wanted}" in line.replace("(", ""):
        return []
    return [(1, f"no licence: begin with a comment SPDX-License-Identifier: {wanted}")]


def white_space(name):
    found = matching(name, r"[ \t\r]$", "white space at the end of the line: remove it")
    lines = lines_of(name)
    if lines[-1] != "":
        found.append((len(lines), "the last line does not end: add a newline"))
    elif len(lines) > 2 and lines[-2] == "":
        found.append((len(lines) - 1, "empty lines at the end: remove them"))
    return found


def length(name):
    count = len(lines_of(name)) - 1
    if not is_source(name) or count <= LONGEST_FILE:
        return []
    return [(LONGEST_FILE + 1, f"{count} lines, more than {LONGEST_FILE}: divide the file by what its parts do")]


def is_explained(lines, number):
    """True if there is a comment in the line, or in the two lines above the command that the line ends."""
    first = number
    while first > 1 and lines[first - 2].endswith("\\"):
        first -= 1
    near = lines[max(first - 3, 0):first] + [lines[number - 1]]
    return any(re.search(r"(^|\s)(#|//) ", line) for line in near)


def ignored_errors(name):
    if not is_source(name):
        return []
    message = "hides every error: handle the one that is expected"
    lines = lines_of(name)
    silent = [number for number, _ in matching(name, r"\|\| *:($|[ ;)])", "") if not is_explained(lines, number)]
    return (matching(name, r"\|\| *true\b", message)
            + [(number, message + ", or say in a comment why none matters") for number in silent])


def unfinished(name):
    return matching(name, r"\b(TO[D]O|FIX[M]E|X[X]X)\b", "unfinished: do it, or write an issue") if is_source(name) else []


def names(name):
    parts = re.split(r"[/._-]", name.lower())
    return [(1, "such a name tells nothing: name it after what it does")] if {"util", "utils", "helpers"} & set(parts) else []


def headers(name):
    if not name.endswith((".h", ".hpp")) or name.startswith("bpf/"):
        return []
    # Headers that C files include too use C's include guard.
    guards = [line for line in lines_of(name) if line == "#pragma once" or re.fullmatch(r"#ifndef \w+_H", line)]
    return [] if guards else [(1, "may be included twice: add #pragma once")]


def printing(name):
    if not name.startswith("src/") or name.startswith("src/cli/"):
        return []
    # _exit() in a child process is allowed.
    return matching(name, r"\bstd::c(out|err)\b|(^|[^\w])(std::)?(printf|fprintf|puts|exit|quick_exit)\(|fmt::print\b",
                    "only src/cli prints or exits: return what there is to say")


def libbpf(name):
    if not name.startswith(("src/", "include/")) or name.startswith("src/record/"):
        return []
    return matching(name, r"#include <bpf/", "only src/record knows libbpf: ask it")


def python(name):
    if not name.endswith(".py"):
        return []
    try:
        compile("\n".join(lines_of(name)), name, "exec")
    except SyntaxError as error:
        return [(error.lineno or 1, f"not Python: {error.msg}")]
    return []


RULES = (licence, white_space, length, ignored_errors, unfinished, names, headers, printing, libbpf, python)
texts = [name for name in all_files() if not name.startswith(VERBATIM)]
end([f"{name}:{line}: {message}" for name in texts for rule in RULES for line, message in rule(name)])
