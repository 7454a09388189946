#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tree.sh DIRECTORY: Debian with python and an HTTP service. The image ships content where the service writes
# (/var/lib/app), so that a hole made there must keep it.
. "$(dirname "$0")/../../../../scripts/prelude.sh"
tree=$1
./scripts/debian-tree.sh "$tree" python3-minimal libpython3-stdlib
# As a full python package does when it is installed; else every container's first run writes beside the modules.
chroot "$tree" python3 -m compileall -q /usr/lib/python3.11
install -D -m 755 tests/live/images/python/service.py "$tree/srv/service.py"
install -D -m 644 /dev/stdin "$tree/var/lib/app/greeting" <<<"hello from the image"
