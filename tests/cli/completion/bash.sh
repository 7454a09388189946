#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bash.sh SCRIPT WORD...: what bash offers for the last word, one a line.
# shellcheck source=/dev/null
. "$1"
shift
compopt() { :; } # only works while a person presses the key
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
"$(complete -p profilegen | sed 's/.*-F \([^ ]*\).*/\1/')"
printf '%s\n' "${COMPREPLY[@]}"
