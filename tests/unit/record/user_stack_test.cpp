// SPDX-License-Identifier: Apache-2.0
#ifdef __x86_64__  // ucontext_t contains its registers
#include "stacks/user_stack.h"

#include <fcntl.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>

#include "profilegen/process/small_file.h"
#include "profilegen/temporary_directory.h"

using namespace profilegen;

namespace {

constexpr std::array<int, 17> kByDwarf = {REG_RAX, REG_RDX, REG_RCX, REG_RBX, REG_RSI, REG_RDI,
                                          REG_RBP, REG_RSP, REG_R8,  REG_R9,  REG_R10, REG_R11,
                                          REG_R12, REG_R13, REG_R14, REG_R15, REG_RIP};

pg_stack_event event;

}  // namespace

// Makes the event that the kernel part would send for this process. Not inlined, since the test looks for these frames.
extern "C" {
[[gnu::noinline]] int innermost_of_test(size_t bytes) {
  ucontext_t here;
  getcontext(&here);
  for (size_t number = 0; number < kByDwarf.size(); ++number)
    event.registers[number] = static_cast<uint64_t>(here.uc_mcontext.gregs[kByDwarf[number]]);
  event.stack_pointer = event.registers[7];
  event.program_counter = event.registers[16];
  event.size = static_cast<uint32_t>(bytes);
  // By the kernel, as when a stack is recorded: sanitizers let nobody read his own beyond the variables.
  const UniqueFd memory(open("/proc/self/mem", O_RDONLY | O_CLOEXEC));
  if (pread(memory.get(), event.stack, bytes, static_cast<off_t>(event.stack_pointer)) < 0) return -1;
  return static_cast<int>(event.size);
}
[[gnu::noinline]] int outer_of_test(size_t bytes) { return innermost_of_test(bytes) + 1; }
}

namespace {

std::vector<std::string> frames_with(size_t bytes, const std::string& maps) {
  event = {};
  event.first.tid = 7;
  CHECK(outer_of_test(bytes) == static_cast<int>(bytes) + 1);
  const PathResolver root(UniqueFd(open("/", O_PATH | O_DIRECTORY | O_CLOEXEC)));
  auto frames = unwind(event, open_mapped_files(maps, root));
  CHECK(unwind_apart(event, open_mapped_files(maps, root)) == frames);
  return frames;
}

}  // namespace

TEST_CASE("A stack is unwound to the functions that called, innermost first, with the file they are in") {
  const auto frames = frames_with(2048, read_small_file("/proc/self/maps"));
  REQUIRE(frames.size() > 2);
  CHECK(frames[0].starts_with("innermost_of_test+0x"));
  CHECK(frames[0].find("/unit_record)") != std::string::npos);
  CHECK(frames[1].starts_with("outer_of_test+0x"));
}

TEST_CASE("Of a stack of which nothing was read there is the innermost function") {
  const auto frames = frames_with(0, read_small_file("/proc/self/maps"));
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].starts_with("innermost_of_test+0x"));
}

TEST_CASE("A file that is none of the kind does no harm, and what it breaks is a process of its own") {
  const TemporaryDirectory scratch = TemporaryDirectory::create().value();
  std::ofstream(scratch.path() + "/lib") << "\177ELF\2\1\1" << std::string(4000, '\xff');
  const PathResolver root(UniqueFd(open("/", O_PATH | O_DIRECTORY | O_CLOEXEC)));
  event = {};
  event.program_counter = 0x1100;
  CHECK(unwind_apart(event, open_mapped_files("1000-9000 r-xp 00000000 08:01 1 " + scratch.path() + "/lib\n", root))
            ->empty());
}

TEST_CASE("Of a process that is gone, or whose files are, nothing is made up") {
  CHECK(frames_with(2048, "").empty());
  std::string elsewhere = read_small_file("/proc/self/maps");
  for (size_t at = elsewhere.find("/unit_record"); at != std::string::npos; at = elsewhere.find("/unit_record", at + 1))
    elsewhere.replace(at, 12, "/gone_record");
  CHECK(frames_with(2048, elsewhere).empty());
}
#endif
