# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy on what changed, or with LINT_ALL on everything; skips what is known to be clean (tidy_cache.py)."""
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from compilation import BUILD, commands, configure, make_headers
from project import changed_files, end, lines_of, need, with_suffix
from tidy_cache import TidyCache

# Without LINT_ALL, no further file is started after this many seconds.
PATIENCE = None if os.environ.get("LINT_ALL") else 15
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


def analyse(name):
    """Returns the findings in a file, and the files that they depend on."""
    run = subprocess.run(["clang-tidy", "--quiet", "-p", BUILD, "--extra-arg=-H", name], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, check=False)
    told = run.stdout.decode(errors="replace")
    findings = [f"{os.path.relpath(place)}: {message}" for place, message in FINDING.findall(told)]
    if run.returncode != 0 and not findings:
        findings = [f"{name}:1: clang-tidy fails with status {run.returncode}: {told}"]
    return findings, [name, *INCLUDED.findall(run.stderr.decode(errors="replace"))]


class Analysis:
    def __init__(self, cache):
        self.cache = cache
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


need("clang-tidy", "14")
configure()
known = commands()
cache = TidyCache(known, BUILD)
todo = [name for name in wanted(sorted(known)) if not cache.has(name)]
make_headers(known[name] for name in todo)
analysis = Analysis(cache)
with ThreadPoolExecutor(os.cpu_count()) as pool:
    found = [finding for findings in pool.map(analysis.findings_of, todo) for finding in findings]
if analysis.left:
    print(f"clang-tidy has not yet read {analysis.left} of the changed files: run scripts/lint.sh --all tidy",
          file=sys.stderr)
end(found)
