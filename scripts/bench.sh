#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bench.sh [--rounds N] [SECTION...]: installs the tools to compare with, builds, and measures what a recording costs.
# Run it on an otherwise idle machine. An unknown SECTION prints the list of sections.
. "$(dirname "$0")/prelude.sh"
become_root "benchmarks load BPF programs" "$@"
./scripts/install-deps.sh bpftrace git gcc python3 redis-server strace time
# bpftrace finds its probes in tracefs, which is not mounted on every machine.
mountpoint -q /sys/kernel/tracing || mount -t tracefs tracefs /sys/kernel/tracing
cmake --preset release >/dev/null
cmake --build --preset release --target bench_overhead
exec ./build/release/tests/bench/bench_overhead "$@"
