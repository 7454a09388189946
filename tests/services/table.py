#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""table.py DIRECTORY README SERVICE...: writes the results of services.sh, in DIRECTORY, into README's table."""
import json
import pathlib
import sys

ENGINES = {"docker": "docker, runc", "podman": "podman, crun"}


def measured(directory):
    profile = json.loads((directory / "policy" / "profile.json").read_text())
    return {
        "calls": sum(len(calls) for calls in profile["calls"].values()),
        "capabilities": sorted(profile["capabilities"]),
        "holes": sorted(profile["holes"]) if profile["read_only_root"] else ["everything"],
        "refused": (directory / "refused").read_text().strip(),
    }


def only_where(found, key, separator):
    """Lists the items of both engines; an item of only one is followed by the engine's name."""
    texts = []
    for item in sorted({item for one in found.values() for item in one[key]}):
        engines = [engine for engine, one in found.items() if item in one[key]]
        texts.append(item if len(engines) == len(found) else f"{item} ({', '.join(engines)})")
    return separator.join(texts) or "none"


def row(directory, service, user):
    found = {}
    for engine in ENGINES:
        one = directory / f"{engine}-{service}-{user}"
        if (one / "refused").exists():
            found[engine] = measured(one)
    if not found:
        return None
    calls = [str(found[engine]["calls"]) if engine in found else "-" for engine in ENGINES]
    refused = "; ".join(sorted({f"passes, {one['refused']} others refused" for one in found.values()}))
    who = "root" if user == "root" else "another"
    return [service, who, *calls, only_where(found, "capabilities", " "), only_where(found, "holes", " "), refused]


def main():
    directory, readme = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    head = ["service", "user", *(f"calls, {name}" for name in ENGINES.values()), "capabilities", "writable", "result"]
    rows = [row(directory, service, user) for service in sys.argv[3:] for user in ("root", "user")]
    table = ["| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *filter(None, rows)]]
    before, begin, rest = readme.read_text().partition("<!-- services: begin -->\n")
    _, end, after = rest.partition("<!-- services: end -->")
    if not end:
        sys.exit(f"table.py: {readme}: no marks for the table of services")
    readme.write_text(before + begin + "\n".join(table) + "\n" + end + after)


main()
