// SPDX-License-Identifier: Apache-2.0
#include "argument_names.h"

#if defined(__x86_64__)
#include <asm/prctl.h>
#endif
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/fs.h>
#include <linux/keyctl.h>
#include <linux/prctl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>

namespace profilegen {
namespace {

#if !defined(__x86_64__)
// Names that only x86-64's headers define. They are repeated here, so that its traces and profiles read the same on
// other machines (arch/x86/include/uapi/asm/prctl.h, ptrace-abi.h).
enum { ARCH_SET_GS = 0x1001, ARCH_SET_FS, ARCH_GET_FS, ARCH_GET_GS, ARCH_GET_CPUID = 0x1011, ARCH_SET_CPUID };
enum { PTRACE_GETREGS = 12, PTRACE_SETREGS };
#endif

constexpr ArgumentName kArgumentNames[] = {
#define ARGUMENT_KIND(kind, is_flags)
#define ARGUMENT_NAME(kind, name) {ArgumentKind::kind, #name, static_cast<uint32_t>(name)},
#include "profilegen/argument_names.def"
#undef ARGUMENT_KIND
#undef ARGUMENT_NAME
};

}  // namespace

std::span<const ArgumentName> argument_names() { return kArgumentNames; }

}  // namespace profilegen
