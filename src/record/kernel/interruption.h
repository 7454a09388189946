// SPDX-License-Identifier: Apache-2.0
// Tells whether the kernel may run another thread on a CPU while a BPF program is interrupted there. For that other
// thread the kernel skips the same program, and data that a program keeps per CPU is overwritten.
#pragma once

#include <cstdint>
#include <string>

struct btf;

namespace profilegen {

class KernelAnswers;

/// Whether the kernel may take a CPU away from a thread that is running kernel code.
enum class Preemption : uint8_t { no, yes, unknown };

/// Decides from `uname -v` and, for a kernel that can be switched at run time, from preempt_modes().
Preemption preemption(const std::string& version, const std::string& modes);
/// The text of debugfs's sched/preempt, "none voluntary (full)", whether or not debugfs is mounted; "" when it can't be
/// read. Reading it where debugfs is not mounted takes CAP_SYS_ADMIN, and lockdown forbids it.
std::string preempt_modes();
/// The same for this kernel.
Preemption preemption();
/// Unknown counts as yes: otherwise the kernel might skip programs, and facts would be lost.
constexpr bool may_interrupt_functions(Preemption found) { return found != Preemption::no; }

/// Programs at tracepoints: interrupted on Linux 7.2, never up to Linux 6.18.
bool interrupts_tracepoints(const btf* types, KernelAnswers& answers);

/// Programs at functions and of BPF-LSM: interrupted also if the whole kernel is or may be preemptible (preempt=full).
/// Kernels before Linux 5.12 do not interrupt them but are treated alike, since kprobes can be used there.
bool interrupts_trampolines(const btf* types, KernelAnswers& answers);

}  // namespace profilegen
