// SPDX-License-Identifier: Apache-2.0
#include "events/demanded_capabilities.h"

#include "files/executable.h"
#include "files/file_capabilities.h"

namespace profilegen {
namespace {

constexpr int kMostInterpreters = 5;  // the kernel ends after as many, in exec_binprm()

void add_rows(LiveRun& live, const pg_file_event& event, const std::string& path, CapVerdict verdict, uint64_t set) {
  const Arch arch = native_arch();
  const uint32_t execve = syscall_number(arch, "execve").value_or(kNoSyscall);
  for (uint32_t number = 0; number < 64; ++number) {
    if ((set >> number & 1) == 0) continue;
    const CapabilityKey key{number, verdict, arch, execve, path};
    const auto [row, is_new] = live.file_demands.try_emplace(key, CapabilityFact{live.evidence(event.first), {}});
    if (is_new) row->second.counts[live.run] = 1;
  }
}

/// nullopt if there is no such file.
std::optional<FileCapabilities> capabilities_of(const LiveRun& live, const std::string& path) {
  return live.paths.read(path,
                         [root = live.root_user](const UniqueFd& file) { return file_capabilities(file.get(), root); });
}

}  // namespace

std::vector<std::string> executed_files(const LiveRun& live, const std::string& path) {
  std::vector<std::string> files{path};
  for (int times = 0; times < kMostInterpreters; ++times) {
    const auto interpreter =
        live.paths.read(files.back(), [](const UniqueFd& file) { return script_interpreter(file.get()); });
    if (!interpreter || interpreter->empty()) break;
    auto next = live.paths.resolve("/", *interpreter, "", true);
    if (!next) break;
    files.push_back(std::move(*next));
  }
  return files;
}

void add_executed_capabilities(LiveRun& live, const pg_file_event& event, const std::string& path) {
  if ((event.ops & PG_EXEC_OWN) == 0) return;
  const auto found = capabilities_of(live, path);
  const FileCapabilities capabilities = found.value_or(FileCapabilities{});
  if (capabilities.demanded) add_rows(live, event, path, CapVerdict::file, capabilities.permitted);
  // A file that is gone has given the gain, too: by its capabilities, or by set-id bits.
  if ((event.ops & PG_EXEC_GAINS) != 0 && (!found || capabilities.permitted != 0))
    live.files.add(path, FileOp::EXEC_SETID, {live.evidence(event.first), "", false});
}

void add_refused_program(LiveRun& live, const pg_file_event& event, const std::string& path) {
  const auto rights = live.rights.find(event.first.tid);
  if (rights == live.rights.end()) return;
  const std::string program = executed_files(live, path).back();
  const FileCapabilities capabilities = capabilities_of(live, program).value_or(FileCapabilities{});
  if (capabilities.demanded)
    add_rows(live, event, program, CapVerdict::denied, capabilities.permitted & ~rights->second.bounding);
}

}  // namespace profilegen
