// SPDX-License-Identifier: Apache-2.0
#include "kernel/type_excerpt.h"

#include <bpf/btf.h>
#include <fcntl.h>

#include <catch2/catch.hpp>
#include <memory>

#include "profilegen/temporary_directory.h"
#include "profilegen/unique_fd.h"

using namespace profilegen;

namespace {

struct BtfDeleter {
  void operator()(btf* types) const { btf__free(types); }
};
using Types = std::unique_ptr<btf, BtfDeleter>;

/// struct task { int pid; struct { u32 status:3; } info; struct cred *cred; int table[4]; }, and others.
Types kernel() {
  Types types(btf__new_empty());
  btf* made = types.get();
  const int number = btf__add_int(made, "int", 4, BTF_INT_SIGNED);
  btf__add_struct(made, "unread", 4);
  const int cred = btf__add_struct(made, "cred", 8);
  const int pointer = btf__add_ptr(made, cred);
  const int table = btf__add_array(made, number, number, 4);
  const int info = btf__add_struct(made, nullptr, 4);
  btf__add_field(made, "status", number, 5, 3);
  const int renamed = btf__add_typedef(made, "info_t", btf__add_const(made, info));
  btf__add_struct(made, "task", 40);
  btf__add_field(made, "pid", number, 0, 0);
  btf__add_field(made, "info", renamed, 32, 0);
  btf__add_field(made, "cred", pointer, 64, 0);
  btf__add_field(made, "table", table, 128, 0);
  btf__add_enum(made, "subsystem", 4);
  btf__add_enum_value(made, "pids", 11);
  btf__add_func(made, "task", BTF_FUNC_STATIC, btf__add_func_proto(made, number));
  return types;
}

/// A program that reads `struct task___old` and an enum, and has a type of its own.
Types program() {
  Types types(btf__new_empty());
  btf__add_struct(types.get(), "task___old", 4);
  btf__add_enum(types.get(), "subsystem", 4);
  btf__add_struct(types.get(), "of_its_own", 4);
  return types;
}

Types excerpt() {
  const auto scratch = std::move(TemporaryDirectory::create()).value();
  const std::string path = scratch.path() + "/types";
  const UniqueFd file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  REQUIRE(write_type_excerpt(kernel().get(), program().get(), file.get()));
  Types read(btf__parse(path.c_str(), nullptr));
  REQUIRE(read);
  return read;
}

const btf_type* find(const Types& types, const char* name, __u32 kind) {
  const int id = btf__find_by_name_kind(types.get(), name, kind);
  return id < 0 ? nullptr : btf__type_by_id(types.get(), static_cast<__u32>(id));
}

}  // namespace

TEST_CASE("an excerpt has the types that a program reads, as they lie in the kernel") {
  const Types types = excerpt();
  const btf_type* task = find(types, "task", BTF_KIND_STRUCT);
  REQUIRE(task);
  CHECK(task->size == 40);
  REQUIRE(btf_vlen(task) == 4);
  CHECK(btf_member_bit_offset(task, 2) == 64);
  CHECK(std::string(btf__name_by_offset(types.get(), btf_members(task)[3].name_off)) == "table");

  const btf_type* table = btf__type_by_id(types.get(), btf_members(task)[3].type);
  REQUIRE(btf_is_array(table));
  CHECK(btf_array(table)->nelems == 4);

  const btf_type* renamed = btf__type_by_id(types.get(), btf_members(task)[1].type);
  REQUIRE(btf_is_typedef(renamed));
  const btf_type* info = btf__type_by_id(types.get(), renamed->type);
  REQUIRE(btf_is_struct(info));
  CHECK(btf_member_bit_offset(info, 0) == 5);
  CHECK(btf_member_bitfield_size(info, 0) == 3);

  const btf_type* subsystem = find(types, "subsystem", BTF_KIND_ENUM);
  REQUIRE(subsystem);
  CHECK(btf_enum(subsystem)[0].val == 11);
}

TEST_CASE("an excerpt has nothing that is not read") {
  const Types types = excerpt();
  CHECK_FALSE(find(types, "unread", BTF_KIND_STRUCT));
  CHECK_FALSE(find(types, "of_its_own", BTF_KIND_STRUCT));
  CHECK_FALSE(find(types, "task", BTF_KIND_FUNC));
  CHECK_FALSE(find(types, "cred", BTF_KIND_STRUCT));  // only pointed to
  const btf_type* task = find(types, "task", BTF_KIND_STRUCT);
  REQUIRE(task);
  CHECK(btf_is_ptr(btf__type_by_id(types.get(), btf_members(task)[2].type)));
}

TEST_CASE("an excerpt that can't be written is an error") {
  CHECK_FALSE(write_type_excerpt(kernel().get(), program().get(), -1));
}
