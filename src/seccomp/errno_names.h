// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace profilegen::seccomp {

/// The errno that containers-common, the library of Podman and CRI-O, takes "errno": "EXDEV" or "errno": "18" for.
/// nullopt: it refuses the text. It knows fewer names than the kernel, EINTR for one.
std::optional<uint32_t> errno_of_text(const std::string& text);

}  // namespace profilegen::seccomp
