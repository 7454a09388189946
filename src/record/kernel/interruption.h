// SPDX-License-Identifier: Apache-2.0
// Whether a kernel lets another thread run on a CPU while a BPF program is at work there. For that other thread it
// skips programs of the same kind, and what a program keeps by CPU is written over.
#pragma once

#include <cstdint>
#include <string>

struct btf;

namespace profilegen {

/// Whether the kernel may take a CPU from a thread that is at work in the kernel.
enum class Preemption : uint8_t { no, yes, unknown };

/// From `uname -v` and, for a kernel that can be told at run time, from preempt_modes().
Preemption preemption(const std::string& version, const std::string& modes);
/// The text of debugfs's sched/preempt, "none voluntary (full)", whether or not debugfs is mounted; "" when it can't be
/// read: reading it where it is not mounted takes CAP_SYS_ADMIN, and lockdown forbids it.
std::string preempt_modes();
/// Of this kernel.
Preemption preemption();
/// Not knowing counts as yes: the kernel would skip programs, and facts would be lost.
constexpr bool may_interrupt_functions(Preemption found) { return found != Preemption::no; }

/// Programs at tracepoints: those of Linux 7.2 are, up to Linux 6.18 none.
bool interrupts_tracepoints(const btf* types);

/// Programs at functions and of BPF-LSM: also where the kernel is preemptible as a whole (preempt=full), or may be.
/// Before Linux 5.12 they are not, which is not told apart: kprobes are there, too.
bool interrupts_trampolines(const btf* types);

}  // namespace profilegen
