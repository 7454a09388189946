#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bench.sh [--rounds N] [SECTION...]: installs what is compared with, builds, and measures what a recording costs. Run it
# on a machine that has nothing else to do. An unknown section lists them.
. "$(dirname "$0")/prelude.sh"
become_root "benchmarks load BPF programs" "$@"
./scripts/install-deps.sh bpftrace git gcc python3 redis-server strace time
# Where bpftrace finds its probes; not every machine has it mounted.
mountpoint -q /sys/kernel/tracing || mount -t tracefs tracefs /sys/kernel/tracing
cmake --preset release >/dev/null
cmake --build --preset release --target bench_overhead
exec ./build/release/tests/bench/bench_overhead "$@"
