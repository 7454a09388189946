// SPDX-License-Identifier: Apache-2.0
// Unwinds with libdw, from a copy of the stack and a list of the mapped files: the process itself continues meanwhile,
// or has ended.
#include "stacks/user_stack.h"

#include <cxxabi.h>
#include <elfutils/libdwfl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <memory>
#include <sstream>

#include "profilegen/terminal_text.h"
#include "stacks/go_names.h"

namespace profilegen {
namespace {

constexpr size_t kMostFrames = 16;
constexpr size_t kMostName = 1000;  // bytes; a file can have a name as long as itself

#if defined(__x86_64__)
constexpr unsigned kRegisters = 17;
#elif defined(__aarch64__)
constexpr unsigned kRegisters = 32;
#endif
static_assert(kRegisters <= PG_STACK_REGISTERS);

// All files are reported beforehand, so libdw must not look for others.
int find_no_file(Dwfl_Module*, void**, const char*, Dwarf_Addr, char**, Elf**) { return -1; }
int find_no_debuginfo(Dwfl_Module*, void**, const char*, Dwarf_Addr, const char*, const char*, GElf_Word, char**) {
  return -1;
}

const Dwfl_Callbacks* callbacks() {
  static const Dwfl_Callbacks table = [] {
    Dwfl_Callbacks made{};
    made.find_elf = find_no_file;
    made.find_debuginfo = find_no_debuginfo;
    made.section_address = dwfl_offline_section_address;
    return made;
  }();
  return &table;
}

/// The files that contain code, with the lowest address at which each is mapped.
std::map<std::string, uint64_t> mapped_files(const std::string& maps) {
  std::map<std::string, uint64_t> begins;
  std::map<std::string, uint64_t> with_code;
  std::istringstream lines(maps);
  for (std::string line; std::getline(lines, line);) {
    const size_t at = line.find('/');
    const size_t mode = line.find(' ');
    if (at == std::string::npos || mode == std::string::npos) continue;
    const std::string path = line.substr(at);
    const uint64_t begin = begins.try_emplace(path, std::strtoull(line.c_str(), nullptr, 16)).first->second;
    if (line.compare(mode + 3, 1, "x") == 0) with_code.emplace(path, begin);
  }
  return with_code;
}

bool first_thread(Dwfl*, pid_t, void* event, void** thread) {
  *thread = event;
  return true;
}

pid_t next_thread(Dwfl*, void* event, void** thread) {
  if (*thread != nullptr) return 0;
  *thread = event;
  return static_cast<pid_t>(static_cast<const pg_stack_event*>(event)->first.tid);
}

bool read_word(Dwfl*, Dwarf_Addr address, Dwarf_Word* word, void* argument) {
  const auto& event = *static_cast<const pg_stack_event*>(argument);
  if (address < event.stack_pointer) return false;
  const uint64_t at = address - event.stack_pointer;
  if (at > event.size || event.size - at < sizeof *word) return false;
  std::memcpy(word, &event.stack[at], sizeof *word);
  return true;
}

bool set_registers(Dwfl_Thread* thread, void* argument) {
  const auto& event = *static_cast<const pg_stack_event*>(argument);
  std::array<Dwarf_Word, kRegisters> words{};
  std::copy_n(std::begin(event.registers), kRegisters, words.begin());
  dwfl_thread_state_register_pc(thread, event.program_counter);
  return dwfl_thread_state_registers(thread, 0, kRegisters, words.data());
}

const Dwfl_Thread_Callbacks* thread_callbacks() {
  static const Dwfl_Thread_Callbacks table = [] {
    Dwfl_Thread_Callbacks made{};
    made.next_thread = next_thread;
    made.get_thread = first_thread;
    made.memory_read = read_word;
    made.set_initial_registers = set_registers;
    return made;
  }();
  return &table;
}

std::string readable(const char* symbol) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> plain(abi::__cxa_demangle(symbol, nullptr, nullptr, &status), std::free);
  return status == 0 ? plain.get() : symbol;
}

std::string hex(uint64_t number) {
  std::ostringstream text;
  text << "0x" << std::hex << number;
  return text.str();
}

// Of a program in Go; "" of any other one. `in_call`: an address within the instruction that `address` stands behind.
std::string go_label(Dwfl_Module* module, Dwarf_Addr address, Dwarf_Addr in_call, const char* file) {
  GElf_Addr bias = 0;
  Elf* elf = dwfl_module_getelf(module, &bias);
  const auto function = elf == nullptr ? std::nullopt : go_function(elf, in_call - bias);
  if (!function) return "";
  return std::string(cut_text(function->name, kMostName)) + "+" + hex(address - bias - function->begin) + " (" + file +
         ")";
}

// A return address points behind the call, which may be the last instruction of its function. So 1 is subtracted.
std::string label(Dwfl_Module* module, Dwarf_Addr address, bool is_return) {
  GElf_Off offset = 0;
  GElf_Sym symbol;
  Dwarf_Addr begin = 0;
  const char* file = dwfl_module_info(module, nullptr, &begin, nullptr, nullptr, nullptr, nullptr, nullptr);
  const Dwarf_Addr in_call = address - (is_return ? 1 : 0);
  const char* name = dwfl_module_addrinfo(module, in_call, &offset, &symbol, nullptr, nullptr, nullptr);
  if (name == nullptr) {
    const std::string go = go_label(module, address, in_call, file);
    return go.empty() ? std::string(file) + "+" + hex(address - begin) : go;
  }
  return std::string(cut_text(readable(name), kMostName)) + "+" + hex(offset + (is_return ? 1 : 0)) + " (" + file + ")";
}

int add_frame(Dwfl_Frame* frame, void* argument) {
  auto& frames = *static_cast<std::vector<std::string>*>(argument);
  Dwarf_Addr address = 0;
  bool is_activation = false;
  if (!dwfl_frame_pc(frame, &address, &is_activation)) return DWARF_CB_ABORT;
  const bool is_return = !is_activation && !frames.empty();
  Dwfl_Module* module = dwfl_addrmodule(dwfl_thread_dwfl(dwfl_frame_thread(frame)), address - (is_return ? 1 : 0));
  if (module == nullptr) return DWARF_CB_ABORT;
  frames.push_back(label(module, address, is_return));
  return frames.size() < kMostFrames ? DWARF_CB_OK : DWARF_CB_ABORT;
}

}  // namespace

