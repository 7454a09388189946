# SPDX-License-Identifier: Apache-2.0
"""Checks every script with shellcheck. A script is recognized by its name or by its first line."""
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

from project import all_files, end, interpreter_of, need

SHELLS = {"sh", "bash", "dash"}


def is_script(name):
    return name.endswith(".sh") or interpreter_of(name) in SHELLS


def complaints(name):
    run = subprocess.run(["shellcheck", "--format=gcc", name], stdout=subprocess.PIPE, check=False)
    if run.returncode > 1:
        return [f"{name}:1: shellcheck cannot read it (status {run.returncode})"]
    return [f"{line}: mend it, or say why not beside a shellcheck disable"
            for line in run.stdout.decode().splitlines()]


need("shellcheck")
with ThreadPoolExecutor(os.cpu_count()) as pool:
    end([line for found in pool.map(complaints, filter(is_script, all_files())) for line in found])
