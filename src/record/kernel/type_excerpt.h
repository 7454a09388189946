// SPDX-License-Identifier: Apache-2.0
// Copies the few kernel types that a BPF program reads. libbpf searches each of them among all types that it is given:
// with all 126 000 types of a kernel that is most of its work.
#pragma once

#include "profilegen/result.h"

struct btf;

namespace profilegen {

/// Writes to `file`, as BTF, the types of `kernel` whose names `program` uses, and the types of their members. Types
/// behind pointers are left out: reading a field never needs them.
Status write_type_excerpt(const btf* kernel, const btf* program, int file);

}  // namespace profilegen
