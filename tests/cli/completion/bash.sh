#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bash.sh SCRIPT WORD...: prints what bash offers for the last word, one per line.
# shellcheck source=/dev/null
. "$1"
shift
compopt() { :; } # bash's own works only in an interactive completion
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
"$(complete -p profilegen | sed 's/.*-F \([^ ]*\).*/\1/')"
printf '%s\n' "${COMPREPLY[@]}"
