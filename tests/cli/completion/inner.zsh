# SPDX-License-Identifier: Apache-2.0
# inner.zsh SCRIPT: sourced by an interactive zsh; prints matches instead of listing them.
PROMPT=
autoload -Uz compinit
compinit -u -D
source $1
compadd() {
  # Calls that only filter matches into an array are not the final ones.
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
