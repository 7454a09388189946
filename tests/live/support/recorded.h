// SPDX-License-Identifier: Apache-2.0
// What live tests do: record something with the real binary and look at what came out.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "profilegen/profile.h"
#include "profilegen/trace.h"
#include "runner/program.h"

using Words = std::vector<std::string>;

/// "NAME=VALUE" of all that programs get from us beside PATH.
Words environment();

/// A directory that is removed at the end of the test, and in which the binary runs.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  [[nodiscard]] Outcome profilegen(const Words& arguments) const;
  /// Runs any program from this directory, with our PATH and DOCKER_HOST.
  [[nodiscard]] Outcome run(const Words& command) const;
  void write(const std::string& file, const std::string& text) const;
  [[nodiscard]] std::string read(const std::string& file) const;
  [[nodiscard]] bool exists(const std::string& file) const;
  [[nodiscard]] const std::string& path() const { return path_; }

  /// `record [options] -- command` must end with `status` and leave a trace that loads.
  [[nodiscard]] profilegen::Trace record(const Words& command, const Words& options = {}, int status = 0) const;
  /// A trace that must load and have lost nothing.
  [[nodiscard]] profilegen::Trace trace(const std::string& file = "profilegen-trace.json") const;
  /// The bundle of profilegen-trace.json, in profilegen-out/.
  [[nodiscard]] profilegen::Profile emit(const Words& options = {}) const;

 private:
  std::string path_;
};

/// A program of tests/live/progs.
std::string prog(const std::string& name);

/// Names of the calls that the application made, of the native table.
std::set<std::string> app_calls(const profilegen::Trace& trace);
std::set<std::string> runtime_calls(const profilegen::Trace& trace);
/// "operation path" of everything that needs a writable mount.
std::set<std::string> writes(const profilegen::Trace& trace);
/// What `b` lacks of `a`.
std::set<std::string> without(const std::set<std::string>& a, const std::set<std::string>& b);
/// The same run with this name is in the trace.
const profilegen::Run& only_run(const profilegen::Trace& trace);
