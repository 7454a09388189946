# Load with: apparmor_parser -r FILE
abi <abi/3.0>,
include <tunables/global>

profile profilegen-167f9f34 flags=(attach_disconnected,mediate_deleted) {

  signal (receive) peer=unconfined,
  signal (receive) peer={/usr/bin/,/usr/sbin/,}{dockerd,runc,crun,podman},
  ptrace (read, readby) peer=profilegen-167f9f34,
}
