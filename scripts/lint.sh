#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# lint.sh [--all] [--base COMMIT] [--build DIRECTORY] [CHECK...]: checks what CONTRIBUTING.md requires of every file.
# Prints one line for each finding, and a summary. Needs no root, and changes no file outside DIRECTORY (default:
# build/lint), which it configures itself.
#   text      licence, white space, length, ignored errors, words, who prints, who uses libbpf, Python's syntax
#   titles    titles of the commits since COMMIT (default: where this branch left main), and of HEAD
#   format    clang-format
#   shell     shellcheck
#   compiled  each source file belongs to a target
#   tidy      clang-tidy on what changed since COMMIT, or with --all on everything. Files that were clean are remembered
#             (in PROFILEGEN_CACHE, else in /var/cache/profilegen for root, else in ~/.cache/profilegen).
# Default: all checks. Without --all, clang-tidy starts no further file after 15 seconds, and says how many are left.
. "$(dirname "$0")/prelude.sh"
checks=(text titles format shell compiled tidy)
skipped=77
export LINT_ALL='' LINT_BASE='' LINT_BUILD=$PWD/build/lint

wanted=()
while [ $# -gt 0 ]; do
  case $1 in
    --all) LINT_ALL=1 ;;
    --base) LINT_BASE=${2:?--base needs a commit} && shift ;;
    --build) LINT_BUILD=$(realpath -m "${2:?--build needs a directory}") && shift ;;
    --help) sed -n '3,/^\./s/^# //p' "$0" && exit ;;
    *)
      [[ " ${checks[*]} " == *" $1 "* ]] || die "unknown check $1 (there are ${checks[*]})"
      wanted+=("$1")
      ;;
  esac
  shift
done

# Git refuses a clone that belongs to another user, such as one that was mounted into a container.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=$PWD
if [ "$(git rev-parse --show-toplevel 2>&1)" != "$PWD" ] || ! git rev-parse --verify --quiet HEAD >/dev/null; then
  say "skipped, missing: a git clone, which knows what belongs to the project"
  exit "$skipped"
fi

# Where this branch left main. On main itself, or if there is no main, that is HEAD.
default_base() {
  git merge-base HEAD origin/main 2>/dev/null || git merge-base HEAD main 2>/dev/null || git rev-parse HEAD
}
if [ -n "$LINT_BASE" ]; then
  git rev-parse --verify --quiet "$LINT_BASE^{commit}" >/dev/null || die "--base $LINT_BASE: this clone has no such commit"
else
  LINT_BASE=$(default_base)
fi

findings=$(mktemp)
trap 'rm -f "$findings"' EXIT
status=0
summary=''
# check NAME: runs scripts/lint/NAME.py, which prints findings. Exit status 0 if there are none, 1 if there are, 77 if this
# machine can't tell.
check() {
  local name=$1 started=$SECONDS result=clean code=0
  python3 -B "scripts/lint/$name.py" >"$findings" || code=$?
  cat "$findings"
  case $code in
    0) ;;
    1) result="$(wc -l <"$findings") to mend" ;;
    "$skipped") result=skipped ;;
    *) result="could not run (status $code)" && code=2 ;;
  esac
  # In CI nothing may be skipped.
  if [ "$code" -eq "$skipped" ]; then code=${CI:+2} && code=${code:-0}; fi
  [ "$code" -le "$status" ] || status=$code
  summary+=$(printf '%-9s %4d s  %s' "$name" $((SECONDS - started)) "$result")$'\n'
}

for name in "${wanted[@]:-${checks[@]}}"; do check "$name"; done
printf '\n%s' "$summary" >&2
exit "$status"
