// SPDX-License-Identifier: Apache-2.0
// The tracers that are compared, each as a way to run a command.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

using Words = std::vector<std::string>;

/// A directory of the benchmark's own, in memory, so that no disk is measured.
class Workplace {
 public:
  Workplace();
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace();
  [[nodiscard]] std::string path(const std::string& name) const { return (directory_ / name).string(); }

 private:
  std::filesystem::path directory_;
};

/// What the command printed; throws when it fails.
std::string run(const Words& command, const Words& environment = {});
/// Seconds that it takes.
double seconds(const Words& command);
/// The number behind "ns " in what it printed.
double printed_ns(const Words& command);

Words joined(Words a, const Words& b);
bool is_installed(const std::string& program);

Words recorded(const Workplace& place, const Words& command);
Words straced(const Words& command);
Words counted_by_bpftrace(const std::string& command);

/// A process of its own; the caller waits for it.
pid_t start(const Words& command, const Words& environment = {});

/// Something that runs beside what is measured; it has begun when its file `ready` is there.
class Beside {
 public:
  Beside(const Words& command, const std::string& ready, const Words& environment = {});
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;
  ~Beside();  ///< SIGTERM, and waits
  /// Its largest resident set so far, in MiB (VmHWM in proc_pid_status(5)).
  [[nodiscard]] double peak_mib() const;

 private:
  pid_t pid_;
};
