# Load with: apparmor_parser -r FILE
abi <abi/3.0>,
include <tunables/global>

profile profilegen-fe7eed93 flags=(attach_disconnected,mediate_deleted) {
  "/etc/web/web.conf" r,
  "/run/web/web.pid" rw,
  "/usr/lib/web/*.so" rm,
  "/usr/sbin/web" rmix,
  "/var/lib/web/*" rw,

  capability chown,
  capability dac_override,
  capability kill,
  capability net_bind_service,
  capability setuid,

  network inet stream,
  network inet6 stream,
  network unix stream,

  signal (receive) peer=unconfined,
  signal (receive) peer={/usr/bin/,/usr/sbin/,}{dockerd,runc,crun,podman},
  ptrace (read, readby) peer=profilegen-fe7eed93,
}
