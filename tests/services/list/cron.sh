# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced by services.sh, which says what these are
# Only as root: cron runs jobs as the users who own them.
root_command=(cron -f)
listens=
# As the first process of a container, cron ends only on SIGKILL.
stop_options=(--stop-timeout 1)
stop_status=137
load() {
  # Waits until the job of the next minute has called.
  client timeout 100 python3 -c 'import socket
server = socket.create_server(("127.0.0.1", 9000))
print(server.accept()[0].recv(100).decode(), end="")'
}
