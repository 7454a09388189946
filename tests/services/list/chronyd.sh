# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced by services.sh, which says what these are
# Serves the time, and leaves the clock alone (-x). Only as root: it goes on as another user with the capabilities that it
# keeps.
root_command=(chronyd -n -x -f /srv/app/chrony.conf)
listens=
load() {
  client sh -ec 'until chronyc -h 127.0.0.1 tracking >/dev/null; do sleep 0.1; done
    chronyc -h 127.0.0.1 tracking | grep Stratum
    # A question of version 4 from a client; byte 1 of the answer is the stratum.
    python3 /srv/app/ask_time.py'
}
