# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Debian's kernels, unpacked and never installed; sourced after prelude.sh and archive.sh.
#   vm_kernel NAME   sets $vm_release, $vm_modules and $vm_image to that kernel's, which is fetched when it is not there
#                    yet. To have a newer one remove build/vm/NAME.
# PROFILEGEN_VM_CACHE is another place than build/vm.
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
  [ -d "$vm_cache/$1" ] || archive_fetch "$vm_cache/$1" "$suite" linux-image-amd64 '^linux-'
  vm_modules=$(vm_modules_of "$vm_cache/$1") || exit 1
  vm_release=$(basename "$vm_modules")
  # modprobe and depmod look under lib/modules of their base alone.
  [ -e "$vm_modules/modules.dep" ] || depmod --basedir "${vm_modules%/lib/modules/*}" "$vm_release"
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
