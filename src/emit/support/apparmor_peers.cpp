// SPDX-License-Identifier: Apache-2.0
#include "apparmor_peers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "application_calls.h"

namespace profilegen {
namespace {

// The engine stops containers by signals.
constexpr std::string_view kEngine = R"(  signal (receive) peer=unconfined,
  signal (receive) peer={/usr/bin/,/usr/sbin/,}{dockerd,runc,crun,podman},
)";

// prctl: the kernel sends the signal of PR_SET_PDEATHSIG in the name of the parent that ends, and asks AppArmor
// (kernel/signal.c, check_kill_permission). Those that no call asks for, such as SIGCHLD, it does not ask about.
bool may_signal(const Profile& profile) {
  return application_calls(profile, {"kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
                                     "pidfd_send_signal", "prctl", "mq_notify"});
}

// Of /proc/PID these are for who may attach, and not only look (Linux 6.18, fs/proc/base.c: PTRACE_MODE_ATTACH).
constexpr std::array<std::string_view, 5> kAttachFiles = {"mem", "patch_state", "personality", "stack", "syscall"};

bool is_attach_file(std::string_view pattern) {
  if (!pattern.starts_with("/proc/")) return false;
  const std::string_view last = pattern.substr(pattern.rfind('/') + 1);
  return last.find_first_of("*?[{") != std::string_view::npos ||
         std::ranges::find(kAttachFiles, last) != kAttachFiles.end();
}

bool may_attach(const Profile& profile) {
  return application_calls(profile, {"ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd"}) ||
         std::ranges::any_of(profile.files, [](const auto& file) { return is_attach_file(file.first); });
}

}  // namespace

// To look at another process leaves no trace where nothing is opened (readlink of /proc/PID/exe, as killall does): each
// process may, at those of the same profile.
std::string apparmor_peer_rules(const Profile& profile, const std::string& name) {
  std::string text(kEngine);
  if (may_signal(profile)) text += fmt::format("  signal (send, receive) peer={},\n", name);
  text += fmt::format("  ptrace ({}) peer={},\n",
                      may_attach(profile) ? "trace, read, tracedby, readby" : "read, readby", name);
  return text;
}

}  // namespace profilegen
