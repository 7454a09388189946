// SPDX-License-Identifier: Apache-2.0
// Files of a container with code, as the unwinder reads them: libdw in a process of its own, Go's table in this one's.
#include <sys/mman.h>
#include <unistd.h>

#include <chrono>

#include "fuzz.h"
#include "stacks/go_names.h"
#include "stacks/user_stack.h"

using namespace profilegen;

namespace {

constexpr uint64_t kBegin = 0x400000;

void read_table(std::string_view table) {
  const auto names = GoNames::parse(table, kBegin);
  if (!names) return;
  for (uint64_t address = kBegin; address < kBegin + 0x1000; address += 0x40) {
    const auto function = names->at(address);
    demand(!function || function->name.size() <= table.size(), "a name is a part of the table");
  }
}

void unwind_file(std::string_view bytes) {
  UniqueFd file(memfd_create("elf", MFD_CLOEXEC));
  demand(file && write(file.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "a file is made");
  static pg_stack_event event;
  event = {};
  event.first.tid = 7;
  event.program_counter = kBegin + 0x100;
  event.stack_pointer = 0x7000;
  event.size = 512;
  for (size_t at = 0; at < event.size; ++at)
    event.stack[at] = static_cast<uint8_t>(at % 8 == 1 ? 0x01 : at % 8 == 2 ? 0x40 : 0);
  std::vector<MappedFile> files;
  files.push_back({"/lib", kBegin, std::move(file)});
  const auto begin = std::chrono::steady_clock::now();
  const auto frames = unwind_apart(event, std::move(files));
  demand(frames && frames->size() <= 16, "there are no more frames than are asked for");
  for (const std::string& frame : *frames) demand(frame.size() < 4096, "a frame is short");
  demand(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10), "it ends in time");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = text_of(data, size);
  if (text.starts_with("\177ELF"))
    unwind_file(text);
  else
    read_table(text);
  return 0;
}
