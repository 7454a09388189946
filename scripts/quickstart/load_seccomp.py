# SPDX-License-Identifier: Apache-2.0
"""load_seccomp.py FILTER COMMAND [ARGUMENT...]: runs COMMAND (a full path) under an OCI seccomp filter, without an
engine.

Like engines, it leaves out names that this machine's libseccomp does not know. They get the default answer.
"""
import json
import os
import sys

import seccomp


def action(name, errno):
    if name == "SCMP_ACT_ALLOW":
        return seccomp.ALLOW
    if name == "SCMP_ACT_ERRNO":
        return seccomp.ERRNO(errno)
    sys.exit(f"load_seccomp.py: action {name} is not one that profilegen emits")


def known(call):
    try:
        return seccomp.resolve_syscall(seccomp.Arch(), call) >= 0
    except ValueError:
        return False


def condition(argument):
    if argument["op"] != "SCMP_CMP_MASKED_EQ":
        sys.exit(f"load_seccomp.py: comparison {argument['op']} is not one that profilegen emits")
    return seccomp.Arg(argument["index"], seccomp.MASKED_EQ, argument["value"], argument["valueTwo"])


def load(policy):
    default = action(policy["defaultAction"], policy["defaultErrnoRet"])
    rules = seccomp.SyscallFilter(default)
    for rule in policy["syscalls"]:
        conditions = [condition(argument) for argument in rule.get("args", [])]
        answer = action(rule["action"], rule.get("errnoRet", 1))
        for call in filter(known, rule["names"]):
            if answer != default:
                rules.add_rule(answer, call, *conditions)
    rules.load()


def given_environment():
    """The original environment. In the C locale, Python adds LC_CTYPE to os.environ (PEP 538), and in another locale than
    the recorded one the program would make other calls."""
    with open("/proc/self/environ", "rb") as file:
        variables = file.read().split(b"\0")
    return dict(variable.split(b"=", 1) for variable in variables if b"=" in variable)


def main():
    with open(sys.argv[1]) as file:
        policy = json.load(file)
    environment = given_environment()
    load(policy)
    os.execve(sys.argv[2], sys.argv[2:], environment)


if __name__ == "__main__":
    main()
