# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Unpacks packages of any suite of Debian's archive without installing them; source this after prelude.sh.
#   archive_cached NAME SUITE PACKAGE PATTERN       prints a directory of the cache with the files of PACKAGE and of
# those
#                                                   of its dependencies whose names match awk's PATTERN
#   archive_fetch SUITE PACKAGE PATTERN DIRECTORY   makes such a directory, for callers that cache the result of more
# steps
# PACKAGE may be several, separated by blanks. DEBIAN_MIRROR sets another mirror, $archive_architecture another
# architecture than amd64.
. scripts/cache.sh

# apt gets its own package lists, cache and (empty) list of installed packages. So this machine's apt is not changed,
# and apt itself finds the newest version and the packages it consists of.
archive_fetch() {
  local suite=$1 package=$2 pattern=$3 directory=$4 work packages archive
  say "fetching $package of Debian's $suite"
  # Next to the target, where the cache removes it in any case.
  work=$directory.fetch
  mkdir -p "$work"/{lists/partial,cache/archives/partial,tree}
  : >"$work/status"
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' \
    "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" "$suite" >"$work/sources.list"
  archive_apt "$work" update -qq >"$work/log" 2>&1 || archive_failed "$work" "the lists of $suite"
  # shellcheck disable=SC2086  # several packages
  packages=$(archive_apt "$work" --simulate --no-install-recommends install $package 2>"$work/log" |
    awk -v pattern="$pattern" '$1 == "Inst" && $2 ~ pattern { print $2 }') ||
    archive_failed "$work" "what $package consists of"
  # shellcheck disable=SC2086  # several packages
  (cd "$work" && archive_apt "$work" download -qq $packages) >"$work/log" 2>&1 || archive_failed "$work" "$packages"
  for archive in "$work"/*.deb; do dpkg-deb --extract "$archive" "$work/tree"; done
  mv -T "$work/tree" "$directory"
  rm -rf "$work"
}

archive_cached() {
  cached "$1" "$(digest_of "${archive_architecture:-amd64} $2 $3 $4" scripts/archive.sh)" archive_fetch "$2" "$3" "$4"
}

archive_failed() {
  tail -n 5 "$1/log" >&2
  die "could not fetch $2 (another mirror: DEBIAN_MIRROR)"
}

# archive_apt WORK ARGUMENT...
archive_apt() {
  local work=$1
  shift
  apt-get -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$work/lists" -o Dir::State::status="$work/status" -o Dir::Cache="$work/cache" \
    -o APT::Architecture="${archive_architecture:-amd64}" -o Acquire::Languages=none -o APT::Sandbox::User=root "$@"
}
