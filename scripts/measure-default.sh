#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# measure-default.sh: writes profiles/docker-default.json: the capabilities and the filter's calls that Docker gives to
# a container by default, read from the config.json that the engine passes to its runtime.
. "$(dirname "$0")/prelude.sh"
. scripts/engine.sh
become_root "the runtime's files are root's" "$@"
trap engine_down EXIT
engine_up || die "$engine_missing"
archive=$(tests/live/images/build.sh --archive busybox)
docker import "$archive" profilegen-default >/dev/null
id=$(docker run -d --network none profilegen-default sleep 60)
config=$(find /run -name config.json -path "*$id*" -print -quit)
version=$(docker version --format '{{.Server.Version}}' | grep -o '^[0-9.]*')
python3 - "$config" "$version" >profiles/docker-default.json <<'PYTHON'
import datetime, json, sys, textwrap

config = json.load(open(sys.argv[1]))
allowing = [rule for rule in config["linux"]["seccomp"]["syscalls"] if rule["action"] == "SCMP_ACT_ALLOW"]
calls = sorted({name for rule in allowing for name in rule["names"]})
capabilities = sorted(name.removeprefix("CAP_") for name in config["process"]["capabilities"]["bounding"])


def filled(names):
    return textwrap.fill(json.dumps(names)[1:-1], 110, initial_indent="    ", subsequent_indent="    ")


print(f'''{{
  "engine": "Docker {sys.argv[2]}",
  "source": "measured by scripts/measure-default.sh: the config.json of a container without any options",
  "date": "{datetime.date.today()}",
  "capabilities": [
{filled(capabilities)}
  ],
  "calls": [
{filled(calls)}
  ]
}}''')
PYTHON
docker rm -f "$id" >/dev/null
docker rmi profilegen-default >/dev/null
