// SPDX-License-Identifier: Apache-2.0
// The tracers that are compared. Each is a way to run a command.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

using Words = std::vector<std::string>;

/// A directory for the benchmark, in memory, so that no disk is measured.
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

/// Runs the command and returns its output; throws if it fails.
std::string run(const Words& command, const Words& environment = {});
/// The seconds that the command takes.
double seconds(const Words& command);
/// The number after "ns " in the command's output.
double printed_ns(const Words& command);

Words joined(Words a, const Words& b);
bool is_installed(const std::string& program);

Words recorded(const Workplace& place, const Words& command);
Words straced(const Words& command);
Words counted_by_bpftrace(const std::string& command);

/// Starts a process; the caller waits for it.
pid_t start(const Words& command, const Words& environment = {});

/// A program that runs during the measurement. It is ready when it has made the file `ready`.
class Beside {
 public:
  Beside(const Words& command, const std::string& ready, const Words& environment = {});
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;
  ~Beside();  ///< sends SIGTERM and waits
  /// Its largest resident set so far, in MiB (VmHWM in proc_pid_status(5)).
  [[nodiscard]] double peak_mib() const;

 private:
  pid_t pid_;
};
