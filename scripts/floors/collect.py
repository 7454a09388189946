#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""collect.py FILE SOURCE TRACES: adds the calls in the traces of one round to FILE, a floor of profiles/floors.

Exit status 0 if the round had a new call, 3 if not.
"""
import datetime
import json
import pathlib
import re
import sys

FACTS = {"root": "root", "user": "another user", "tty": "with a terminal", "init": "with an init", "health": "health check",
         "nnp": "no new privileges"}
NEW, NOTHING_NEW = 0, 3


def described(kind, container):
    facts = [FACTS[word] for word in container.removeprefix("floor-").split("-")]
    return ", ".join([kind] + facts)


def measured(trace):
    """The runtime's calls in one container, separately for starting it and for running a program in it."""
    (run,) = trace["runs"]
    subject = run["subject"]
    for phase, kind in (("runtime-run", "run"), ("runtime-exec", "exec")):
        calls = {row["name"] for row in trace["syscalls"] if row["phase"] == phase}
        if not calls:
            sys.exit(f"collect.py: nothing of the runtime was seen in {kind} of {subject['container_name']}")
        yield described(kind, subject["container_name"]), subject["no_new_privileges"], calls


def load(path):
    if not path.exists():
        return {}
    return {case["case"]: case for case in json.loads(path.read_text())["cases"]}


def row(case):
    return "    " + json.dumps(case)


def main():
    path, source, directory = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    cases = load(path)
    new = False
    for file in sorted(directory.glob("*.trace.json")):
        trace = json.loads(file.read_text())
        (run,) = trace["runs"]
        runtime, version = run["subject"]["runtime"], re.match(r"[0-9.]*", run["subject"]["runtime_version"]).group()
        for name, confined, calls in measured(trace):
            case = cases.setdefault(name, {"case": name, "no_new_privileges": confined, "calls": []})
            new = new or not calls <= set(case["calls"])
            case["calls"] = sorted(calls | set(case["calls"]))
    head = {"runtime": runtime, "version": version, "source": source, "date": datetime.date.today().isoformat()}
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    rows = ",\n".join(row(cases[name]) for name in sorted(cases))
    path.write_text("\n".join(["{", *lines, '  "cases": [', rows, "  ]", "}"]) + "\n")
    return NEW if new else NOTHING_NEW


sys.exit(main())
