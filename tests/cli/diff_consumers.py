#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""diff_consumers.py PROFILEGEN FIXTURES PROFILES: the machine-readable output of diff and lint fits its published schema,
and diff's comment is rendered as intended by GitHub's renderer, whatever its size and the names in it."""
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

profilegen, fixtures, profiles = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
schemas = {
    "json": json.loads((profiles / "diff.schema.json").read_text()),
    "sarif": json.loads((fixtures / "sarif-2.1.0.schema.json").read_text()),
}
web, worker, moby = (str(fixtures / name) for name in ("web.trace.json", "worker.trace.json", "moby.json"))

checked = 0


def check(command, schema):
    """Runs the command, whose output must fit the schema; and the schema must not fit everything."""
    global checked
    answer = subprocess.run(command, capture_output=True, check=False)
    if answer.returncode not in (0, 1):
        sys.exit(f"{command}: {answer.stderr.decode()}")
    document = json.loads(answer.stdout)
    jsonschema.validate(document, schema)
    try:
        jsonschema.validate(dict(document, surprise=1), schema)
        sys.exit(f"the schema for {command} takes anything")
    except jsonschema.ValidationError:
        checked += 1


with tempfile.NamedTemporaryFile("w", suffix=".txt") as exemptions:
    exemptions.write("syscall mkdir until 9999-12-31 because of jobs\n")
    exemptions.flush()
    for old, new in ((web, worker), (worker, web), (web, web), (moby, web), (web, moby)):
        for name, schema in schemas.items():
            check([profilegen, "diff", old, new, "--format", name, "--ignore", exemptions.name, "--quiet"], schema)
schemas["json"] = json.loads((profiles / "lint.schema.json").read_text())
with tempfile.NamedTemporaryFile("w", suffix=".json") as odd:
    odd.write('{"defaultAction": "NO\\u0001", "flags": ["X"], "syscalls": [{"names": ["a\\\\b"], "arg": 1}]}')
    odd.flush()
    for files in ((moby,), (odd.name,), (moby, odd.name)):
        for name, schema in schemas.items():
            check([profilegen, "lint", *files, "--format", name], schema)
print(f"{checked} documents pass their schema")

HOSTILE = "a`b``c</details><img src=x>|@all\n# big [x](javascript:y)"


def trace_with(paths):
    """The trace of the fixture, with changes to these files added."""
    row = ('{{"path":{},"op":"create","mount":"/","directory":false,"first":{{"ns":5,"pid":1,"tid":1,"program":"p"}},'
           '"runs":["00000000000000aa"]}},\n')
    rows = "".join(row.format(json.dumps(path)) for path in paths)
    return pathlib.Path(web).read_text().replace('"files": [\n', '"files": [\n' + rows)


def rendered(paths):
    command = [profilegen, "diff", web, "-", "--format", "markdown", "--quiet"]
    answer = subprocess.run(command, input=trace_with(paths).encode(), capture_output=True, check=False)
    assert answer.returncode == 1, answer.stderr
    assert len(answer.stdout) < 65000
    render = ["cmark-gfm", "--unsafe", "--extension", "table", "--extension", "autolink", "--extension", "tagfilter"]
    return subprocess.run(render, input=answer.stdout, capture_output=True, check=True).stdout.decode()


hostile = rendered([f"/tmp/{HOSTILE}", f"/srv/{HOSTILE}"])
assert "<img" not in hostile and "<a " not in hostile and hostile.count("<h") == 1, hostile
assert hostile.count("<details") == hostile.count("</details>") and "<code>/srv/a`b``c&lt;/details&gt;" in hostile, hostile
# Each file in a directory of its own; otherwise one pattern would cover them.
many = rendered([f"/data{number}x/{number}y{number * 7919}/f{number}" for number in range(5000)])
assert many.count("<details") == many.count("</details>") and many.count("<li>") > 200, many[:2000]
assert "more, which <code>profilegen diff</code> shows as text" in many
print("the comment is rendered as it is meant")
