// SPDX-License-Identifier: Apache-2.0
#include "argument_names.h"

#include <asm/prctl.h>
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
#include <sys/socket.h>

namespace profilegen {
namespace {

constexpr ArgumentName kNames[] = {
#define ARGUMENT_KIND(kind, is_flags)
#define ARGUMENT_NAME(kind, name) {ArgumentKind::kind, #name, static_cast<uint32_t>(name)},
#include "profilegen/argument_names.def"
#undef ARGUMENT_KIND
#undef ARGUMENT_NAME
};

}  // namespace

std::span<const ArgumentName> argument_names() { return kNames; }

}  // namespace profilegen
