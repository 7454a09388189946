#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tree.sh DIRECTORY: makes the busybox image plus every kind of directory that an application may write to, and every
# kind of program that it may execute.
. "$(dirname "$0")/../../../../scripts/prelude.sh"
tree=$1
tests/live/images/busybox/tree.sh "$tree"
ln -s /run "$tree/var/run"

# Directories with content, without, and declared as a volume.
install -d -o 1000 -g 1000 -m 750 "$tree/srv/content" "$tree/srv/volume"
install -o 1000 -g 1000 -m 640 /dev/stdin "$tree/srv/content/shipped" <<<"shipped with the image"
install -o 1000 -g 1000 -m 640 /dev/stdin "$tree/srv/volume/shipped" <<<"shipped in the volume"
install -d -o 1000 -g 2000 -m 2770 "$tree/srv/empty"
install -d -m 755 "$tree/var/log"
install -m 644 /dev/stdin "$tree/var/log/app.log" <<<"first line"

# Names that docker's flags can't express, and more siblings than anybody would review.
install -d -m 755 "$tree/srv/odd/with:colon" "$tree/srv/odd/with blank"
for number in 0 1 2 3 4 5 6 7 8 9; do install -d -m 755 "$tree/srv/many/$number"; done

install -d -m 755 "$tree/opt/bin"
install -m 755 /dev/stdin "$tree/opt/bin/script" <<<$'#!/bin/sh\necho from the script'
ln -s script "$tree/opt/bin/script-link"
install -m 4755 "$tree/bin/busybox" "$tree/opt/bin/id"
