// SPDX-License-Identifier: Apache-2.0
// Why a container did not start, as far as the engine's own message tells.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace profilegen {

struct StartFailure {
  enum class Kind : uint8_t {
    definite,      ///< no filter can cause it
    capabilities,  ///< the engine lacks a capability, unless the filter refuses the calls that set them
    refused,       ///< a filter may have caused it
  };
  Kind kind = Kind::refused;
  std::string cause;  ///< one clause
  std::string hint;   ///< may be empty
};

/// `messages` is what the engine's client wrote to its standard error. nullopt: nothing in it is known.
std::optional<StartFailure> explain_start_failure(std::string_view messages);

/// The runtime that the messages name: "runc", "crun", …; empty if they name none.
std::string runtime_in_messages(std::string_view messages);

}  // namespace profilegen
