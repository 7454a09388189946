# SPDX-License-Identifier: Apache-2.0
"""Functions that the checks share: the project's files, and how a check ends. Checks run in the top directory."""
import os
import shutil
import subprocess
import sys

# The kind of a file is told by its name or by its first line.
SOURCES = {".c", ".cpp", ".css", ".cmake", ".def", ".fish", ".h", ".hpp", ".java", ".js", ".py", ".sh", ".yml", ".zsh"}
SOURCE_NAMES = {"CMakeLists.txt", "Dockerfile"}
# Data whose exact bytes are tested.
VERBATIM = ("tests/golden/approved/", "tests/fuzz/corpus/")


def output_of(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()


def names_of(text):
    return [name for name in text.split("\0") if name and os.path.isfile(name) and not os.path.islink(name)]


def all_files():
    """Includes new files, so that they are checked before they are committed."""
    listed = output_of("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return sorted(set(names_of(listed)))


def changed_files():
    base = os.environ["LINT_BASE"]
    changed = names_of(output_of("git", "diff", "-z", "--name-only", "--diff-filter=d", base))
    return changed + names_of(output_of("git", "ls-files", "-z", "--others", "--exclude-standard"))


def with_suffix(names, *suffixes):
    return [name for name in names if os.path.splitext(name)[1] in suffixes]


def lines_of(name):
    with open(name, encoding="utf-8", errors="replace", newline="") as file:
        return file.read().split("\n")


def interpreter_of(name):
    with open(name, "rb") as file:
        first = file.readline(200).decode(errors="replace").split()
    return os.path.basename(first[-1]) if first and first[0].startswith("#!") else ""


def is_source(name):
    return (os.path.splitext(name)[1] in SOURCES or os.path.basename(name) in SOURCE_NAMES
            or interpreter_of(name) != "")


def need(tool, version=""):
    """Ends the check if TOOL is missing, or is not Debian 12's: another version has other findings and formats differently."""
    if shutil.which(tool) is None:
        sys.exit(stop(f"no {tool} here: run scripts/install-deps.sh --test"))
    told = output_of(tool, "--version")
    if version and f"version {version}." not in told:
        sys.exit(stop(f"this is not {tool} {version}, but another version, which judges otherwise", 77))


def stop(message, status=2):
    print(f"{os.path.basename(sys.argv[0])}: {message}", file=sys.stderr)
    return status


def end(findings):
    """Prints each finding once, and ends the check."""
    for finding in sorted(set(findings)):
        print(finding)
    sys.exit(1 if findings else 0)
