# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy on what changed, or with LINT_ALL on everything; skips what is known to be clean (tidy_cache.py)."""
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from compilation import BUILD, commands, configure, make_headers
from project import changed_files, end, lines_of, need, output_of, with_suffix
from tidy_cache import TidyCache

# Without LINT_ALL, no further file is started after this many seconds.
PATIENCE = None if os.environ.get("LINT_ALL") else 15
# Most of the time goes to what files include, so files of one folder are read together where that compiles.
MOST_TOGETHER = 10
FINDING = re.compile(r"^(/[^:\n]+:\d+):\d+: (?:error|warning): (.*)$", re.MULTILINE)
INCLUDED = re.compile(r"^\.+ (.+)$", re.MULTILINE)


def source_with(header, sources):
    """The source with which a header is analysed: the one of the same name, or else the first that includes it."""
    twin = os.path.splitext(header)[0] + ".cpp"
    if twin in sources:
        return [twin]
    name = os.path.basename(header)
    line = re.compile(rf'#include "(.*/)?{re.escape(name)}"')
    return [source for source in sources if any(map(line.match, lines_of(source)))][:1]


def wanted(sources):
    if PATIENCE is None:
        return sources
    changed = set(changed_files())
    headers = with_suffix(changed, ".h", ".hpp")
    chosen = changed & set(sources) | {source for header in headers for source in source_with(header, sources)}
    return sorted(chosen, key=os.path.getmtime, reverse=True)


def analyse(name, build=BUILD, options=()):
    """Returns the findings in a file, and the files that they depend on."""
    run = subprocess.run(["clang-tidy", "--quiet", "-p", build, "--extra-arg=-H", *options, name], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, check=False)
    told = run.stdout.decode(errors="replace")
    found = FINDING.findall(told)
    # Generated code is not held to our rules.
    findings = [f"{os.path.relpath(place)}: {message}" for place, message in found if not place.startswith(f"{BUILD}/")]
    if run.returncode != 0 and not found:
        findings = [f"{name}:1: clang-tidy fails with status {run.returncode}: {told}"]
    return findings, [name, *INCLUDED.findall(run.stderr.decode(errors="replace"))]


def analyse_together(names, command):
    """Returns the files that several sources depend on, or nothing if there is a finding in one of them, or if they do not
    compile as one: then each is to be read alone."""
    with tempfile.TemporaryDirectory() as build:
        joined = f"{build}/joined.cpp"
        with open(joined, "w", encoding="utf-8") as file:
            file.writelines(f'#include "{os.path.abspath(name)}"\n' for name in names)
        entry = {"file": joined, "directory": BUILD, "command": command.replace(os.path.abspath(names[0]), joined)}
        with open(f"{build}/compile_commands.json", "w", encoding="utf-8") as file:
            json.dump([entry], file)
        findings, files = analyse(joined, build, (f"--config={settings_of(names[0])}", "--checks=-bugprone-suspicious-include"))
        return [] if findings else [file for file in files if file != joined]


def settings_of(name):
    """What the .clang-tidy files above a source come to."""
    return output_of("clang-tidy", "--dump-config", "-p", BUILD, name)


def groups(names):
    """Sources of one folder, a few at a time: they are compiled alike."""
    for _, same in itertools.groupby(sorted(names), os.path.dirname):
        rest = list(same)
        while rest:
            yield rest[:MOST_TOGETHER]
            rest = rest[MOST_TOGETHER:]


class Analysis:
    def __init__(self, cache, known):
        self.cache = cache
        self.known = known
        self.begun = time.monotonic()
        self.left = 0

    def findings_of(self, name):
        if PATIENCE is not None and time.monotonic() - self.begun > PATIENCE:
            self.left += 1
            return []
        findings, files = analyse(name)
        if not findings:
            self.cache.add(name, files)
        return findings

    def findings_of_all(self, names):
        files = analyse_together(names, self.known[names[0]]) if len(names) > 1 else []
        if not files:
            return [finding for name in names for finding in self.findings_of(name)]
        for name in names:
            self.cache.add(name, [name, *files])
        return []


need("clang-tidy", "14")
configure()
known = commands()
cache = TidyCache(known, BUILD)
todo = [name for name in wanted(sorted(known)) if not cache.has(name)]
make_headers(known[name] for name in todo)
analysis = Analysis(cache, known)
parts = list(groups(todo)) if PATIENCE is None else [[name] for name in todo]
with ThreadPoolExecutor(os.cpu_count()) as pool:
    found = [finding for findings in pool.map(analysis.findings_of_all, parts) for finding in findings]
if analysis.left:
    print(f"clang-tidy has not yet read {analysis.left} of the changed files: run scripts/lint.sh --all tidy",
          file=sys.stderr)
end(found)
