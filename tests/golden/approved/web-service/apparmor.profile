# Load with: apparmor_parser -r FILE
abi <abi/3.0>,
include <tunables/global>

profile profilegen-109cac1c flags=(attach_disconnected,mediate_deleted) {
  "/etc/web/web.conf" r,
  "/run/web/web.pid" rw,
  "/srv/www/**" r,
  "/tmp/plugin-[0-9]*.so" rwm,
  "/usr/sbin/web" rmix,
  "/var/lib/web/*" rwk,
  "/var/log/web/access.log" w,

  capability chown,
  capability net_bind_service,
  capability setgid,
  capability setuid,

  network inet stream,
  network inet6 stream,
  network netlink raw,
  network unix dgram,
  network unix stream,

  signal (receive) peer=unconfined,
  signal (receive) peer={/usr/bin/,/usr/sbin/,}{dockerd,runc,crun,podman},
  ptrace (read, readby) peer=profilegen-109cac1c,
}
