# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2016,SC2034  # sourced by services.sh, which says what these are
# Gives out addresses on a device of its own. Only as root: it goes on as another user with the capabilities that it keeps.
root_command=(sh -ec 'ip link show lan >/dev/null 2>&1 || ip link add lan type bridge
  ip address replace 10.9.0.1/24 dev lan
  ip link set lan up
  exec dnsmasq --keep-in-foreground --interface=lan --dhcp-range=10.9.0.10,10.9.0.20 --address=/here.test/10.9.0.9')
stop_options=(--cap-add NET_ADMIN)
listens=
does=SOCK_RAW
load() {
  client python3 /srv/app/ask_name.py 10.9.0.1 here.test
}
