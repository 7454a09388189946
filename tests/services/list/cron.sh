# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced by services.sh, which says what these are
# It needs root: it runs its jobs as whom they belong to.
root_command=(cron -f)
listens=
# Nothing but SIGKILL ends it as the first process of a container.
stop_options=(--stop-timeout 1)
stop_status=137
load() {
  # Until the job of the next minute has called.
  client timeout 100 python3 -c 'import socket
server = socket.create_server(("127.0.0.1", 9000))
print(server.accept()[0].recv(100).decode(), end="")'
}
