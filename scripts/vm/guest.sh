#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Last step of a guest's start: runs the command with its output on the second serial line, and reports the exit status.
stty -F /dev/ttyS1 raw -echo
# The output goes through a pipe, since programs behave differently on a terminal. A process that outlives the command
# must not block the guest, so waiting for the end of the pipe has a time limit.
exec 3> >(exec cat >/dev/ttyS1)
printer=$!
bash /run/vm/command </dev/null >&3 2>&3 3>&-
status=$?
exec 3>&-
for _ in {1..50}; do
  kill -0 "$printer" 2>/dev/null || break
  sleep 0.1
done
printf '\nvm-exit %d\n' "$status" >/dev/ttyS1
sync
exec /bin/busybox poweroff -f
