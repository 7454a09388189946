// SPDX-License-Identifier: Apache-2.0
#include "tracers.h"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "runner/program.h"

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

std::string text_of(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<char*> pointers(const Words& words) {
  std::vector<char*> all;
  for (const std::string& word : words) all.push_back(const_cast<char*>(word.c_str()));
  all.push_back(nullptr);
  return all;
}

}  // namespace

Workplace::Workplace() {
  std::string name = "/dev/shm/profilegen-bench.XXXXXX";
  if (!mkdtemp(name.data())) throw std::runtime_error("no directory can be made in /dev/shm");
  directory_ = name;
}

Workplace::~Workplace() {
  std::error_code ignored;
  fs::remove_all(directory_, ignored);
}

std::string run(const Words& command, const Words& environment) {
  const Outcome outcome = run_program({command, ".", "", environment});
  if (outcome.status != 0) throw std::runtime_error(text_of(command) + " failed: " + outcome.err);
  return outcome.out;
}

double seconds(const Words& command) {
  const auto begin = Clock::now();
  run(command);
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

double printed_ns(const Words& command) {
  const std::string out = run(command);
  const size_t at = out.find("ns ");
  if (at == std::string::npos) throw std::runtime_error(text_of(command) + " printed no figure: " + out);
  return std::stod(out.substr(at + 3));
}

Words joined(Words a, const Words& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

bool is_installed(const std::string& program) {
  return run_program({{"/bin/sh", "-c", "command -v " + program}}).status == 0;
}

Words recorded(const Workplace& place, const Words& command) {
  return joined({PROFILEGEN, "record", "-q", "-o", place.path("trace.json"), "--"}, command);
}

Words straced(const Words& command) { return joined({"strace", "-f", "-c", "-o", "/dev/null"}, command); }

Words counted_by_bpftrace(const std::string& command) {
  return {"bpftrace", "-e", "tracepoint:raw_syscalls:sys_enter { @[args->id] = count(); }", "-c", command};
}

pid_t start(const Words& command, const Words& environment) {
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error("fork failed");
  if (pid > 0) return pid;
  for (const std::string& variable : environment) putenv(const_cast<char*>(variable.c_str()));
  const std::vector<char*> arguments = pointers(command);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

Beside::Beside(const Words& command, const std::string& ready, const Words& environment)
    : pid_(start(command, environment)) {
  const auto deadline = Clock::now() + std::chrono::minutes(5);
  while (!fs::exists(ready)) {
    if (Clock::now() > deadline || waitpid(pid_, nullptr, WNOHANG) != 0)
      throw std::runtime_error(text_of(command) + " did not begin");
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

Beside::~Beside() {
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

double Beside::peak_mib() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string word; status >> word;)
    if (word == "VmHWM:" && status >> word) return std::stod(word) / 1024;
  throw std::runtime_error("the recorder has ended before its time");
}
