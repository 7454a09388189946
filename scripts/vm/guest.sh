#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Last step of a guest's start: runs the command, its output to the second serial line, and says how it ended.
stty -F /dev/ttyS1 raw -echo
# Through a pipe: a program that finds a terminal would behave otherwise. A process that outlives the command must not
# hold the guest up, so the end of the pipe is not waited for without bound.
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
