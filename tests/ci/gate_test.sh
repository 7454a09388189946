#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# gate_test.sh PROFILEGEN: runs the gates of scripts/ci/ on a small repository with two commits. The second commit adds
# a ptrace call and a write to /etc. The gate must report both, fail and comment, and must pass once the profile is
# accepted.
set -euo pipefail
profilegen=$1
tests=$(cd "$(dirname "$0")" && pwd)
gates=$(cd "$tests/../../scripts/ci" && pwd)

skip() {
  [ -z "${PROFILEGEN_REQUIRE_LIVE:-}" ] || { echo "FAILED: $1" && exit 1; }
  echo "SKIPPED: $1" && exit 77
}
fail() { echo "FAILED: $1" && exit 1; }
expect() { grep -qF -- "$1" "$2" || { cat "$2" && fail "no \"$1\" in $2"; }; }

[ "$(id -u)" -eq 0 ] || skip "recording loads BPF programs, which needs root"
docker version >/dev/null 2>&1 || skip "no Docker engine answers"
for program in cc git; do command -v "$program" >/dev/null || skip "$program is missing"; done

work=$(mktemp -d)
forge=
leave() {
  [ -z "$forge" ] || kill "$forge"
  rm -rf "$work"
}
trap leave EXIT
cd "$work"

# A repository with a program and its test, and the commands that its developers use.
git init -q .
git config user.email a@example.org
git config user.name a
cat >test.sh <<'SH'
#!/bin/sh
set -eu
cc -static -o app app.c
exec docker run --rm --name gated-app --network none -v "$PWD/app:/app:ro" profilegen-test/busybox /app
SH
chmod +x test.sh
cat >app.c <<'C'
#include <stdio.h>
int main(void) { return puts("working") < 0; }
C
printf 'app\nprofilegen-ci/\n' >.gitignore
"$profilegen" record -o first/ --container gated-app -- ./test.sh
"$profilegen" emit first -o app-profile
rm -r first
git add . && git commit -qm "The program and its profile"

gate_github() {
  python3 "$tests/run_steps.py" github "$gates/action.yml" profilegen="$profilegen" profile=app-profile command=./test.sh \
    containers=gated-app comment=true "$@"
}
gate_gitlab() {
  python3 "$tests/run_steps.py" gitlab "$gates/gitlab.yml" PROFILEGEN="$profilegen" PROFILEGEN_SOURCE="$gates/../.." \
    PROFILEGEN_PROFILE=app-profile PROFILEGEN_CONTAINERS=gated-app PROFILEGEN_COMMAND=./test.sh
}
status_of() {
  local status=0
  "$@" >"$work/log" 2>&1 || status=$?
  echo "$status"
}

export GITHUB_STEP_SUMMARY=$work/summary GITHUB_REF=refs/pull/7/merge GITHUB_REPOSITORY=some/where
mkfifo port
python3 "$tests/forge.py" "$work/comments.json" >port &
forge=$!
# shellcheck disable=SC2094  # the variable is named as the pipe
read -r port <port
export GITHUB_API_URL=http://127.0.0.1:$port

[ "$(status_of gate_github)" -eq 0 ] || { cat log && fail "the gate fails although nothing has changed"; }
expect "no difference in what is allowed" summary
expect "/repos/some/where/issues/7/comments" comments.json

cat >app.c <<'C'
#include <stdio.h>
#include <sys/ptrace.h>
int main(void) {
  FILE *settings = fopen("/etc/app.conf", "w");
  if (!settings || fclose(settings) || ptrace(PTRACE_TRACEME, 0, 0, 0)) return 1;
  return puts("working") < 0;
}
C
git commit -qam "Trace ourselves, and write settings"

: >summary
[ "$(status_of gate_github)" -eq 1 ] || { cat log && fail "the gate does not fail"; }
expect "+ high      syscall       ptrace  (needed by the application)" log
expect "::error file=app-profile/profile.json,title=newly allowed%2C high risk::syscall ptrace" log
expect "+ high      writable      /etc" log
expect "syscall \`ptrace\`" summary
expect "writable \`/etc\`" summary
expect "profilegen emit profilegen-ci/traces -o app-profile" summary
python3 - <<'PY'
import json
comments = json.load(open("comments.json"))
assert len(comments) == 1, "an earlier comment is replaced"
assert "ptrace" in comments[0]["body"]
report = json.load(open("profilegen-ci/diff.json"))
assert report["failing"] >= 2, report
assert json.load(open("profilegen-ci/diff.sarif"))["version"] == "2.1.0"
PY

# A policy may fail only on high risk, or accept one change for a limited time.
[ "$(status_of gate_github fail-on='risk>=critical')" -eq 0 ] || { cat log && fail "nothing critical was added"; }
printf 'syscall * because of the test\nfile * because of the test\nwritable /etc until 2020-01-01 because it is over\n' >ok.txt
[ "$(status_of gate_github ignore=ok.txt)" -eq 1 ] || { cat log && fail "an exemption that is over still counts"; }
expect "ok.txt: line 3: ended on 2020-01-01" log
expect "to accept this: profilegen emit profilegen-ci/traces -o app-profile" log

# The same with GitLab.
unset GITHUB_REF
export CI_MERGE_REQUEST_IID=3 CI_PROJECT_ID=5 CI_API_V4_URL=$GITHUB_API_URL PROFILEGEN_TOKEN=a-token
[ "$(status_of gate_gitlab)" -eq 1 ] || { cat log && fail "the gate does not fail on GitLab"; }
expect "+ high      syscall       ptrace" log

# If the tests fail, the gate fails with their exit status and without a verdict.
sed -i 's/^exec.*/exit 7/' test.sh
[ "$(status_of gate_gitlab)" -ne 0 ] || fail "failing tests pass the gate"
git checkout -q test.sh

# After accepting as the gate tells, the next run passes.
[ "$(status_of gate_gitlab)" -eq 1 ] || { cat log && fail "the gate does not fail again"; }
"$profilegen" emit profilegen-ci/traces -o app-profile
git commit -qam "Accept what the program needs now"
[ "$(status_of gate_gitlab)" -eq 0 ] || { cat log && fail "the accepted profile does not pass"; }

# Without a profile, the gate tells how to begin.
PROFILE=none
[ "$(status_of gate_github profile=$PROFILE)" -eq 1 ] || fail "a missing profile passes"
expect "to begin with what was recorded: profilegen emit profilegen-ci/traces -o none" log
echo "the gates hold: two commits, GitHub and GitLab"
