# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2016,SC2034  # sourced by services.sh, which says what these are
# Writes a checkpoint after each epoch, and goes on from the last one.
root_command=(python3 -u /srv/app/training.py /srv/checkpoints)
user_options=(--user app)
user_command=("${root_command[@]}")
load() { client bash -c 'read -r answer name </dev/tcp/127.0.0.1/8080 && echo "$answer"'; }
kept() { client bash -c 'read -r answer name </dev/tcp/127.0.0.1/8080 && echo "$name"'; }
