#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""filter.py: prints podman's default filter without the mount API, which Docker's filter lacks too. Under it, only the calls
that runtimes really need are measured.

runc since 1.3.3 tries to open a private /proc by fsopen, and uses the usual one if that is denied. Such a call must not
be allowed by every profile.
"""
import json
import pathlib

PODMAN = pathlib.Path("/usr/share/containers/seccomp.json")
MOUNT_API = {"fsconfig", "fsmount", "fsopen", "fspick", "mount", "mount_setattr", "move_mount", "open_tree", "pivot_root",
             "umount", "umount2"}


def main():
    policy = json.loads(PODMAN.read_text())
    for rule in policy["syscalls"]:
        if rule["action"] == "SCMP_ACT_ALLOW":
            rule["names"] = [name for name in rule["names"] if name not in MOUNT_API]
    policy["syscalls"] = [rule for rule in policy["syscalls"] if rule["names"]]
    print(json.dumps(policy))


main()
