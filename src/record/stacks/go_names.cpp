// SPDX-License-Identifier: Apache-2.0
#include "stacks/go_names.h"

#include <gelf.h>

#include <algorithm>
#include <cstring>

namespace profilegen {
namespace {

// The first word of the table tells its form (src/internal/abi/symtab.go).
constexpr uint32_t kGo116 = 0xfffffffa;
constexpr uint32_t kGo118 = 0xfffffff0;
constexpr uint32_t kGo120 = 0xfffffff1;
constexpr size_t kWordAt = 7;     // the size of a pointer
constexpr size_t kHeader = 8;     // pointer-sized numbers begin here
constexpr size_t kLongest = 256;  // of a name for people

template <typename Number>
Number number_at(std::string_view bytes, uint64_t at) {
  Number number = 0;
  if (at <= bytes.size() && bytes.size() - at >= sizeof number) std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

uint64_t number_at(std::string_view bytes, uint64_t at, size_t size) {
  return size == sizeof(uint64_t) ? number_at<uint64_t>(bytes, at) : number_at<uint32_t>(bytes, at);
}

std::string_view from(std::string_view bytes, uint64_t at) {
  return bytes.substr(std::min<uint64_t>(at, bytes.size()));
}

struct Section {
  GElf_Shdr header{};
  std::string_view bytes;
};

std::optional<Section> section(Elf* elf, std::string_view end_of_name) {
  size_t names = 0;
  if (elf_getshdrstrndx(elf, &names) != 0) return std::nullopt;
  for (Elf_Scn* scn = nullptr; (scn = elf_nextscn(elf, scn)) != nullptr;) {
    Section found;
    if (gelf_getshdr(scn, &found.header) == nullptr) continue;
    const char* name = elf_strptr(elf, names, found.header.sh_name);
    if (name == nullptr || !std::string_view(name).ends_with(end_of_name)) continue;
    const Elf_Data* data = found.header.sh_type == SHT_NOBITS ? nullptr : elf_rawdata(scn, nullptr);
    if (data != nullptr) found.bytes = {static_cast<const char*>(data->d_buf), data->d_size};
    return found;
  }
  return std::nullopt;
}

// The address that the loader puts at this place of a program that can lie anywhere (PIE); 0 if it puts none.
uint64_t relocated(Elf* elf, uint64_t place) {
  for (Elf_Scn* scn = nullptr; (scn = elf_nextscn(elf, scn)) != nullptr;) {
    GElf_Shdr header;
    if (gelf_getshdr(scn, &header) == nullptr || header.sh_type != SHT_RELA || header.sh_entsize == 0) continue;
    Elf_Data* data = elf_getdata(scn, nullptr);
    GElf_Rela entry;
    for (int i = 0; data != nullptr && gelf_getrela(data, i, &entry) != nullptr; ++i)
      if (entry.r_offset == place) return static_cast<uint64_t>(entry.r_addend);
  }
  return 0;
}

bool says_text(std::string_view table) { return number_at<uint32_t>(table, 0) != kGo116; }

// Where the program's own code begins. Without C code that is the section's beginning: then the program is entered in
// Go's own start.
std::optional<GoNames> names_of(Elf* elf) {
  const auto table = section(elf, ".gopclntab");
  if (!table) return std::nullopt;
  const size_t word = number_at<uint8_t>(table->bytes, kWordAt);
  const uint64_t text_at = kHeader + 2 * word;
  if (!says_text(table->bytes) || number_at(table->bytes, text_at, word) != 0) return GoNames::parse(table->bytes, 0);
  if (const uint64_t text = relocated(elf, table->header.sh_addr + text_at)) return GoNames::parse(table->bytes, text);
  const auto code = section(elf, ".text");
  GElf_Ehdr header;
  if (!code || gelf_getehdr(elf, &header) == nullptr) return std::nullopt;
  auto names = GoNames::parse(table->bytes, code->header.sh_addr);
  const auto start = names ? names->at(header.e_entry) : std::nullopt;
  return start && start->name.starts_with("_rt0_") ? names : std::nullopt;
}

}  // namespace

std::optional<GoNames> GoNames::parse(std::string_view table, uint64_t text) {
  GoNames names;
  const auto form = number_at<uint32_t>(table, 0);
  const size_t word = number_at<uint8_t>(table, kWordAt);
  if ((form != kGo116 && form != kGo118 && form != kGo120) || (word != 4 && word != 8)) return std::nullopt;
  const auto header = [&](size_t place) { return number_at(table, kHeader + place * word, word); };
  const size_t more = form == kGo116 ? 0 : 1;
  names.table_ = table;
  names.count_ = header(0);
  if (more == 1) names.text_ = header(2) != 0 ? header(2) : text;
  names.names_ = from(table, header(2 + more));
  names.functions_ = from(table, header(6 + more));
  names.word_ = more == 0 ? word : sizeof(uint32_t);
  names.name_at_ = names.word_;  // a description begins with the function's own address
  if (names.count_ == 0 || names.functions_.size() / (2 * names.word_) < names.count_) return std::nullopt;
  return names;
}

uint64_t GoNames::entry(uint64_t place) const { return text_ + number_at(functions_, place * 2 * word_, word_); }

std::string GoNames::name(uint64_t function) const {
  const uint64_t description = number_at(functions_, function * 2 * word_ + word_, word_);
  const std::string_view text = from(names_, number_at<uint32_t>(functions_, description + name_at_));
  const std::string_view whole = text.substr(0, std::min(text.find('\0'), kLongest));
  const bool plain = std::ranges::all_of(whole, [](char letter) { return letter > ' ' && letter != 0x7f; });
  return plain ? std::string(whole) : "";
}

std::optional<GoFunction> GoNames::at(uint64_t address) const {
  uint64_t low = 0;
  uint64_t high = count_;  // the first function that begins behind the address is in [low, high]
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    if (entry(middle) <= address)
      low = middle + 1;
    else
      high = middle;
  }
  // Behind the last function stands where the code ends.
  if (low == 0 || (low == count_ && address >= entry(count_))) return std::nullopt;
  GoFunction function{name(low - 1), entry(low - 1)};
  return function.name.empty() ? std::nullopt : std::optional(std::move(function));
}

std::optional<GoFunction> go_function(Elf* elf, uint64_t address) {
  const auto names = names_of(elf);
  return names ? names->at(address) : std::nullopt;
}

}  // namespace profilegen
