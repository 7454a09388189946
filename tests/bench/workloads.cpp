// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include "sections.h"

namespace {

struct Workload {
  std::string name;
  Words command;
  double limit;  ///< of recorded / untraced; 0 for no limit
};

std::string write_source(const Workplace& place) {
  const std::string path = place.path("source.c");
  std::ofstream file(path);
  for (const char* header : {"stdio.h", "stdlib.h", "string.h", "pthread.h", "unistd.h", "netdb.h", "math.h"})
    file << "#include <" << header << ">\n";
  for (int i = 0; i < 1500; ++i)
    file << "double f" << i << "(double x, int n) { for (int i = 0; i < n; i++) x = sqrt(x * " << i
         << " + 1) + sin(x); return x; }\n";
  file << "int main(void) { printf(\"%f\\n\", f1(2, 3)); return 0; }\n";
  return path;
}

// A redis server and its own benchmark, on a separate socket.
Words redis(const Workplace& place) {
  const std::string socket = place.path("redis.sock");
  return {"sh", "-c",
          "redis-server --port 0 --unixsocket " + socket +
              " --save '' --daemonize no >/dev/null & server=$!;"
              "until redis-cli -s " +
              socket +
              " ping >/dev/null 2>&1; do sleep 0.02; done;"
              "redis-benchmark -s " +
              socket +
              " -n 200000 -c 20 -t set,get -q >/dev/null;"
              "redis-cli -s " +
              socket + " shutdown nosave >/dev/null 2>&1; wait $server"};
}

std::vector<Workload> workloads(const Workplace& place) {
  const std::string source = write_source(place);
  std::vector<Workload> all{
      {"find /usr", {"find", "/usr", "-name", "no such file"}, 1.15},
      {"compile of a C file", {"gcc", "-O2", "-o", place.path("program"), source, "-lm"}, 1.05},
  };
  if (is_installed("git")) all.push_back({"git log", {"git", "-C", PROJECT, "log", "--stat", "-n", "60"}, 0});
  if (is_installed("/usr/bin/python3"))
    all.push_back({"start of python", {"/usr/bin/python3", "-c", "import json, http.server"}, 0});
  if (is_installed("redis-benchmark")) all.push_back({"redis-benchmark and its server", redis(place), 0});
  return all;
}

}  // namespace

// The recorder's start and end are not part of the workload, so their time is subtracted; `startup` measures them.
void measure_workloads(Bench& bench) {
  bench.report.title("Whole programs");
  for (const Workload& work : workloads(bench.place)) {
    const auto all = run_rounds({{work.name, [&] { return seconds(work.command); }},
                                 {work.name + ", recorded",
                                  [&] {
                                    return seconds(recorded(bench.place, work.command)) -
                                           seconds(recorded(bench.place, {"true"})) + seconds({"true"});
                                  }}},
                                bench.rounds);
    bench.report.table(all, work.name, "s");
    if (work.limit > 0)
      bench.report.claim(work.name + ": recorded / untraced", median_ratio(all[1], all[0]), work.limit);
  }
}
