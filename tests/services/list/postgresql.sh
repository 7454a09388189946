# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced by services.sh, which says what these are
user_command=(/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main
  -c config_file=/etc/postgresql/15/main/postgresql.conf)
user_options=(--user postgres)
# It refuses to be root, and is started as its images start it.
root_command=(setpriv --reuid postgres --regid postgres --init-groups "${user_command[@]}")
load() {
  client sh -c 'until pg_isready -q -h 127.0.0.1; do sleep 0.1; done'
  query() { client psql --quiet --tuples-only --no-align --host 127.0.0.1 --username postgres --command "$1"; }
  query 'create table numbers as select n, md5(n::text) from generate_series(1, 20000) n'
  query 'create index on numbers (md5)'
  query 'select count(*), max(md5) from numbers'
  query 'checkpoint'
  query 'drop table numbers'
}
