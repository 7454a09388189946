# SPDX-License-Identifier: Apache-2.0
# inner.zsh SCRIPT, read by an interactive zsh: prints matches in place of listing them.
PROMPT=
autoload -Uz compinit
compinit -u -D
source $1
compadd() {
  # Helpers that only filter into an array are not the last word.
  if [[ ${argv[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a hits
  builtin compadd -A hits "$@"
  local hit
  for hit in $hits; do print -r -- "<match $hit>"; done
  builtin compadd "$@"
}
show() {
  unset 'compstate[vared]'
  print
  _main_complete
  compstate[insert]=
  compstate[list]=
  print -r -- '<end>'
}
zle -C show complete-word show
bindkey '^I' show
print -r -- ready-to-complete
