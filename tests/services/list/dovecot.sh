# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced by services.sh, which says what these are
# Only as root: it goes on as other users.
root_command=(dovecot -F)
# imap COMMAND: prints what the server says to it, without what differs each time.
imap() {
  client python3 -c 'import socket, sys
server = socket.create_connection(("127.0.0.1", 143), 5)
print(server.recv(1000)[:4].decode())
server.sendall(f"a {sys.argv[1]}\r\n".encode())
print(server.recv(1000)[:5].decode())' "$1"
}
load() { imap logout; }
more() { imap 'login app wrong'; }
