# SPDX-License-Identifier: Apache-2.0
"""Tells how each file is compiled, with a separate build directory for clang, without jumbo files and precompiled headers.
So all flags are known to clang, and each file must include what it needs."""
import json
import os
import subprocess
import sys

from project import need, stop

BUILD = os.environ["LINT_BUILD"]
SETTINGS = ("CMAKE_C_COMPILER=clang", "CMAKE_CXX_COMPILER=clang++", "CMAKE_UNITY_BUILD=OFF",
            "CMAKE_DISABLE_PRECOMPILE_HEADERS=ON", "PROFILEGEN_WERROR=OFF")


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        sys.stderr.write(done.stdout.decode(errors="replace"))
        sys.exit(stop(f"failed: {' '.join(command)}"))


def configure():
    for tool in ("cmake", "clang++", "ninja"):
        need(tool)
    run("cmake", "--preset", "debug", "-B", BUILD, *(f"-D{setting}" for setting in SETTINGS))


def make_headers(commands_needed):
    """Builds the generated header, if these commands use it. Configuring makes the others."""
    if any(f"{BUILD}/bpf" in command for command in commands_needed):
        run("cmake", "--build", BUILD, "--target", "profilegen_skeleton")


def commands():
    """Returns {file: command line} of the project's own files."""
    top = os.getcwd() + "/"
    with open(f"{BUILD}/compile_commands.json", encoding="utf-8") as file:
        entries = json.load(file)
    return {entry["file"].removeprefix(top): entry["command"] for entry in entries
            if entry["file"].startswith(top) and not entry["file"].startswith(BUILD + "/")}
