# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # sourced by scripts whose variables it takes
# Sourced by services.sh and verify.sh; uses their variables.
#                                 Results are in $work/ENGINE-SERVICE-USER: trace.json, policy/, *.out, *.log

# Acts that no recording contains. check_acts makes sure that cp and perl succeed in a container without a policy.
refused_acts=(
  'cp /bin/true /usr/bin/dropped'
  "perl -MSocket -e 'socket(RAW, AF_INET, SOCK_RAW, 1) or die'"
  'mount -t tmpfs tmpfs /mnt'
  'unshare --mount true'
)

# Sets $run, the words of a command that starts a container.
use_engine() {
  engine=$1
  run=("$engine" run --rm --network none)
  [ "$engine" = docker ] || run+=("${podman_limits[@]}")
}

# Runs a program of the image in the service's network, on its loopback, as a client or neighbour of the service would.
client() {
  local join=("${run[@]}")
  "${join[@]/none/container:$container}" "$image" "$@"
}

is_listening() {
  local pid
  pid=$("$engine" inspect --format '{{.State.Pid}}' "$container" 2>/dev/null) || return 1
  [ "$pid" -gt 0 ] || return 1
  [ -z "$listens" ] || grep --quiet --no-messages ' 0A ' "/proc/$pid/net/tcp" "/proc/$pid/net/tcp6"
}

# drive OUT COMMAND...: starts COMMAND, whose container is $container, runs the client and stops the container.
drive() {
  local out=$1 log=${1%.out}.log status=0 expected=0
  shift
  "$@" >"$log" 2>&1 &
  local started=$!
  if [ "$(type -t load)" = function ]; then
    expected=$stop_status
    until_it_listens "$log" "$started"
    in_turn "$out" "its client fails" load
    "$engine" stop "$container" >/dev/null || failed "it does not stop" "$log"
  fi
  wait "$started" || status=$?
  [ "$(type -t load)" = function ] || cp "$log" "$out"
  [ "$status" -eq "$expected" ] || failed "it ended with status $status instead of $expected" "$log"
  [ -s "$out" ] || failed "it answered nothing" "$log"
}

failed() {
  tail -n 15 "$2" >&2
  # It may have ended already.
  "$engine" rm --force "$container" >/dev/null 2>&1 || :
  die "$engine, $service, $user: $1"
}

