// SPDX-License-Identifier: Apache-2.0
#include "kernel/type_excerpt.h"

#include <bpf/btf.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace profilegen {
namespace {

struct BtfDeleter {
  void operator()(btf* types) const { btf__free(types); }
};

bool can_be_read(const btf_type* type) {
  return btf_is_composite(type) || btf_is_any_enum(type) || btf_is_typedef(type);
}

// "mnt_namespace___old" is another version of the declaration of mnt_namespace.
std::string_view without_flavour(std::string_view name) { return name.substr(0, name.find("___")); }

std::unordered_set<std::string_view> names_read(const btf* program) {
  std::unordered_set<std::string_view> names;
  for (__u32 id = 1; id < btf__type_cnt(program); ++id) {
    const btf_type* type = btf__type_by_id(program, id);
    if (can_be_read(type)) names.insert(without_flavour(btf__name_by_offset(program, type->name_off)));
  }
  names.erase("");
  return names;
}

class Excerpt {
 public:
  explicit Excerpt(const btf* kernel) : kernel_(kernel), copies_(btf__type_cnt(kernel)), made_(btf__new_empty()) {}

  // Copies the type and returns its id in the excerpt; 0 is void.
  int copy(__u32 id) {
    if (id == 0 || id >= copies_.size()) return 0;
    if (copies_[id] == 0) copies_[id] = make(btf__type_by_id(kernel_, id));
    if (copies_[id] < 0) failed_ = true;
    return copies_[id];
  }

  [[nodiscard]] bool failed() const { return failed_ || !made_; }

  [[nodiscard]] std::string_view bytes() const {
    __u32 size = 0;
    const void* data = btf__raw_data(made_.get(), &size);
    return {static_cast<const char*>(data), data ? size : 0};
  }

 private:
  [[nodiscard]] const char* name(__u32 offset) const { return btf__name_by_offset(kernel_, offset); }

  int make(const btf_type* type) {
    switch (btf_kind(type)) {
      case BTF_KIND_INT:
        return btf__add_int(made_.get(), name(type->name_off), type->size, btf_int_encoding(type));
      case BTF_KIND_FLOAT:
        return btf__add_float(made_.get(), name(type->name_off), type->size);
      case BTF_KIND_PTR:
        return pointer();
      case BTF_KIND_ARRAY:
        return array(*btf_array(type));
      case BTF_KIND_STRUCT:
      case BTF_KIND_UNION:
        return composite(type);
      case BTF_KIND_ENUM:
        return enumeration(type);
      case BTF_KIND_ENUM64:
        return enumeration64(type);
      case BTF_KIND_TYPEDEF:
        return btf__add_typedef(made_.get(), name(type->name_off), copy(type->type));
      case BTF_KIND_FWD:
        return btf__add_fwd(made_.get(), name(type->name_off), btf_kflag(type) ? BTF_FWD_UNION : BTF_FWD_STRUCT);
      default:  // const, volatile and the like: takes the type that they modify
        return copy(type->type);
    }
  }

  int pointer() {
    if (pointer_ == 0) pointer_ = btf__add_ptr(made_.get(), 0);
    return pointer_;
  }

  int array(const struct btf_array& array) {
    const int index = copy(array.index_type);
    return btf__add_array(made_.get(), index, copy(array.type), array.nelems);
  }

  int composite(const btf_type* type) {
    std::vector<int> members;
    const btf_member* member = btf_members(type);
    for (__u32 i = 0; i < btf_vlen(type); ++i) members.push_back(copy(member[i].type));
    const int made = btf_is_union(type) ? btf__add_union(made_.get(), name(type->name_off), type->size)
                                        : btf__add_struct(made_.get(), name(type->name_off), type->size);
    for (__u32 i = 0; i < btf_vlen(type) && made > 0; ++i)
      if (btf__add_field(made_.get(), name(member[i].name_off), members[i], btf_member_bit_offset(type, i),
                         btf_member_bitfield_size(type, i)) != 0)
        failed_ = true;
    return made;
  }

  int enumeration(const btf_type* type) {
    const int made = btf__add_enum(made_.get(), name(type->name_off), type->size);
    const auto* values = btf_enum(type);
    for (__u32 i = 0; i < btf_vlen(type) && made > 0; ++i)
      if (btf__add_enum_value(made_.get(), name(values[i].name_off), values[i].val) != 0) failed_ = true;
    return made;
  }

  int enumeration64(const btf_type* type) {
    const int made = btf__add_enum64(made_.get(), name(type->name_off), type->size, btf_kflag(type));
    const auto* values = btf_enum64(type);
    for (__u32 i = 0; i < btf_vlen(type) && made > 0; ++i)
      if (btf__add_enum64_value(made_.get(), name(values[i].name_off), btf_enum64_value(&values[i])) != 0)
        failed_ = true;
    return made;
  }

  const btf* kernel_;
  std::vector<int> copies_;  // by the kernel's id; 0 if not copied yet
  std::unique_ptr<btf, BtfDeleter> made_;
  int pointer_ = 0;  // the one type that stands for all pointers
  bool failed_ = false;
};

}  // namespace

Status write_type_excerpt(const btf* kernel, const btf* program, int file) {
  const auto names = names_read(program);
  Excerpt excerpt(kernel);
  for (__u32 id = 1; id < btf__type_cnt(kernel) && !excerpt.failed(); ++id) {
    const btf_type* type = btf__type_by_id(kernel, id);
    if (can_be_read(type) && names.contains(without_flavour(btf__name_by_offset(kernel, type->name_off))))
      excerpt.copy(id);
  }
  const std::string_view bytes = excerpt.bytes();
  if (excerpt.failed() || bytes.empty()) return Error{"the kernel's types", "can't be copied", "", ENOMEM};
  if (write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
    return Error{"the kernel's types", "can't be written", "", errno};
  return Done{};
}

}  // namespace profilegen
