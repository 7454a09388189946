// SPDX-License-Identifier: Apache-2.0
// The members of Subject by their names in JSON. Writing and reading use the same list, so they can't differ.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "profilegen/trace.h"

namespace profilegen {

inline constexpr std::array kSubjectTexts = {
    std::pair{std::string_view("engine"), &Subject::engine},
    std::pair{std::string_view("engine_version"), &Subject::engine_version},
    std::pair{std::string_view("container_id"), &Subject::container_id},
    std::pair{std::string_view("container_name"), &Subject::container_name},
    std::pair{std::string_view("image"), &Subject::image},
    std::pair{std::string_view("image_digest"), &Subject::image_digest},
    std::pair{std::string_view("user"), &Subject::user},
    std::pair{std::string_view("runtime"), &Subject::runtime},
    std::pair{std::string_view("runtime_version"), &Subject::runtime_version},
};

inline constexpr std::array kSubjectFlags = {
    std::pair{std::string_view("no_new_privileges"), &Subject::no_new_privileges},
    std::pair{std::string_view("read_only_root"), &Subject::read_only_root},
    std::pair{std::string_view("own_network"), &Subject::own_network},
    std::pair{std::string_view("seccomp_confined"), &Subject::seccomp_confined},
};

}  // namespace profilegen
