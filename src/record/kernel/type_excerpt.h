// SPDX-License-Identifier: Apache-2.0
// Extracts those types of the kernel that a BPF program reads. libbpf searches all types that it is given for each of
// them; with the 126 000 types of a whole kernel, that takes most of the loading time.
#pragma once

#include "profilegen/result.h"

struct btf;

namespace profilegen {

/// Writes to `file`, as BTF, the types of `kernel` that have the name of a type of `program`, with the types of their
/// members. Leaves out types behind pointers: the program's accesses never depend on them.
Status write_type_excerpt(const btf* kernel, const btf* program, int file);

}  // namespace profilegen
