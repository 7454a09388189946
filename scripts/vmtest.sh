#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# vmtest.sh [OPTION...] [-- COMMAND...]: runs COMMAND (default: the live tests made for guests) as root under other
# kernels, each in a virtual machine that sees this machine's files and keeps what it writes to itself.
#   --kernel NAME    5.10, 6.1 (default), 6.12 or 7; may be repeated
#   --all            all of them
#   --lsm LIST       security modules (default: lockdown,yama,apparmor,bpf)
#   --no-bpf-lsm     that list without bpf, as most distributions have it
#   --results DIR    a directory that the guest can write to
#   --timeout TIME   for each kernel (default: 20m)
#   --prepare        only fetches the kernels and reports what is missing on this machine
#   --verbose        shows the kernel's messages too
# The exit status is the guest's, of several the first that is not 0. Needs neither root nor /dev/kvm.
. "$(dirname "$0")/prelude.sh"
. scripts/archive.sh
. scripts/vm/kernels.sh
usage() { die "$1 (usage: $(sed -n '3s/^# //p' scripts/vmtest.sh))"; }

kernels=()
lsm=lockdown,yama,apparmor,bpf
results=
limit=20m
verbose=
prepare=
while [ $# -gt 0 ]; do
  case $1 in
    --kernel | --lsm | --results | --timeout)
      [ $# -ge 2 ] || usage "$1 needs a value"
      case $1 in
        --kernel) kernels+=("$2") ;;
        --lsm) lsm=$2 ;;
        --results) results=$2 ;;
        --timeout) limit=$2 ;;
      esac
      shift
      ;;
    --all) kernels=("${vm_kernels[@]}") ;;
    --no-bpf-lsm) lsm=lockdown,yama,apparmor ;;
    --prepare) prepare=1 ;;
    --help)
      sed -n '3,/^[^#]/s/^# //p' scripts/vmtest.sh
      exit
      ;;
    --verbose) verbose=1 ;;
    --)
      shift
      break
      ;;
    *) usage "unknown argument $1" ;;
  esac
  shift
done
[ ${#kernels[@]} -gt 0 ] || kernels=(6.1)
[ $# -gt 0 ] || set -- tests/vm/guest.sh "build/${PROFILEGEN_PRESET:-release}"
[ "$(uname -m)" = x86_64 ] || die "the guests are x86_64 machines with this machine's programs; this is $(uname -m)"
for program in qemu-system-x86_64 cpio depmod modprobe busybox; do
  command -v "$program" >/dev/null || die "$program is missing: ./scripts/install-deps.sh --test"
done
if [ -n "$results" ]; then
  mkdir -p "$results"
  results=$(realpath "$results")
fi
. scripts/vm/boot.sh

status=0
for kernel in "${kernels[@]}"; do
  vm_kernel "$kernel"
  [ -z "$prepare" ] || continue
  ended=0
  vm_boot "$@" || ended=$?
  [ "$status" -ne 0 ] || status=$ended
done
exit "$status"
