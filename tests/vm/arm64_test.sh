#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# arm64_test.sh BUILD: profilegen, built for arm64, records on Linux 6.12 for arm64, in an emulated machine with only
# profilegen and two busybox programs, of 64 and of 32 bits. The recording is checked on this machine.
# Exit status 77, "skipped" for CTest, without an emulator or a cross compiler, unless PROFILEGEN_REQUIRE_LIVE is set.
. "$(dirname "$0")/../../scripts/prelude.sh"
. scripts/archive.sh
[ $# -eq 1 ] || die "usage: arm64_test.sh BUILD"
profilegen=$1/src/cli/profilegen
files=$1/tests/vm/arm64
limit=30m

for program in qemu-system-aarch64 aarch64-linux-gnu-g++ cpio; do
  command -v "$program" >/dev/null && continue
  [ -z "${PROFILEGEN_REQUIRE_LIVE:-}" ] || die "$program is missing: ./scripts/install-deps.sh --test"
  say "skipped, missing: $program"
  exit 77
done
mkdir -p "$files"
fetch() { archive_architecture=$1 archive_cached "$2-$1" "$3" "$4" "$5"; }
kernel=$(fetch arm64 kernel trixie linux-image-arm64 '^linux-')
busybox=$(fetch arm64 busybox bookworm busybox-static '^busybox')
busybox32=$(fetch armhf busybox bookworm busybox-static '^busybox')

step "build"
# The results do not depend on optimization. In a separate folder, since a user's build is optimized.
./scripts/cross-arm64.sh "$files/build" -DCMAKE_CXX_FLAGS_RELEASE=-O0

step "record"
root=$files/root
rm -rf "$root"
mkdir -p "$root"/{bin,dev,proc,sys,tmp}
cp "$busybox/bin/busybox" "$root/bin/busybox"
cp "$busybox32/bin/busybox" "$root/bin/busybox32"
cp "$files"/build/src/cli/profilegen_static "$root/bin/profilegen"
cp tests/vm/arm64_init "$root/init"
(cd "$root" && find . | cpio --quiet --create --format=newc) >"$files/initramfs"
timeout --foreground "$limit" qemu-system-aarch64 -M virt -accel tcg -cpu cortex-a72 -m 2048 -smp 1 -display none \
  -no-reboot -nodefaults -kernel "$kernel"/boot/vmlinuz-* -initrd "$files/initramfs" -serial stdio \
  -append "console=ttyAMA0 quiet panic=-1" </dev/null | tr -d '\r' >"$files/console" ||
  die "the machine ended badly: $(tail -n 5 "$files/console")"

step "check"
sed -n '/^begin trace$/,/^end trace$/{//!p}' "$files/console" >"$files/trace.json"
[ -s "$files/trace.json" ] || die "nothing was recorded: $(tail -n 25 "$files/console")"
python3 tests/vm/arm64_check.py "$profilegen" "$files/trace.json"
