// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "profilegen/explain.h"

namespace profilegen {

std::string seconds_text(uint64_t ns);                        ///< "0.812 s"
std::string runs_text(const Item& item, const Trace& trace);  ///< "3 of 40 runs"
std::string first_text(const First& first);                   ///< "first at 0.812 s by sh (pid 71, thread 72)"
std::string chain_text(const Item& item);                     ///< ", at a<b"; empty without a chain

}  // namespace profilegen
