# SPDX-License-Identifier: Apache-2.0
# spo_check.py SCHEMAS APPARMOR_PARSER RESOURCES: checks resources of the Security Profiles Operator with the schemas
# of its custom resource definitions (SCHEMAS has spo.schema.json and spo_armor.schema.json). What the operator makes of
# an AppArmorProfile must be a profile that AppArmor's parser takes, in which no denial takes back what is allowed.
import copy
import itertools
import json
import subprocess
import sys

import jsonschema
import yaml

HEADER = """#include <tunables/global>
profile app flags=(attach_disconnected,mediate_deleted) {
  #include <abstractions/base>
"""
# list → (what it allows, what it denies), as the operator writes it
LISTS = {
    ("executable", "allowedExecutables"): ("ixr", ""),
    ("executable", "allowedLibraries"): ("mr", ""),
    ("filesystem", "readOnlyPaths"): ("r", "wlk"),
    ("filesystem", "writeOnlyPaths"): ("wlk", "r"),
    ("filesystem", "readWritePaths"): ("rwlk", ""),
}


def check_seccomp(resource, schema):
    jsonschema.validate(resource, schema)
    # Proves that the check can fail: an errno as text must be refused.
    broken = copy.deepcopy(resource)
    broken["spec"]["syscalls"].append({"action": "SCMP_ACT_ERRNO", "names": ["read"], "errnoRet": "38"})
    demand_refused(broken, schema)


def demand_refused(resource, schema):
    try:
        jsonschema.validate(resource, schema)
    except jsonschema.ValidationError:
        return
    sys.exit(f"was taken: {resource['spec']}")


def rules_of(abstract):
    for (part, name), (allowed, denied) in LISTS.items():
        for path in abstract.get(part, {}).get(name, []):
            yield path, allowed, denied


def network_of(abstract):
    network = abstract["network"]
    protocols = network["allowedProtocols"]
    yield "  network raw," if network["allowRaw"] else "  deny network raw,"
    if protocols["allowTcp"]:
        yield "  network tcp,"
    if protocols["allowUdp"]:
        yield "  network udp,"


def as_the_operator_writes(abstract):
    lines = []
    for path, allowed, denied in rules_of(abstract):
        lines.append(f"  {path} {allowed},")
        if denied:
            lines.append(f"  deny {path} {denied},")
    lines += network_of(abstract)
    lines += [f"  capability {name}," for name in abstract.get("capability", {}).get("allowedCapabilities", [])]
    return HEADER + "\n".join(lines) + "\n}\n"


def fixed(path):
    return path[:min((path.find(c) for c in "*?@" if c in path), default=len(path))]


def overlap(one, other):
    if one == other:
        return True
    plain = [path for path in (one, other) if fixed(path) == path]
    if len(plain) == 2:
        return False
    return fixed(one).startswith(fixed(other)) or fixed(other).startswith(fixed(one))


def taken_back(abstract):
    rules = list(rules_of(abstract))
    return [(one, other) for one, other in itertools.permutations(rules, 2)
            if set(one[2]) & set(other[1]) and overlap(one[0], other[0])]


def check_armor(resource, schema, parser):
    jsonschema.validate(resource, schema)
    abstract = resource["spec"]["abstract"]
    if found := taken_back(abstract):
        sys.exit(f"denied and allowed: {found}")
    subprocess.run([parser, "-Q", "-K", "-M", "/etc/apparmor.d/abi/3.0"], check=True, text=True,
                   input=as_the_operator_writes(abstract))
    broken = copy.deepcopy(resource)
    broken["spec"]["abstract"].setdefault("filesystem", {})["readWritePaths"] = ["/with space", "/*"]
    demand_refused(broken, schema)
    if abstract.get("filesystem", {}).get("readOnlyPaths") and not taken_back(broken["spec"]["abstract"]):
        sys.exit("a denial of what is written was not found")


def main():
    schemas, parser, path = sys.argv[1:4]
    text = open(path).read()
    first, *others = yaml.safe_load_all(text)
    check_seccomp(first, json.load(open(f"{schemas}/spo.schema.json")))
    if len(others) != ("There is no AppArmorProfile" not in text):
        sys.exit(f"{len(others)} documents follow the first")
    for resource in others:
        check_armor(resource, json.load(open(f"{schemas}/spo_armor.schema.json")), parser)


main()
