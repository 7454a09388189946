// SPDX-License-Identifier: Apache-2.0
// file_calls.def and argument_calls.def by number, for the kernel part.
#pragma once

#include <span>
#include <vector>

#include "profilegen/abi.h"
#include "profilegen/syscalls.h"

namespace profilegen {

/// The tables of this machine, indexed by pg_abi: as many as its processor has, at most PG_ABIS.
std::span<const Arch> arches_by_abi();

/// PG_ABIS * PG_CALLS entries, indexed as in bpf/recording.h. Sizes of files are asked for of containers only: a
/// process tree has no tmpfs to limit, and writes are most of what many programs do.
std::vector<pg_call_info> make_call_table(bool containers);

}  // namespace profilegen
