#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the steps of the gates in scripts/ci as the forges' runners do.

run_steps.py github ACTION.YML NAME=VALUE...   inputs of the composite action; exit status of the first failing step
run_steps.py gitlab INCLUDE.YML NAME=VALUE...  variables of the job
"""
import os
import re
import subprocess
import sys
import tempfile

import yaml


def github(document, given, path):
    inputs = {name: given.get(name, value.get("default")) for name, value in document["inputs"].items()}
    missing = [name for name, value in inputs.items() if value is None]
    assert not missing and not set(given) - set(inputs), (missing, given)
    context = {f"inputs.{name}": value for name, value in inputs.items()}
    context |= {"github.action_path": os.path.dirname(os.path.abspath(path)), "github.token": "a-token"}

    def expand(text):
        return re.sub(r"\$\{\{ *(\S+) *\}\}", lambda match: context[match[1]], text)

    def holds(condition, failed):
        """Supports what these steps use: always(), == and != of inputs, joined by &&."""
        terms = [term.strip() for term in condition.split("&&")]
        always = "always()" in terms
        for term in terms:
            if term in ("always()", "success()"):
                continue
            left, operator, right = re.fullmatch(r"(\S+) (==|!=) '([^']*)'", term).groups()
            if (context[left] == right) != (operator == "=="):
                return False
        return always or not failed

    variables, status = {}, 0
    for step in document["runs"]["steps"]:
        if not holds(step.get("if", "success()"), status != 0):
            continue
        with tempfile.NamedTemporaryFile("r+") as exported:
            environment = dict(os.environ, GITHUB_ENV=exported.name, GITHUB_ACTIONS="true", **variables)
            environment |= {name: expand(value) for name, value in step.get("env", {}).items()}
            print(f"--- {step['name']}", flush=True)
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", expand(step["run"])]
            code = subprocess.run(command, env=environment, check=False).returncode
            status = status or code
            variables |= dict(line.rstrip("\n").split("=", 1) for line in exported)
    return status


def gitlab(document, given):
    job = document[".profilegen"]
    environment = os.environ | job["variables"] | given
    script = "set -eo pipefail\n" + "\n".join(job["script"])
    status = subprocess.run(["bash", "-c", script], env=environment, check=False).returncode
    subprocess.run(["bash", "-c", "\n".join(job["after_script"])], env=environment, check=False)
    return status


def main():
    kind, path, *arguments = sys.argv[1:]
    given = dict(argument.split("=", 1) for argument in arguments)
    with open(path, encoding="utf-8") as file:
        document = yaml.safe_load(file)
    sys.exit(github(document, given, path) if kind == "github" else gitlab(document, given))


main()
