#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# packages_test.sh BUILD-DIRECTORY: installs, uses and removes the .deb in clean trees of Debian 12 and 13, and unpacks
# the archive in an otherwise empty tree, without even a libc.
. "$(dirname "$0")/live.sh"
in_tree() { chroot "$tree" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"; }

# use: records in $tree, and writes a policy.
use() {
  in_tree profilegen --version
  in_tree profilegen record -o /root/trace.json -- sh -c 'echo hello > /root/made; cat /root/made' >"$work/said"
  [ "$(cat "$work/said")" = hello ] || die "the recorded command said: $(cat "$work/said")"
  in_tree profilegen emit /root/trace.json --format profile >"$work/profile.json"
  grep -q 'write .*/root/made' "$work/profile.json" || { cat "$work/profile.json" >&2; die "the policy lacks what was written"; }
  in_tree profilegen report /root/trace.json -o /root/report.html
}

step "the packaged program is hardened"
dpkg-deb --extract "$packages"/profilegen_*.deb "$work/unpacked"
program=$work/unpacked/usr/bin/profilegen
readelf --file-header "$program" >"$work/header"
grep -q 'Type: *DYN' "$work/header" || die "it is loaded at a fixed address"
readelf --program-headers --wide "$program" >"$work/headers"
! grep -q INTERP "$work/headers" || die "it needs a dynamic loader"
grep -q 'GNU_STACK .* RW ' "$work/headers" || die "its stack is executable"
grep -q GNU_RELRO "$work/headers" || die "its relocations stay writable"
readelf --dynamic "$program" >"$work/dynamic"
grep -q 'FLAGS.*NOW' "$work/dynamic" || die "its symbols are bound late, so their table stays writable"
# It is linked from the libraries of the build. Their objects call the checks.
nm --undefined-only "$1"/src/*/lib*.a >"$work/symbols"
for check in __stack_chk_fail __.*_chk; do
  grep -q " U $check\$" "$work/symbols" || die "it was compiled without $check"
done

for suite in bookworm trixie; do
  step "Debian $suite: install, use, remove"
  tree=$work/$suite
  ./scripts/debian-tree.sh --suite "$suite" "$tree"
  mount_into "$tree"
  cp "$packages"/profilegen_*.deb "$tree/root/"
  chroot "$tree" dpkg --install /root/"$(basename "$packages"/profilegen_*.deb)"
  use
  [ -f "$tree/usr/share/bash-completion/completions/profilegen" ] || die "there is no completion"
  chroot "$tree" dpkg --remove profilegen
  [ ! -e "$tree/usr/bin/profilegen" ] || die "it is still there"
done

step "the archive, where there is no library"
tree=$work/empty
mkdir -p "$tree"
tar --extract --file "$packages"/profilegen-*.tar.gz --strip-components 1 --directory "$tree"
cp tests/cli/fixtures/web.trace.json "$tree/"
chroot "$tree" /bin/profilegen --version
chroot "$tree" /bin/profilegen emit /web.trace.json --format seccomp | grep -q accept4 || die "it writes no filter"
