# Load with: apparmor_parser -r FILE
abi <abi/3.0>,
include <tunables/global>

profile profilegen-b88e735e flags=(attach_disconnected,mediate_deleted) {
  "/" rw,
  "/srv/\377byte" r,
  "/srv/colon:hash#at@\{HOME\}" r,
  "/srv/line\012break" r,
  "/srv/quote\"back\\slash" r,
  "/srv/star\*\?\{a,b\}\^" rw,
  "/srv/with space/\[brackets\]" r,
  "/var/lib/été/db" rwk,

  signal (receive) peer=unconfined,
  signal (receive) peer={/usr/bin/,/usr/sbin/,}{dockerd,runc,crun,podman},
  ptrace (read, readby) peer=profilegen-b88e735e,
}
