#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""arm64_check.py PROFILEGEN TRACE: checks that TRACE contains what arm64_init did, and that emit accepts it."""
import json
import socket
import subprocess
import sys

PROFILEGEN, TRACE = sys.argv[1:]
with open(TRACE, encoding="utf-8") as file:
    trace = json.load(file)
failures = []


def check(what, found, wanted):
    if found != wanted:
        failures.append(f"{what}: {found}, and not {wanted}")


def calls(arch):
    return {row["name"] for row in trace["syscalls"] if row["arch"] == arch}


check("lost", trace["runs"][0]["loss"], {})
check("architectures", {row["arch"] for row in trace["syscalls"]}, {"aarch64", "arm"})
# These programs make these calls in every build, through their own tables: arm64 has no open, mkdir, rename, chown or
# unlink.
check("missing calls", {"execve", "openat", "write", "mkdirat", "renameat", "fchownat", "mount", "socket", "bind"} - calls("aarch64"), set())
check("missing calls of 32 bits", {"execve", "unlink", "exit_group"} - calls("arm"), {"execve"})
check("calls of the other table", calls("aarch64") & {"open", "mkdir", "rename", "chown", "unlink"}, set())
check(
    "changes",
    {(row["op"], row["path"]) for row in trace["files"] if row["path"].startswith("/tmp/") and row["op"] not in ("read", "execute", "map")},
    {
        ("create", "/tmp/made"),
        ("write", "/tmp/made"),
        ("truncate", "/tmp/made"),
        ("mkdir", "/tmp/directory"),
        ("rename-from", "/tmp/made"),
        ("rename-to", "/tmp/directory/moved"),
        ("chown", "/tmp/directory/moved"),
        ("ask-write", "/tmp/directory/moved"),  # rm without -f asks before it takes away
        ("unlink", "/tmp/directory/moved"),
    },
)
check(
    "capabilities",
    {(row["name"], row["arch"]) for row in trace["capabilities"] if row["verdict"] == "needed"},
    {("CHOWN", "aarch64"), ("SYS_ADMIN", "aarch64"), ("NET_BIND_SERVICE", "aarch64"), ("DAC_OVERRIDE", "arm")},
)
check("sockets", {(row["family"], row["type"]) for row in trace["sockets"]}, {(socket.AF_INET6, socket.SOCK_STREAM)})

policy = subprocess.run([PROFILEGEN, "emit", TRACE, "--format", "seccomp"], check=True, capture_output=True, text=True)
check("tables of the filter", set(json.loads(policy.stdout)["architectures"]), {"SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"})
for failure in failures:
    print(failure)
sys.exit(len(failures) > 0)
