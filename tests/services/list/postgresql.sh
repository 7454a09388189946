# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2016,SC2034  # sourced by services.sh, which says what these are
user_command=(/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main
  -c config_file=/etc/postgresql/15/main/postgresql.conf)
user_options=(--user postgres)
# It refuses to be root, and is started as its images start it.
root_command=(setpriv --reuid postgres --regid postgres --init-groups "${user_command[@]}")
load() {
  # A connection for each.
  client sh -ec 'until pg_isready -q -h 127.0.0.1; do sleep 0.1; done
    for query in "$@"; do
      psql --quiet --tuples-only --no-align --host 127.0.0.1 --username postgres --command "$query"
    done' sh \
    'create table numbers as select n, md5(n::text) from generate_series(1, 20000) n' \
    'create index on numbers (md5)' \
    'select count(*), max(md5) from numbers' \
    'checkpoint' \
    'drop table numbers'
}
