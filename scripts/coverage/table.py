#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""table.py: reads the output of `gcov --json-format --stdout`, one document per line, and prints the line coverage of each
folder of src/ and include/. A line of a header counts once; it was run if any file that includes it ran it."""
import collections
import json
import os
import sys

runs = collections.defaultdict(lambda: collections.defaultdict(int))
for document in map(json.loads, sys.stdin):
    for file in document["files"]:
        name = os.path.relpath(os.path.join(document["current_working_directory"], file["file"]))
        if name.startswith(("src/", "include/")):
            for line in file["lines"]:
                runs[name][line["line_number"]] += line["count"]

folders = collections.defaultdict(lambda: [0, 0])
for name, lines in runs.items():
    for folder in (os.path.dirname(name), "all"):
        folders[folder][0] += sum(count > 0 for count in lines.values())
        folders[folder][1] += len(lines)
if not folders:
    sys.exit("table.py: no line of src/ was counted")
for folder in sorted(folders, key=lambda each: (each == "all", each)):
    run, lines = folders[folder]
    print(f"{100 * run / lines:6.1f} %  {run:6} of {lines:6}  {folder}")
