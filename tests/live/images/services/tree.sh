#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tree.sh DIRECTORY: makes Debian with all services of tests/services and their clients.
. "$(dirname "$0")/../../../../scripts/prelude.sh"
tree=$1
files=tests/live/images/services/files
./scripts/debian-tree.sh "$tree" ca-certificates chrony cron curl dnsmasq-base dovecot-imapd etcd-client etcd-server gcc \
  iproute2 libc6-dev memcached nginx nodejs openjdk-17-jdk-headless openssh-client openssh-server postgresql \
  postgresql-client procps python3 redis-server redis-tools
chroot "$tree" useradd --create-home --uid 1000 --shell /bin/bash app
cp -r "$files" "$tree/srv/app"
chmod -R a+rX "$tree/srv/app"

# nginx as another user writes below /tmp, and uses a port that is allowed on every engine.
install -m 644 "$files/nginx-user.conf" "$tree/etc/nginx/user.conf"
# Trusts every client within the container's network.
sed -i '1i host all all 127.0.0.1/32 trust' "$tree/etc/postgresql/15/main/pg_hba.conf"
# A key for the client, and a host key that another user may read.
mkdir -p "$tree/run/sshd" "$tree/home/app/.ssh"
ssh_keygen() { chroot "$tree" ssh-keygen -q -t ed25519 -N '' -f "$1"; }
ssh_keygen /home/app/.ssh/id_ed25519
ssh_keygen /home/app/host_key
cp "$tree/home/app/.ssh/id_ed25519.pub" "$tree/home/app/.ssh/authorized_keys"
chroot "$tree" chown -R app:app /home/app
chroot "$tree" passwd --quiet --unlock app 2>/dev/null || chroot "$tree" usermod --password '*' app
# Runs each minute, and calls whoever listens.
install -d -o 1000 -g 1000 "$tree/var/lib/job"
install -m 644 "$files/crontab" "$tree/etc/cron.d/job"
install -d -o 1000 -g 1000 "$tree/srv/checkpoints"
rm -f "$tree"/etc/cron.d/e2scrub_all "$tree"/srv/app/{crontab,nginx-user.conf}
