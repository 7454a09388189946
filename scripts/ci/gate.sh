#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# gate.sh COMMAND...: records COMMAND, which runs the tests, and compares the recording with the committed profile.
# Variables:
#   PROFILEGEN_PROFILE     the committed profile: a bundle's directory or its profile.json (default: profiles/app)
#   PROFILEGEN_CONTAINERS  shell patterns of the containers to record, separated by blanks; default: what COMMAND starts
#   PROFILEGEN_FAIL_ON     the changes that fail the gate (default: added; see profilegen diff --help)
#   PROFILEGEN_IGNORE      a file of accepted changes
#   PROFILEGEN_OUT         directory for the traces, the reports and the proposed profile (default: profilegen-ci)
#   PROFILEGEN             the program (default: profilegen)
# Exit status: COMMAND's if it fails; else 0 if no change fails, 1 for a failing change or without a profile, 2 on
# errors.
set -euo pipefail
profile=${PROFILEGEN_PROFILE:-profiles/app}
out=${PROFILEGEN_OUT:-profilegen-ci}
fail_on=${PROFILEGEN_FAIL_ON:-added}
program=$(command -v "${PROFILEGEN:-profilegen}") || { echo "gate.sh: ${PROFILEGEN:-profilegen} is not installed" >&2; exit 2; }
[ $# -gt 0 ] || { echo "usage: gate.sh COMMAND..." >&2; exit 2; }

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo --preserve-env)

rm -rf "$out/traces" "$out/proposed" "$out"/diff.{md,sarif,json}
mkdir -p "$out/traces"
options=()
set -f
for pattern in ${PROFILEGEN_CONTAINERS:-}; do options+=(--container "$pattern"); done
set +f
"${as_root[@]}" "$program" record -o "$out/traces/" "${options[@]}" -- "$@"
[ ${#as_root[@]} -eq 0 ] || sudo chown -R "$(id -u):$(id -g)" "$out"

"$program" emit "$out/traces" -o "$out/proposed"
accept="profilegen emit $out/traces -o $profile"
if [ ! -e "$profile" ]; then
  echo "gate.sh: there is no $profile to compare with; to begin with what was recorded: $accept" >&2
  exit 1
fi
compare=("$program" diff "$profile" "$out/traces" --fail-on "$fail_on")
[ -z "${PROFILEGEN_IGNORE:-}" ] || compare+=(--ignore "$PROFILEGEN_IGNORE")
status=0
"${compare[@]}" || status=$?
[ "$status" -le 1 ] || exit "$status"
"${compare[@]}" --quiet --format markdown >"$out/diff.md" || [ $? -eq 1 ]
"${compare[@]}" --quiet --format sarif >"$out/diff.sarif" || [ $? -eq 1 ]
"${compare[@]}" --quiet --format json >"$out/diff.json" || [ $? -eq 1 ]
if [ -n "${GITHUB_ACTIONS:-}" ]; then "${compare[@]}" --quiet --format github || [ $? -eq 1 ]; fi
if [ "$status" -eq 1 ]; then
  # shellcheck disable=SC2016  # backticks of Markdown
  printf '\nTo accept this, run it where the traces are, and commit `%s`:\n\n```\n%s\n```\n' "$profile" "$accept" >>"$out/diff.md"
  echo "gate.sh: to accept this: $accept" >&2
fi
exit "$status"
