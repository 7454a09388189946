# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced by services.sh, which says what these are
# Only as root: it goes on as other users.
root_command=(dovecot -F)
load() {
  client python3 -c 'import socket
server = socket.create_connection(("127.0.0.1", 143), 5)
print(server.recv(1000)[:4].decode())
server.sendall(b"a logout\r\n")
print(server.recv(1000)[:5].decode())'
}
more() {
  client python3 -c 'import socket
server = socket.create_connection(("127.0.0.1", 143), 5)
print(server.recv(1000)[:4].decode())
server.sendall(b"a login app wrong\r\n")
print(server.recv(1000)[:5].decode())'
}
