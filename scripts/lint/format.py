# SPDX-License-Identifier: Apache-2.0
"""Checks every source file of C and C++ with clang-format."""
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

from project import all_files, end, need, with_suffix

SHARE = 40
PLACE = re.compile(r"^([^:\n]+):(\d+):\d+: error: code should be clang-formatted", re.MULTILINE)


def badly_formatted(names):
    """Returns the first line of each file that clang-format would change."""
    run = subprocess.run(["clang-format", "--dry-run", "-Werror", *names], stderr=subprocess.PIPE, check=False)
    told = run.stderr.decode(errors="replace")
    places = {name: line for name, line in reversed(PLACE.findall(told))}
    if run.returncode != 0 and not places:
        return [f"clang-format: {told.strip()}"]
    return [f"{name}:{line}: not formatted: run clang-format -i {name}" for name, line in places.items()]


need("clang-format", "14")
files = with_suffix(all_files(), ".c", ".cpp", ".h", ".hpp")
with ThreadPoolExecutor(os.cpu_count()) as pool:
    shares = [files[start:start + SHARE] for start in range(0, len(files), SHARE)]
    end([finding for found in pool.map(badly_formatted, shares) for finding in found])
