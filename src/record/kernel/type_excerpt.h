// SPDX-License-Identifier: Apache-2.0
// The few of a kernel's types that a BPF program reads. libbpf looks for each of them among all that it is given: with
// the whole 126 000 types of a kernel that is most of what it does.
#pragma once

#include "profilegen/result.h"

struct btf;

namespace profilegen {

/// Writes the types of `kernel` that have names of `program`'s, with all that lies in them, to a file, as BTF. What
/// they point to is left out: reading never goes through a pointer's type.
Status write_type_excerpt(const btf* kernel, const btf* program, int file);

}  // namespace profilegen
