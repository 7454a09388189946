# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Debian's kernels, unpacked and never installed; sourced after prelude.sh.
#   vm_kernel NAME   sets $vm_release, $vm_modules and $vm_image to that kernel's, which is fetched when it is not there
#                    yet. To have a newer one remove build/vm/NAME.
# PROFILEGEN_VM_CACHE is another place than build/vm, DEBIAN_MIRROR another mirror.
# shellcheck disable=SC2034  # read by those who source this
vm_kernels=(5.10 6.1 6.12 7)
vm_cache=${PROFILEGEN_VM_CACHE:-$PWD/build/vm}

vm_suite() {
  case $1 in
    5.10) echo bullseye ;;
    6.1) echo bookworm ;;
    6.12) echo trixie ;;
    7) echo forky ;;
    *) die "no kernel $1; there are ${vm_kernels[*]}" ;;
  esac
}

vm_kernel() {
  local suite
  suite=$(vm_suite "$1") || exit 1
  [ -d "$vm_cache/$1" ] || vm_fetch "$1" "$suite"
  vm_modules=$(vm_modules_of "$vm_cache/$1") || exit 1
  vm_release=$(basename "$vm_modules")
  # Beside its modules since the archive stopped shipping files in /boot.
  vm_image=$vm_cache/$1/boot/vmlinuz-$vm_release
  [ -e "$vm_image" ] || vm_image=$vm_modules/vmlinuz
}

vm_modules_of() {
  local found
  for found in "$1"/lib/modules/* "$1"/usr/lib/modules/*; do
    [ ! -d "$found/kernel" ] || { echo "$found" && return; }
  done
  die "no kernel's modules in $1: remove it, and it is fetched again"
}

# vm_fetch NAME SUITE: with lists, a cache and a list of installed packages (none) of its own, so that nothing of this
# machine's apt changes, and apt alone says what the newest kernel is and which packages it is split into.
vm_fetch() {
  local work packages
  say "fetching the kernel of Debian's $2 into $vm_cache/$1"
  mkdir -p "$vm_cache"
  work=$(mktemp -d "$vm_cache/fetch.XXXXXX")
  # shellcheck disable=SC2064  # that of now
  trap "rm -rf '$work'" EXIT
  mkdir -p "$work"/{lists/partial,cache/archives/partial,tree}
  : >"$work/status"
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' \
    "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" "$2" >"$work/sources.list"
  vm_apt "$work" apt-get update -qq >"$work/log" 2>&1 || vm_fetch_failed "$work" "the lists of $2"
  packages=$(vm_apt "$work" apt-get --simulate --no-install-recommends install linux-image-amd64 2>"$work/log" |
    awk '$1 == "Inst" && $2 ~ /^linux-/ { print $2 }') || vm_fetch_failed "$work" "what linux-image-amd64 consists of"
  # shellcheck disable=SC2086  # several
  (cd "$work" && vm_apt "$work" apt-get download -qq $packages) >"$work/log" 2>&1 ||
    vm_fetch_failed "$work" "$packages"
  local package
  for package in "$work"/*.deb; do dpkg-deb --extract "$package" "$work/tree"; done
  vm_index "$work/tree"
  mv -T "$work/tree" "$vm_cache/$1"
  rm -rf "$work"
  trap - EXIT
}

vm_index() {
  local modules base
  modules=$(vm_modules_of "$1") || exit 1
  base=${modules%/lib/modules/*}
  # modprobe and depmod look under lib/modules of their base alone.
  depmod --basedir "$base" "$(basename "$modules")"
}

vm_fetch_failed() {
  tail -n 5 "$1/log" >&2
  die "could not fetch $2 (another mirror: DEBIAN_MIRROR)"
}

# vm_apt WORK PROGRAM ARGUMENT...
vm_apt() {
  local work=$1 program=$2
  shift 2
  "$program" -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$work/lists" -o Dir::State::status="$work/status" -o Dir::Cache="$work/cache" \
    -o APT::Architecture=amd64 -o Acquire::Languages=none -o APT::Sandbox::User=root "$@"
}
