# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Unpacks Debian's kernels without installing them; source this after prelude.sh and archive.sh.
#   vm_kernel NAME   sets $vm_release, $vm_modules and $vm_image to those of that kernel, which is fetched into the
# cache if
#                    necessary. To get a newer one, remove kernel-NAME-* there.
# shellcheck disable=SC2034  # used by the scripts that source this file
vm_kernels=(5.10 6.1 6.12 7)

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
  local suite tree
  suite=$(vm_suite "$1")
  tree=$(cached "kernel-$1" "$(digest_of "$suite" scripts/vm/kernels.sh scripts/archive.sh)" vm_make_kernel "$suite")
  vm_modules=$(vm_modules_of "$tree")
  vm_release=$(basename "$vm_modules")
  # In the modules' package since the archive stopped shipping files in /boot.
  vm_image=$tree/boot/vmlinuz-$vm_release
  [ -e "$vm_image" ] || vm_image=$vm_modules/vmlinuz
}

vm_make_kernel() {
  local modules
  archive_fetch "$1" linux-image-amd64 '^linux-' "$2"
  modules=$(vm_modules_of "$2")
  # modprobe and depmod look only in lib/modules below their base directory.
  depmod --basedir "${modules%/lib/modules/*}" "$(basename "$modules")"
}

vm_modules_of() {
  local found
  for found in "$1"/lib/modules/* "$1"/usr/lib/modules/*; do
    [ ! -d "$found/kernel" ] || { echo "$found" && return; }
  done
  die "no kernel's modules in $1: remove it, and it is fetched again"
}
