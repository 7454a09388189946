// SPDX-License-Identifier: Apache-2.0
// Records with the real binary, and examines the result.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "profilegen/profile.h"
#include "profilegen/trace.h"
#include "runner/program.h"

using Words = std::vector<std::string>;

/// The "NAME=VALUE" that programs inherit from us, besides PATH.
Words environment();

/// A working directory that is removed at the end of the test.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  [[nodiscard]] Outcome profilegen(const Words& arguments) const;
  /// Runs a program in this directory, with our PATH and DOCKER_HOST.
  [[nodiscard]] Outcome run(const Words& command) const;
  void write(const std::string& file, const std::string& text) const;
  [[nodiscard]] std::string read(const std::string& file) const;
  [[nodiscard]] bool exists(const std::string& file) const;
  [[nodiscard]] const std::string& path() const { return path_; }

  /// Runs `record [options] -- command`, which must end with `status` and leave a trace that loads.
  [[nodiscard]] profilegen::Trace record(const Words& command, const Words& options = {}, int status = 0) const;
  /// Loads a trace, which must have no losses.
  [[nodiscard]] profilegen::Trace trace(const std::string& file = "profilegen-trace.json") const;
  /// Emits the bundle of profilegen-trace.json into profilegen-out/, and returns its profile.
  [[nodiscard]] profilegen::Profile emit(const Words& options = {}) const;

 private:
  std::string path_;
};

/// The path of a program of tests/live/progs.
std::string prog(const std::string& name);

/// The names of the application's calls of the native table.
std::set<std::string> app_calls(const profilegen::Trace& trace);
std::set<std::string> runtime_calls(const profilegen::Trace& trace);
/// "operation path" of each fact that needs a writable mount.
std::set<std::string> writes(const profilegen::Trace& trace);
/// The elements of `a` that are not in `b`.
std::set<std::string> without(const std::set<std::string>& a, const std::set<std::string>& b);
/// The run of a trace that must have exactly one.
const profilegen::Run& only_run(const profilegen::Trace& trace);
