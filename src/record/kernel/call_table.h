// SPDX-License-Identifier: Apache-2.0
// Converts file_calls.def and argument_calls.def into a table by call number for the kernel part.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "profilegen/abi.h"
#include "profilegen/syscalls.h"

namespace profilegen {

/// The call tables of this machine, indexed by pg_abi. At most PG_ABIS, depending on the processor.
std::span<const Arch> arches_by_abi();

/// The first target of a call; nullopt if it has none.
std::optional<pg_target> call_target(Arch arch, uint32_t number);

/// What a call asks of the file that it only names, as in ASKED_CALL; nullopt for calls whose files are recorded.
std::optional<uint32_t> asked_access(std::string_view call);

/// Whether an entry differs from that of a call of which nothing is known.
bool tells_something(const pg_call_info& info);

/// PG_ABIS * PG_CALLS entries, indexed as in bpf/recording.h. Sizes of files are recorded only for containers: a
/// process tree has no tmpfs to limit, and writes are the majority of many programs' calls.
std::vector<pg_call_info> make_call_table(bool containers);

}  // namespace profilegen
