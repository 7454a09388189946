# Load with: apparmor_parser -r FILE
abi <abi/3.0>,
include <tunables/global>

profile profilegen-77e56f07 flags=(attach_disconnected,mediate_deleted) {
  "/opt/old/server" rmix,

  network inet stream,

  signal (receive) peer=unconfined,
  signal (receive) peer={/usr/bin/,/usr/sbin/,}{dockerd,runc,crun,podman},
  ptrace (read, readby) peer=profilegen-77e56f07,
}
