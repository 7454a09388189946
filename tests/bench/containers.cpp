// SPDX-License-Identifier: Apache-2.0
// Measures whether a call costs more when many containers are recorded. A container is simulated by what the recorder
// sees of one: a cgroup named by an id, and a process in it that loads a filter and executes a program. A stand-in for
// the engine's client describes the containers. With a thousand real containers, the engine would be measured.
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <thread>

#include "sections.h"

namespace fs = std::filesystem;

namespace {

constexpr const char* kClient = R"(#!/bin/sh
for last; do :; done
case $1 in
inspect) echo >>"$0.asked"; printf '[{"Id":"%s","Name":"/bench","Config":{"Image":"bench"}}]' "$last" ;;
info) echo '{}' ;;
esac
)";

size_t lines_of(const std::string& path) {
  std::ifstream file(path);
  size_t count = 0;
  for (std::string line; std::getline(file, line);) ++count;
  return count;
}

// The recording and its growing number of containers.
class Fleet {
 public:
  explicit Fleet(const Bench& bench)
      : bench_(bench), root_(hierarchy() + "/profilegen-bench-" + std::to_string(getpid())) {
    if (mkdir(root_.c_str(), 0755) != 0) throw std::runtime_error(root_ + " can't be made");
  }
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;
  ~Fleet();

  void begin_recording();
  void grow(size_t count);
  /// Measures in a new container, which is removed afterwards.
  double measure();

 private:
  static std::string hierarchy() {
    const std::string old = "/sys/fs/cgroup/pids";
    return fs::exists(old) ? old : "/sys/fs/cgroup";
  }
  std::string new_cgroup() {
    const std::string path = root_ + fmt::format("/{:064x}", ++last_id_);
    if (mkdir(path.c_str(), 0755) != 0) throw std::runtime_error(path + " can't be made");
    return path;
  }
  void wait_until_known() const;

  const Bench& bench_;
  std::string root_;
  size_t last_id_ = 0;
  size_t unseen_ = 0;  ///< ids that were there before the recording
  std::string client_;
  std::unique_ptr<Beside> recorder_;
  std::vector<pid_t> members_;
};

Fleet::~Fleet() {
  for (const pid_t member : members_) kill(member, SIGKILL);
  for (const pid_t member : members_) waitpid(member, nullptr, 0);
  recorder_.reset();
  for (const auto& entry : fs::directory_iterator(root_))
    if (entry.is_directory()) rmdir(entry.path().c_str());
  rmdir(root_.c_str());
}

void Fleet::begin_recording() {
  const std::string bin = bench_.place.path("bin");
  const std::string ready = bench_.place.path("ready");
  client_ = bin + "/docker";
  fs::create_directory(bin);
  std::ofstream(client_) << kClient;
  fs::permissions(client_, fs::perms::owner_all);
  fs::remove(client_ + ".asked");
  unseen_ = last_id_;
  fs::remove(ready);
  const Words command{PROFILEGEN,
                      "record",
                      "-q",
                      "--container",
                      "bench",
                      "-o",
                      bench_.place.path("traces/"),
                      "--",
                      "sh",
                      "-c",
                      "touch " + ready + "; exec sleep 1000"};
  recorder_ = std::make_unique<Beside>(command, ready, Words{"PATH=" + bin + ":/usr/sbin:/usr/bin:/sbin:/bin"});
}

void Fleet::grow(size_t count) {
  while (members_.size() < count) {
    const Words command{BENCH_PROGS "/member", new_cgroup(), "sleep", "1000"};
    members_.push_back(start(command));
  }
  wait_until_known();
}

void Fleet::wait_until_known() const {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(3);
  while (lines_of(client_ + ".asked") + unseen_ < last_id_) {
    if (std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error("the recorder did not see every container");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
}

double Fleet::measure() {
  const std::string cgroup = new_cgroup();
  const double ns = printed_ns({BENCH_PROGS "/member", cgroup, BENCH_PROGS "/loop", "getppid", "2000000"});
  rmdir(cgroup.c_str());
  return ns;
}

}  // namespace

void measure_containers(Bench& bench) {
  std::unique_ptr<Fleet> fleet;
  const auto grown_to = [&](size_t count) {
    return Variant{fmt::format("{} recorded", count), [&fleet, count] {
                     fleet->grow(count - 1);
                     return fleet->measure();
                   }};
  };
  const auto none = [&] {
    fleet.reset();
    fleet = std::make_unique<Fleet>(bench);
    const double ns = fleet->measure();
    fleet->begin_recording();
    return ns;
  };
  const auto all =
      run_rounds({{"none recorded", none}, grown_to(1), grown_to(10), grown_to(100), grown_to(1000)}, bench.rounds);
  fleet.reset();
  bench.report.title("Nanoseconds a getppid(2) in a container, by the number of recorded containers");
  bench.report.table(all, "1 recorded", "ns");
  bench.report.claim("1000 / 1", median_ratio(find(all, "1000 recorded"), find(all, "1 recorded")), 1.05);
}
