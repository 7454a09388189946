# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# shellcheck disable=SC2154  # they are vmtest.sh's
# Boots one guest. Sourced by vmtest.sh; uses its options ($lsm $limit $results $verbose) and kernel ($vm_*).
#   vm_boot COMMAND...   runs COMMAND in the guest; the exit status is COMMAND's

vm_boot() {
  local work status=0
  work=$(mktemp -d /tmp/profilegen-vm.XXXXXX)
  # shellcheck disable=SC2064  # expands $work now
  trap "rm -rf '$work'" EXIT
  vm_initramfs "$work" "$@"
  say "vm: Linux $vm_release, lsm=$lsm"
  vm_qemu "$work" | vm_relay "$work/status"
  status=$(cat "$work/status")
  if [ -z "$status" ]; then
    tail -n 25 "$work/console" >&2
    say "vm: Linux $vm_release ended without a result (the time allowed is $limit)"
    status=1
  fi
  say "vm: Linux $vm_release: exit status $status"
  rm -rf "$work"
  trap - EXIT
  return "$status"
}

# vm_relay FILE: passes the guest's output on, without its last line, whose number (the exit status) is written to FILE,
# and without the empty line before it, which only makes sure that it starts a new line.
vm_relay() {
  local line empty=0
  : >"$1"
  while IFS= read -r line; do
    if [ -z "$line" ]; then
      empty=$((empty + 1))
      continue
    fi
    if [[ $line =~ ^vm-exit\ ([0-9]+)$ ]]; then
      printf '%s\n' "${BASH_REMATCH[1]}" >"$1"
      empty=$((empty - 1))
    fi
    for (( ; empty > 0; empty--)); do echo; done
    [[ $line =~ ^vm-exit ]] || printf '%s\n' "$line"
  done
}

vm_qemu() {
  local work=$1 console=(-serial "file:$1/console")
  local shares=(-virtfs "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap")
  [ -z "$results" ] || shares+=(-virtfs "local,path=$results,mount_tag=results,security_model=none")
  # no_timer_check: the kernel waits a moment for its timer and panics when none comes, and an emulated machine that has
  # to wait for its share of this one sees none.
  # One processor: with two emulated ones, the guest becomes unreliable when the kernel patches its code for BPF. How
  # COMMAND ended is in a file; how qemu ended says nothing of it.
  timeout --foreground "$limit" qemu-system-x86_64 -accel tcg -cpu max -m 3072 -smp 1 -display none -no-reboot \
    -nodefaults -kernel "$vm_image" -initrd "$work/initramfs" "${shares[@]}" "${console[@]}" -serial stdio \
    -append "console=ttyS0 ${verbose:-quiet} panic=-1 no_timer_check lsm=$lsm" </dev/null || :
}

# vm_initramfs WORK COMMAND...: makes an initramfs with COMMAND and all that /init needs to reach the host's files.
vm_initramfs() {
  local root=$1/root
  shift
  mkdir -p "$root"/{bin,dev,proc,sys,vm/kernel}
  cp "$(command -v busybox)" "$root/bin/busybox"
  cp scripts/vm/init "$root/init"
  cp scripts/vm/guest.sh "$root/vm/guest.sh"
  vm_modprobe_order "${vm_modules%/lib/modules/*}" | while read -r module; do
    cp "$module" "$root/vm/kernel/"
    echo "/vm/kernel/$(basename "$module")"
  done >"$root/vm/modules"
  printf '%s=%q\n' repository "$PWD" modules "$(dirname "$vm_modules")" results "$results" >"$root/vm/settings"
  vm_command "$@" >"$root/vm/command"
  (cd "$root" && find . | cpio --quiet --create --format=newc) >"$root/../initramfs"
}

vm_modprobe_order() {
  modprobe --dirname "$1" --set-version "$vm_release" --show-depends --all virtio_pci 9pnet_virtio 9p overlay |
    awk '$1 == "insmod" && !seen[$2]++ { print $2 }'
}

# The command runs with our working directory, PATH and settings.
vm_command() {
  local variable
  printf 'cd %q || exit 1\n' "$PWD"
  printf 'export HOME=/root PATH=%q\n' "$PATH"
  for variable in CI PROFILEGEN_CACHE PROFILEGEN_REQUIRE_LIVE PROFILEGEN_PRESET; do
    [ -z "${!variable:-}" ] || printf 'export %s=%q\n' "$variable" "${!variable}"
  done
  printf 'exec'
  printf ' %q' "$@"
  echo
}
