# Load with: apparmor_parser -r FILE
abi <abi/3.0>,
include <tunables/global>

profile profilegen-2b083a81 flags=(attach_disconnected,mediate_deleted) {

  signal (receive) peer=unconfined,
  signal (receive) peer={/usr/bin/,/usr/sbin/,}{dockerd,runc,crun,podman},
  signal (send, receive) peer=profilegen-2b083a81,
  ptrace (trace, read, tracedby, readby) peer=profilegen-2b083a81,
}
