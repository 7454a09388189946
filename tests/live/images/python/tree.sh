#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tree.sh DIRECTORY: makes Debian with python and an HTTP service. The image has content where the service writes
# (/var/lib/app), so that a writable hole there must keep the content.
. "$(dirname "$0")/../../../../scripts/prelude.sh"
tree=$1
./scripts/debian-tree.sh "$tree" python3-minimal libpython3-stdlib
# Compiles the modules, as installing a full python package does. Otherwise each container's first run writes beside
# them.
chroot "$tree" python3 -m compileall -q /usr/lib/python3.11
install -D -m 755 tests/live/images/python/service.py "$tree/srv/service.py"
install -D -m 644 /dev/stdin "$tree/var/lib/app/greeting" <<<"hello from the image"
