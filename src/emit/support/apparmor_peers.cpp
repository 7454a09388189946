// SPDX-License-Identifier: Apache-2.0
#include "apparmor_peers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "application_calls.h"

namespace profilegen {
namespace {

// The engine stops containers with signals.
constexpr std::string_view kEngine = R"(  signal (receive) peer=unconfined,
  signal (receive) peer={/usr/bin/,/usr/sbin/,}{dockerd,runc,crun,podman},
)";

// prctl is in the list because of PR_SET_PDEATHSIG: the kernel sends that signal in the name of the ending parent, and
// asks AppArmor (kernel/signal.c, check_kill_permission). For signals that no call requests, such as SIGCHLD, it does
// not ask.
bool may_signal(const Profile& profile) {
  return application_calls(profile, {"kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
                                     "pidfd_send_signal", "prctl", "mq_notify"});
}

// Files in /proc/PID that need the right to attach to the process, not only to read about it (Linux 6.18,
// fs/proc/base.c: PTRACE_MODE_ATTACH).
constexpr std::array<std::string_view, 5> kAttachFiles = {"mem", "patch_state", "personality", "stack", "syscall"};

bool is_attach_file(std::string_view pattern) {
  if (!pattern.starts_with("/proc/")) return false;
  const std::string_view last = pattern.substr(pattern.rfind('/') + 1);
  return last.find_first_of("*?[{") != std::string_view::npos ||
         std::ranges::find(kAttachFiles, last) != kAttachFiles.end();
}

}  // namespace

bool attaches_to_processes(const Profile& profile) {
  return application_calls(profile, {"ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd"}) ||
         std::ranges::any_of(profile.files, [](const auto& file) { return is_attach_file(file.first); });
}

// A process can look at another one without opening anything (readlink of /proc/PID/exe, as killall does). The trace
// does not show that, so processes under the same profile may always read about each other.
std::string apparmor_peer_rules(const Profile& profile, const std::string& name) {
  std::string text(kEngine);
  if (may_signal(profile)) text += fmt::format("  signal (send, receive) peer={},\n", name);
  text += fmt::format("  ptrace ({}) peer={},\n",
                      attaches_to_processes(profile) ? "trace, read, tracedby, readby" : "read, readby", name);
  return text;
}

}  // namespace profilegen
