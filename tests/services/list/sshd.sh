# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced by services.sh, which says what these are
root_command=(/usr/sbin/sshd -D -e)
user_options=(--user app)
user_command=(/usr/sbin/sshd -D -e -p 2222 -h /home/app/host_key -o UsePAM=no -o PidFile=none)
load() {
  local port=22
  [ "$1" = root ] || port=2222
  # shellcheck disable=SC2016  # for the other end
  client setpriv --reuid app --regid app --clear-groups ssh -q -p "$port" -i /home/app/.ssh/id_ed25519 \
    -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null app@127.0.0.1 'id -un; echo "$((6 * 7))"'
}
more() {
  local port=22
  [ "$1" = root ] || port=2222
  client setpriv --reuid app --regid app --clear-groups scp -q -P "$port" -i /home/app/.ssh/id_ed25519 \
    -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null /etc/hostname app@127.0.0.1:copied
}
