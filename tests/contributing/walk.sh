#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# walk.sh SOURCE BUILD: adds an emitter, a format of diff and a hook as CONTRIBUTING.md says, then builds and uses them.
# It works on an overlay of the tree in a mount namespace, so that only what changes is built again, and nothing is left
# over.
set -euo pipefail
source=$1 build=$2

if [ -z "${PROFILEGEN_WALK:-}" ]; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "skipped, missing: root"
    [ -z "${PROFILEGEN_REQUIRE_LIVE:-}" ] || exit 1
    exit 77
  fi
  work=$(mktemp -d /tmp/profilegen-walk.XXXXXX)
  trap 'rm -rf "$work"' EXIT
  PROFILEGEN_WALK=$work unshare --mount -- "$0" "$source" "$build"
  exit
fi

fail() {
  echo "FAILED: $*"
  exit 1
}

work=$PROFILEGEN_WALK
mount -t tmpfs none "$work"
mkdir "$work/upper" "$work/work"
mount -t overlay overlay -o "lowerdir=$source,upperdir=$work/upper,workdir=$work/work" "$source"
cd "$source"
profilegen=$build/src/cli/profilegen
configure() { cmake -S "$source" -B "$build" >"$work/configured" 2>&1; }
rebuild() {
  if configure && cmake --build "$build" --target profilegen >"$work/built" 2>&1; then return; fi
  tail -n 20 "$work/configured" "$work/built"
  fail "$1 does not build"
}

echo "== an emitter: one line and one file"
echo 'EMITTER(walked, "walked.txt", 0, 0, 0, "how many calls it lets through")' >>include/profilegen/emitters.def
if configure; then fail "a line without a file was accepted"; fi
tr -s '\n ' '  ' <"$work/configured" | grep -q "EMITTER(walked) has no file src/emit/walked.cpp" || { cat "$work/configured" && fail "the error does not name the file"; }
cat >src/emit/walked.cpp <<'CPP'
// SPDX-License-Identifier: Apache-2.0
#include "support/registry.h"

namespace profilegen {

Result<std::string> emit_walked(const EmitInput& input) { return std::to_string(input.profile.calls.size()) + "\n"; }

}  // namespace profilegen
CPP

echo "== a format of diff: one line and one file"
echo 'DIFF_FORMAT(walked, "how many changes there are")' >>include/profilegen/diff_formats.def
cat >src/diff/formats/walked.cpp <<'CPP'
// SPDX-License-Identifier: Apache-2.0
#include "support/registry.h"

namespace profilegen::diff {

std::string format_walked(const DiffReport& report, bool /*colour*/) { return std::to_string(report.changes.size()) + "\n"; }

}  // namespace profilegen::diff
CPP

echo "== a hook: one line for the piece, one for what it records, one file"
echo 'OBJECT(walked)' >>include/profilegen/objects.def
echo 'RUNG(walked, exits, TRACEPOINT, "sched_process_exit", "on_walked", "tp_btf/sched_process_exit", "")' >>include/profilegen/rungs.def
cat >bpf/hooks/walked.bpf.c <<'C'
/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
#include "membership.h"

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_walked, struct task_struct *task)
{
  return 0;
}

char LICENSE[] SEC("license") __weak = "Dual BSD/GPL";
C
rebuild "what was added"

traces=$source/tests/cli/fixtures
[ "$("$profilegen" emit "$traces/web.trace.json" --format walked)" -gt 0 ] || fail "the emitter prints no number"
"$profilegen" emit --help | grep -q 'walked *walked.txt' || fail "the emitter is not in the help"
"$profilegen" completion bash | grep -q walked || fail "the emitter is not completed"
[ "$("$profilegen" diff "$traces/web.trace.json" "$traces/web.trace.json" --format walked)" = 0 ] || fail "the format prints no number"
"$profilegen" record --quiet -o "$work/trace.json" -- true
grep -q '"fact":"walked","hook":"tp_btf/sched_process_exit"' "$work/trace.json" || fail "the trace does not tell the hook"
"$profilegen" doctor | grep -q walked || fail "doctor does not tell the hook"
echo "all of it works"