std::vector<MappedFile> open_mapped_files(const std::string& maps, const PathResolver& container) {
  std::vector<MappedFile> files;
  for (const auto& [path, begin] : mapped_files(maps))
    if (auto file = container.read(path, [](UniqueFd opened) { return opened; }))
      files.push_back({path, begin, std::move(*file)});
  return files;
}

std::vector<std::string> unwind(const pg_stack_event& event, std::vector<MappedFile>&& files) {
  const std::unique_ptr<Dwfl, void (*)(Dwfl*)> process(dwfl_begin(callbacks()), dwfl_end);
  std::vector<std::string> frames;
  if (!process) return frames;
  dwfl_report_begin(process.get());
  for (auto& [path, begin, file] : files)
    if (dwfl_report_elf(process.get(), path.c_str(), path.c_str(), file.get(), begin, false) != nullptr)
      file.release();  // libdw closes it with the session
  dwfl_report_end(process.get(), nullptr, nullptr);
  pg_stack_event copy = event;
  if (!dwfl_attach_state(process.get(), nullptr, static_cast<pid_t>(event.first.tid), thread_callbacks(), &copy))
    return frames;
  dwfl_getthread_frames(process.get(), static_cast<pid_t>(event.first.tid), add_frame, &frames);
  return frames;
}

}  // namespace profilegen
