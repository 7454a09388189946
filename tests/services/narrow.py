#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""narrow.py KIND PROFILE OUT: writes PROFILE without one call, capability or hole to OUT, and prints which one.

Prints nothing, and writes nothing, if the profile has none of this kind."""
import json
import sys

# The program makes them itself, and when one is refused, it notices.
CALLS = ["listen", "connect", "pipe2", "getdents64", "mkdir", "unlink", "getcwd"]


def without_call(profile):
    calls = profile["calls"][profile["arch"]]
    for name in CALLS:
        if calls.get(name) == "app":
            del calls[name]
            profile["arguments"].get(profile["arch"], {}).pop(name, None)
            return f"syscall {name}"
    return None


def without_capability(profile):
    kept_anyway = set(profile.get("kept_capabilities", [])) | set(profile.get("file_capabilities", []))
    for name in reversed(profile["capabilities"]):
        # Without DAC_OVERRIDE a search may fail first, for which verify names the narrower DAC_READ_SEARCH.
        if name not in kept_anyway and name != "DAC_OVERRIDE":
            profile["capabilities"].remove(name)
            return f"capability {name}"
    return None


def without_hole(profile):
    for path in sorted(profile["holes"]):
        del profile["holes"][path]
        return path
    return None


def main():
    kind, source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        profile = json.load(file)
    taken = {"call": without_call, "capability": without_capability, "hole": without_hole}[kind](profile)
    if taken is None:
        return
    with open(target, "w", encoding="utf-8") as file:
        json.dump(profile, file)
    print(taken)


main()