# policy DIRECTORY: sets $flags to the bundle's flags, and $advised to the limits from advice.txt.
policy() {
  "$profilegen" emit --quiet "$1/trace.json" -o "$1/policy"
  mapfile -t advised < <(grep --extended-regexp '^--(device|ipc|memory|pids-limit|ulimit)=' "$1/policy/advice.txt")
  [ ${#advised[@]} -ge 2 ] || die "$engine, $service, $user: what are its limits? $1/policy/advice.txt does not say"
  if [ "$engine" = docker ]; then
    # The flags are split into words as a user's shell would do it.
    # shellcheck disable=SC2207
    flags=($(cat "$1/policy/docker.flags"))
  else
    mapfile -t flags < <("$profilegen" emit --quiet "$1/trace.json" -o "$1/policy" --format podman)
  fi
}

# act OPTION... ACT: the exit status is the act's.
act() {
  local options=("${@:1:$#-1}") answer
  if answer=$("${run[@]}" "${options[@]}" --user 0 "$image" sh -c "${*: -1}" 2>&1); then return 0; fi
  case $answer in *"OCI runtime"* | *"OCI permission"*) die "$engine, $service, $user: not even tried: $answer" ;; esac
  return 1
}

# listens_soon [PID]: PID is of the command that has started it, if that waits for its end.
listens_soon() {
  local tries=0
  until is_listening; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "${1:-$$}" 2>/dev/null; then return 1; fi
    sleep 0.1
  done
}

# until_it_listens LOG [PID]
until_it_listens() { listens_soon "${@:2}" || failed "it does not start" "$1"; }

# in_turn LOG WHAT FUNCTION: runs the client's function. In the background, since within `FUNCTION || …` bash would ignore
# commands that fail.
in_turn() {
  "$3" "$user" >"$1" 2>"$1.err" &
  wait "$!" || failed "$2: $(tail -n 1 "$1.err")" "$1"
}

# record_restart DIRECTORY COMMAND...: adds a recording of a start and a restart to the directory's trace.
record_restart() {
  local directory=$1 log=$1/restart.log recorder
  shift
  # shellcheck disable=SC2016  # for sh
  "$profilegen" record --quiet --container "$container" -o "$directory/restart/" -- \
    sh -c ': >"$0/ready"; until [ -e "$0/done" ]; do sleep 0.1; done' "$directory" &
  recorder=$!
  until [ -e "$directory/ready" ]; do
    kill -0 "$recorder" || failed "it can't be recorded" "$log"
    sleep 0.1
  done
  "$@" >"$log" 2>&1 || failed "it does not start" "$log"
  until_it_listens "$log"
  in_turn "$log" "its client fails" load
  "$engine" restart "$container" >/dev/null || failed "it does not restart" "$log"
  until_it_listens "$log"
  in_turn "$log" "its client fails after a restart" load
  "$engine" stop "$container" >/dev/null || failed "it does not stop" "$log"
  : >"$directory/done"
  wait "$recorder" || failed "its restart was not recorded" "$log"
  "$engine" rm --volumes "$container" >/dev/null
  "$profilegen" merge --quiet "$directory/trace.json" "$directory"/restart/*.json -o "$directory/trace.json"
}

# go_on DIRECTORY COMMAND...: starts a container that stays, which then is restarted, paused, and stopped: it must work
# on, end as it ended without a policy, and have kept what it has to keep.
go_on() {
  local log=$1/go_on.log status
  shift
  "$@" >"$log" 2>&1 || failed "it does not start" "$log"
  until_it_listens "$log"
  in_turn "$log" "its client fails" load
  [ "$(type -t kept)" != function ] || in_turn "$log.before" "nothing of it is left" kept
  "$engine" restart "$container" >/dev/null || failed "it does not restart" "$log"
  until_it_listens "$log"
  if [ "$(type -t kept)" = function ]; then
    in_turn "$log.after" "it has lost everything" kept
    cmp "$log.before" "$log.after" || failed "it has lost something" "$log.after"
  fi
  "$engine" pause "$container" >/dev/null || failed "it can't be paused" "$log"
  "$engine" unpause "$container" >/dev/null || failed "it can't go on after a pause" "$log"
  in_turn "$log" "its client fails after a pause" load
  "$engine" stop "$container" >/dev/null || failed "it does not stop" "$log"
  status=$("$engine" inspect --format '{{.State.ExitCode}}' "$container")
  "$engine" logs "$container" >"$log" 2>&1
  [ "$status" -eq "$stop_status" ] || failed "it ended with status $status instead of $stop_status" "$log"
  "$engine" rm --volumes "$container" >/dev/null
}

refuse_acts() {
  local each refused=0
  for each in "${refused_acts[@]}"; do
    [[ -z $does || $each != *"$does"* ]] || continue
    if act "${flags[@]}" "$each"; then die "$engine, $service, $user: was allowed: $each"; fi
    refused=$((refused + 1))
  done
  echo "$refused" >"$1/refused"
}

# read_service LIST SERVICE USER: reads the service's file, and sets $command, $container and $options for this user.
# $command is empty where the service can't run as that user.
# shellcheck disable=SC2034  # the commands are read by name; the rest by the callers
read_service() {
  root_command=() user_command=() user_options=() stop_options=() stop_status=0 listens=yes does='' restarts=''
  unset -f load kept more
  # shellcheck source=tests/services/list/nginx.sh
  . "$1/$2.sh"
  local -n its_command=${3}_command
  command=("${its_command[@]}")
  [ "$3" != root ] || user_options=()
  container=profilegen-service-$2-$$
  options=(--name "$container" "${user_options[@]}" "${stop_options[@]}")
}

run_one() {
  local service=$2 user=$3 flags advised directory=$work/$1-$2-$3
  use_engine "$1"
  read_service "$here/list" "$service" "$user"
  [ ${#command[@]} -gt 0 ] || return 0
  rm -rf "$directory"
  mkdir -p "$directory"
  drive "$directory/recorded.out" "$profilegen" record --quiet -o "$directory/trace.json" -- \
    "${run[@]}" "${options[@]}" "$image" "${command[@]}"
  [ -z "$restarts" ] ||
    record_restart "$directory" "${run[@]/--rm/--detach}" "${options[@]}" "$image" "${command[@]}"
  policy "$directory"
  drive "$directory/again.out" "${run[@]}" "${flags[@]}" "${options[@]}" "$image" "${command[@]}"
  cmp "$directory/recorded.out" "$directory/again.out" || failed "it answers otherwise" "$directory/again.log"
  drive "$directory/advised.out" "${run[@]}" "${flags[@]}" "${advised[@]}" "${options[@]}" "$image" "${command[@]}"
  cmp "$directory/recorded.out" "$directory/advised.out" || failed "it answers otherwise" "$directory/advised.log"
  [ "$(type -t load)" != function ] ||
    go_on "$directory" "${run[@]/--rm/--detach}" "${flags[@]}" "${options[@]}" "$image" "${command[@]}"
  refuse_acts "$directory"
  say "$engine, $service, $user: passes under its policy, and with ${advised[*]}; and $(cat "$directory/refused") other acts are refused"
}

# An act that fails even without a policy would prove nothing.
check_acts() {
  local service=none user=none
  use_engine "$1"
  act "${refused_acts[0]}" || die "$1 refuses by itself: ${refused_acts[0]}"
  [ "$1" != docker ] || act "${refused_acts[1]}" || die "$1 refuses by itself: ${refused_acts[1]}"
}
