#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make_traces.py COUNT DIRECTORY: makes traces of 300 KiB. Each has a run of its own; most facts are the same."""
import json
import os
import random
import sys

count, directory = int(sys.argv[1]), sys.argv[2]
os.makedirs(directory)
random.seed(1)
RUN = "@RUN@@RUN@@RUN@@"  # of a run's length

mounts = [{"path": f"/mount{i:02}", "type": "proc", "source": "proc", "origin": "engine", "read_only": True} for i in range(25)]
subject = {"engine": "docker", "engine_version": "20.10.24", "container_id": "a" * 64, "container_name": "web",
           "image": "example/web:1", "image_digest": "sha256:" + "b" * 64, "user": "", "runtime": "runc",
           "runtime_version": "1.1.5", "no_new_privileges": False, "read_only_root": False, "own_network": True, "seccomp_confined": True,
           "command": ["/app/server"]}
run = {"id": RUN, "kernel": "6.1.0", "arch": "x86_64", "duration": 1000000000, "subject": subject, "hooks": [], "loss": {},
       "marks": [], "io_uring": False, "mounts": mounts, "directories": [], "restricted": [], "sizes": [], "peaks": {}}


def evidence():
    first = {"ns": random.randrange(10**9), "pid": random.randrange(30000), "tid": 7, "program": "server"}
    return {"first": first, "runs": [RUN]}


def rows(name, list_of_rows):
    return f'"{name}": [\n' + ",\n".join(json.dumps(row, separators=(",", ":")) for row in list_of_rows) + "\n]"


def template():
    calls = [{"phase": "app", "arch": "x86_64", "nr": nr, "name": "", "only": "server", **evidence()} for nr in range(120)]
    paths = sorted(random.sample(range(2200), 1450))
    files = [{"path": f"/usr/lib/x86_64-linux-gnu/some/module{path:05}.so", "op": "read", "mount": "/", "directory": False,
              **evidence()} for path in paths]
    empty = [rows(name, []) for name in ("arguments", "denied", "capabilities")]
    lists = [rows("runs", [run]), rows("syscalls", calls), *empty, rows("files", files), rows("sockets", [])]
    return '{\n"profilegen_trace": 1,\n' + ",\n".join(lists) + "\n}\n"


templates = [template() for _ in range(20)]
for number in range(count):
    with open(f"{directory}/{number:05}.trace.json", "w", encoding="utf-8") as file:
        file.write(templates[number % len(templates)].replace(RUN, f"{number:016x}"))
