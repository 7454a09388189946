#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tree.sh DIRECTORY: makes the smallest image with a shell: one static program and links to it.
. "$(dirname "$0")/../../../../scripts/prelude.sh"
tree=$1
mkdir -p "$tree"/{bin,dev,etc,home,proc,root,run,sys,var/lib}
mkdir -m 1777 "$tree"/{tmp,var/tmp}
./scripts/debian-files.sh "$tree/unpacked" busybox-static
# In bin/; since Debian 13 in usr/bin/.
mv "$(find "$tree/unpacked" -path '*/bin/busybox')" "$tree/bin/"
rm -rf "$tree/unpacked"
for applet in $("$tree/bin/busybox" --list); do
  [ "$applet" = busybox ] || ln -s busybox "$tree/bin/$applet"
done
printf '%s\n' root:x:0:0:root:/root:/bin/sh app:x:1000:1000:app:/home:/bin/sh >"$tree/etc/passwd"
printf '%s\n' root:x:0: app:x:1000: >"$tree/etc/group"
