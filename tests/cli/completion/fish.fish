#!/usr/bin/env fish
# SPDX-License-Identifier: Apache-2.0
# fish.fish SCRIPT WORD...: prints what fish offers for the last word, one per line.
source $argv[1]; or exit
for offer in (complete -C (string join -- ' ' $argv[2..]))
    string split -f 1 \t -- $offer
end
exit 0
