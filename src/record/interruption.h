// SPDX-License-Identifier: Apache-2.0
// Whether a kernel lets another thread run on a CPU while a BPF program is at work there. For that other thread it
// skips programs of the same kind, and what a program keeps by CPU is written over.
#pragma once

struct btf;

namespace profilegen {

class KernelAnswers;

/// Programs at tracepoints: those of Linux 7.2 are, up to Linux 6.18 none.
bool interrupts_tracepoints(const btf* types, KernelAnswers& answers);

/// Programs at functions and of BPF-LSM: also where the kernel is preemptible as a whole (preempt=full). Before
/// Linux 5.12 they are not, which is not told apart: kprobes are there, too.
bool interrupts_trampolines(const btf* types, KernelAnswers& answers);

}  // namespace profilegen
