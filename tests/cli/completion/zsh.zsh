#!/usr/bin/env zsh
# SPDX-License-Identifier: Apache-2.0
# zsh.zsh SCRIPT WORD...: prints what zsh offers for the last word, one per line. Presses the key on a terminal as
# a user would, with matches printed instead of listed.
zmodload zsh/zpty
script=${1:A}
shift
zpty inner zsh -f -i
zpty -w inner "source ${(q)0:A:h}/inner.zsh ${(q)script}"
answer=
while [[ $answer != *ready-to-complete* ]]; do zpty -r inner chunk || exit 1; answer+=$chunk; done
zpty -w -n inner "$*"$'\t'
answer=
while [[ $answer != *'<end>'* ]]; do zpty -r inner chunk || exit 1; answer+=$chunk; done
zpty -d inner
print -r -- ${answer%%'<end>'*} | sed -n 's/^.*<match \(.*\)>.*$/\1/p'
