// SPDX-License-Identifier: Apache-2.0
// Tells whether the kernel may run another thread on a CPU while a BPF program is interrupted there. For that other
// thread the kernel skips the same program, and data that a program keeps per CPU is overwritten.
#pragma once

struct btf;

namespace profilegen {

class KernelAnswers;

/// Programs at tracepoints: interrupted on Linux 7.2, never up to Linux 6.18.
bool interrupts_tracepoints(const btf* types, KernelAnswers& answers);

/// Programs at functions and of BPF-LSM: interrupted also if the whole kernel is preemptible (preempt=full). Kernels
/// before Linux 5.12 do not interrupt them but are treated alike, since kprobes can be used there.
bool interrupts_trampolines(const btf* types, KernelAnswers& answers);

}  // namespace profilegen
