#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""diff_schemas.py PROFILEGEN FIXTURES DIFF-SCHEMA: what diff prints for programs passes its published schema."""
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

profilegen, fixtures, diff_schema = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
schemas = {
    "json": json.loads(diff_schema.read_text()),
    "sarif": json.loads((fixtures / "sarif-2.1.0.schema.json").read_text()),
}
web, worker, moby = (str(fixtures / name) for name in ("web.trace.json", "worker.trace.json", "moby.json"))

with tempfile.NamedTemporaryFile("w", suffix=".txt") as exemptions:
    exemptions.write("syscall mkdir until 9999-12-31 because of jobs\n")
    exemptions.flush()
    checked = 0
    for old, new in ((web, worker), (worker, web), (web, web), (moby, web), (web, moby)):
        for name, schema in schemas.items():
            command = [profilegen, "diff", old, new, "--format", name, "--ignore", exemptions.name, "--quiet"]
            answer = subprocess.run(command, capture_output=True, check=False)
            if answer.returncode not in (0, 1):
                sys.exit(f"{command}: {answer.stderr.decode()}")
            document = json.loads(answer.stdout)
            jsonschema.validate(document, schema)
            broken = dict(document, surprise=1)
            try:
                jsonschema.validate(broken, schema)
                sys.exit(f"the schema of {name} takes anything")
            except jsonschema.ValidationError:
                checked += 1
print(f"{checked} documents pass their schema")
