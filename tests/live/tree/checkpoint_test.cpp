// SPDX-License-Identifier: Apache-2.0
// What remains of a recording when the recorder is killed, and what does not.
#include <linux/bpf.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "support/background.h"

using namespace profilegen;
namespace fs = std::filesystem;

namespace {

const std::string kCheckpoint = "t.json.checkpoint";

/// Makes a file, and more when told to.
const std::string kScript =
    ": >first; until [ -e go ]; do sleep 0.02; done; : >second; until [ -e go-on ]; do sleep 0.02; done; : >third; "
    "until [ -e end ]; do sleep 0.02; done";

/// The ids of the BPF programs and maps that a process holds.
std::set<std::pair<bpf_cmd, uint32_t>> bpf_objects(pid_t pid) {
  std::set<std::pair<bpf_cmd, uint32_t>> found;
  for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(pid) + "/fdinfo")) {
    std::ifstream info(entry.path());
    std::string name;
    for (uint32_t id = 0; info >> name;) {
      if (name == "prog_id:" && info >> id) found.emplace(BPF_PROG_GET_FD_BY_ID, id);
      if (name == "map_id:" && info >> id) found.emplace(BPF_MAP_GET_FD_BY_ID, id);
    }
  }
  return found;
}

bool is_there(const std::pair<bpf_cmd, uint32_t>& object) {
  bpf_attr attributes{};
  attributes.prog_id = object.second;  // prog_id and map_id share a place in the union
  const auto fd = static_cast<int>(syscall(SYS_bpf, object.first, &attributes, sizeof attributes));
  if (fd >= 0) close(fd);
  return fd >= 0;
}

Words files_in(const Scratch& scratch) {
  Words names;
  for (const auto& entry : fs::directory_iterator(scratch.path())) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

bool made(const Trace& trace, const Scratch& scratch, const std::string& file) {
  return trace.files.count({scratch.path() + "/" + file, FileOp::CREATE}) == 1;
}

bool has(const Scratch& scratch, const std::string& file) {
  if (!scratch.exists(kCheckpoint)) return false;
  const auto trace = load_trace(scratch.path() + "/" + kCheckpoint);
  return trace && made(*trace, scratch, file);
}

Words record_with_checkpoints() {
  return {PROFILEGEN, "record", "--checkpoint", "100ms", "-o", "t.json", "--", "sh", "-c", kScript};
}

bool is_left(const Scratch& scratch) {
  for (const std::string& name : files_in(scratch))
    if (name.find(".profilegen-") != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("A recorder that is killed leaves its last checkpoint and nothing else, and COMMAND goes on", "[slow]") {
  const Scratch scratch;
  scratch.write("t.json", "older");
  Background recorder(scratch, record_with_checkpoints());
  REQUIRE(wait_until([&] { return has(scratch, "first"); }));
  scratch.write("go", "");
  REQUIRE(wait_until([&] { return has(scratch, "second"); }));
  const auto held = bpf_objects(recorder.pid());
  REQUIRE(held.size() > 10);
  REQUIRE(std::all_of(held.begin(), held.end(), is_there));

  recorder.send(SIGKILL);
  CHECK(wait_until([&] { return std::none_of(held.begin(), held.end(), is_there); }));
  scratch.write("go-on", "");
  CHECK(wait_until([&] { return scratch.exists("third"); }));
  CHECK(recorder.wait() == 128 + SIGKILL);
  CHECK(scratch.read("t.json") == "older");
  CHECK_FALSE(is_left(scratch));

  const auto trace = load_trace(scratch.path() + "/" + kCheckpoint);
  REQUIRE(trace);
  CHECK(only_run(*trace).marks.count(Mark::interrupted) == 1);
  CHECK_FALSE(made(*trace, scratch, "third"));
  const Outcome refused = scratch.profilegen({"emit", kCheckpoint});
  CHECK(refused.status == 1);
  CHECK(refused.err.find("this is its last checkpoint") != std::string::npos);
  CHECK(scratch.profilegen({"emit", "--allow-incomplete", kCheckpoint}).status == 0);
}

TEST_CASE("What a killed recording left is named by the next one, and stays until that has a checkpoint of its own",
          "[slow]") {
  const Scratch scratch;
  scratch.write(kCheckpoint, "left");
  const Outcome brief = scratch.profilegen({"record", "-o", "t.json", "--", "true"});
  CHECK(brief.status == 0);
  CHECK(brief.err.find(kCheckpoint + ": was left by a recording that was killed") != std::string::npos);
  CHECK(scratch.read(kCheckpoint) == "left");
}

TEST_CASE("At the end of a recording its checkpoint is gone, and the trace has what came after it", "[slow]") {
  const Scratch scratch;
  Background recorder(scratch, record_with_checkpoints());
  REQUIRE(wait_until([&] { return has(scratch, "first"); }));
  scratch.write("go", "");
  scratch.write("go-on", "");
  REQUIRE(wait_until([&] { return has(scratch, "third"); }));
  scratch.write("end", "");
  CHECK(recorder.wait() == 0);
  CHECK_FALSE(scratch.exists(kCheckpoint));
  CHECK_FALSE(is_left(scratch));
  const Trace trace = scratch.trace("t.json");
  CHECK(only_run(trace).marks.empty());
  for (const char* file : {"first", "second", "third"}) CHECK(made(trace, scratch, file));
}

TEST_CASE("No checkpoint is taken when none is wanted, or has a place", "[slow]") {
  const Scratch scratch;
  for (const Words& options : {Words{"--checkpoint", "0", "-o", "t.json"}, Words{"--checkpoint", "20ms", "-o", "-"}}) {
    Words command{"record"};
    command.insert(command.end(), options.begin(), options.end());
    for (const char* word : {"--", "sh", "-c", "sleep 0.3; ls *.checkpoint* 2>&1"}) command.emplace_back(word);
    const Outcome outcome = scratch.profilegen(command);
    CHECK(outcome.out.find("No such file") != std::string::npos);
  }
}
