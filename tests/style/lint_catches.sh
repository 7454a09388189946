#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# lint_catches.sh SOURCE: plants one fault of each kind in a scratch clone of SOURCE, and expects lint.sh to report it
# there. Without a planted fault, lint.sh must report nothing; otherwise a test could pass for another reason.
set -euo pipefail
source=$1
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'
if ! git -C "$source" rev-parse --verify --quiet HEAD >/dev/null; then
  echo "skipped, missing: a git clone"
  exit 77
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/profilegen-lint.XXXXXX")
trap 'rm -rf "$work"' EXIT
# Uses no results of other clones, and no author from another configuration.
export PROFILEGEN_CACHE=$work/cache HOME=$work GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=test GIT_AUTHOR_EMAIL=test@example.invalid GIT_COMMITTER_NAME=test GIT_COMMITTER_EMAIL=test@example.invalid
failures=0

# The current files, committed or not, with a history of one commit.
mkdir "$work/clone"
git -C "$source" ls-files -z --cached --others --exclude-standard |
  (cd "$source" && while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done) |
  tar --create --directory="$source" --null --files-from=- --file=- | tar --extract --directory="$work/clone"
cd "$work/clone"
git init --quiet --initial-branch=main
git add --all
git commit --quiet --message="A tree without faults"

lint() {
  local status=0
  ./scripts/lint.sh "$@" >"$work/log" 2>&1 || status=$?
  return "$status"
}

fail() {
  echo "FAILED: $*"
  sed 's/^/  /' "$work/log"
  failures=$((failures + 1))
}

# catches CHECK EXPECTED...: CHECK must fail, and one of its findings must begin with each EXPECTED. Then restores the tree.
catches() {
  local check=$1 expected status=0
  shift
  lint "$check" || status=$?
  [ "$status" -eq 1 ] || fail "$check ends with $status, not 1"
  for expected in "$@"; do
    if cut -c "1-${#expected}" "$work/log" | grep --quiet --fixed-strings --line-regexp --regexp="$expected"; then
      echo "ok: $check: $expected"
    else
      fail "$check does not say: $expected"
    fi
  done
  git reset --quiet --hard
  git clean --quiet --force -d
}

# Makes a file that is correct except for the following lines.
source_file() {
  mkdir -p "$(dirname "$1")"
  printf '// SPDX-License-Identifier: Apache-2.0\n%b' "$2" >"$1"
}

script() {
  printf '#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n%b' "$2" >"$1"
}

lint || fail "it finds faults where none was planted"
# catches CHECK EXPECTED...: CHECK must fail, and one of its findings must begin with each EXPECTED. Then restores the tree.

printf '#pragma once\n' >src/trace/bare.h
source_file bpf/hooks/wrong.bpf.c ''
source_file src/trace/space.cpp 'int space; \n'
source_file src/trace/return.cpp 'int space;\r\n'
source_file src/trace/end.cpp 'int space;'
source_file src/trace/empty.cpp 'int space;\n\n'
source_file src/trace/long.cpp "$(printf '//\\n%.0s' {1..400})"
script always.sh 'false |''| true\n'
script silent.sh '\n\nfalse |''| :\n'
source_file src/trace/later.cpp '// TO''DO\n'
source_file src/trace/string_utils.cpp ''
source_file src/trace/twice.h ''
source_file src/trace/talk.cpp 'void talk() { std::cerr << 1; }\n'
source_file src/trace/leave.cpp 'void leave() { std::exit(1); }\n'
source_file src/verify/load.cpp '#include <bpf/libbpf.h>\n'
printf '# SPDX-License-Identifier: Apache-2.0\ndef broken(:\n' >planted.py
catches text \
  "src/trace/bare.h:1: no licence" \
  "bpf/hooks/wrong.bpf.c:1: no licence" \
  "src/trace/space.cpp:2: white space" \
  "src/trace/return.cpp:2: white space" \
  "src/trace/end.cpp:2: the last line does not end" \
  "src/trace/empty.cpp:3: empty lines at the end" \
  "src/trace/long.cpp:401: 401 lines, more than 400" \
  "always.sh:3: hides every error" \
  "silent.sh:5: hides every error" \
  "src/trace/later.cpp:2: unfinished" \
  "src/trace/string_utils.cpp:1: such a name" \
  "src/trace/twice.h:1: may be included twice" \
  "src/trace/talk.cpp:2: only src/cli prints or exits" \
  "src/trace/leave.cpp:2: only src/cli prints or exits" \
  "src/verify/load.cpp:2: only src/record knows libbpf" \
  "planted.py:2: not Python"

source_file src/trace/wide.cpp 'int   wide;\n'
{ printf '/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */\n' && printf 'int wide() {\n  return 1;\n}\n'; } >bpf/wide.h
catches format "src/trace/wide.cpp:2: not formatted" "bpf/wide.h:2: not formatted"

# catches CHECK EXPECTED...: CHECK must fail, and one of its findings must begin with each EXPECTED. Then restores the tree.

source_file src/trace/orphan.cpp 'namespace profilegen {}\n'
source_file tests/unit/trace/orphan.cpp 'namespace profilegen {}\n'
catches compiled "src/trace/orphan.cpp:1: in no CMakeLists.txt" "tests/unit/trace/orphan.cpp:1: in no CMakeLists.txt"

# The tests of a module are found by their names.
source_file tests/unit/trace/planted_test.cpp 'void planted(bool wanted) {\n  if (wanted);\n  planted(true);\n}\n'
catches tidy "tests/unit/trace/planted_test.cpp:3: potentially unintended semicolon"

long="A title that is longer than seventy-two characters, with which git's tools cut it off"
git commit --quiet --allow-empty --message="$long"
catches titles "commit $(git rev-parse --short HEAD): its title has ${#long} characters"
git commit --quiet --allow-empty --message="A short one"
lint titles || fail "a title of main is found, though another commit followed"
git checkout --quiet -b branch HEAD~2
# Another text, or a commit of the same second would be the very commit that main has.
git commit --quiet --allow-empty --message="$long" --message="On a branch."
git commit --quiet --allow-empty --message="A short one"
catches titles "commit $(git rev-parse --short HEAD~1): its title has ${#long} characters"
git clone --quiet --depth 1 "file://$PWD" "$work/shallow"
(cd "$work/shallow" && lint titles) || fail "it does not work in a shallow clone"

[ "$failures" -eq 0 ]
