#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""spare.py RUNTIME FLOOR: which calls of a floor (profiles/floors/) this runtime starts a container without. Each is
refused alone, with EPERM and with ENOSYS, for root and for another user; what succeeds in all cases is printed. Needs
root, and for crun a machine or mount namespace without the unified directory of hybrid cgroups. The result belongs into
profiles/spare.json: what all versions of a runtime that make the call start without."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

runtime, floor = sys.argv[1], json.loads(pathlib.Path(sys.argv[2]).read_text())
CAPABILITIES = ["CAP_CHOWN", "CAP_KILL", "CAP_SETGID", "CAP_SETUID"]
EPERM, ENOSYS = 1, 38


def configuration(call, errnum, option, user):
    # crun's cache of filters does not look at the errno, so each errno has another rule with it.
    rules = [{"names": [name], "action": "SCMP_ACT_ERRNO", "errnoRet": errnum}
             for name in (call, {EPERM: "swapon", ENOSYS: "swapoff"}[errnum])]
    return {
        "ociVersion": "1.0.2",
        "process": {"user": {"uid": user, "gid": user}, "args": ["/busybox", "true"], "cwd": "/",
                    "noNewPrivileges": option,
                    "capabilities": {kind: CAPABILITIES for kind in ("bounding", "effective", "permitted")}},
        "root": {"path": "root"},
        "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"},
                   {"destination": "/dev", "type": "tmpfs", "source": "tmpfs"}],
        "linux": {"namespaces": [{"type": kind} for kind in ("pid", "mount", "ipc", "uts")],
                  "seccomp": {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": rules}},
    }


def starts(bundle, *case):
    (bundle / "config.json").write_text(json.dumps(configuration(*case)))
    command = [runtime, "run", "--bundle", str(bundle), "profilegen-spare"]
    answer = subprocess.run(command, capture_output=True, check=False, timeout=60)
    subprocess.run([runtime, "delete", "--force", "profilegen-spare"], capture_output=True, check=False)
    return answer.returncode == 0


with tempfile.TemporaryDirectory() as scratch:
    directory = pathlib.Path(scratch)
    (directory / "root").mkdir()
    shutil.copy(shutil.which("busybox"), directory / "root")
    needed, made = set(), set()
    for option in (False, True):
        ways = [way for way in floor["cases"] if way["case"].startswith("run") and way["no_new_privileges"] == option]
        calls = {call for way in ways for call in way["calls"]}
        made |= calls
        needed |= {call for call in calls for errnum in (EPERM, ENOSYS) for user in (0, 1000)
                   if not starts(directory, call, errnum, option, user)}
print(json.dumps(sorted(made - needed)))
