// SPDX-License-Identifier: Apache-2.0
// The names of enumerators in traces, in the order of the enumerators.
#pragma once

#include <span>
#include <string_view>

#include "profilegen/trace.h"

namespace profilegen {

template <typename Enum>
std::span<const std::string_view> enum_names();

template <>
std::span<const std::string_view> enum_names<Arch>();
template <>
std::span<const std::string_view> enum_names<Phase>();
template <>
std::span<const std::string_view> enum_names<CapVerdict>();
template <>
std::span<const std::string_view> enum_names<FileOp>();
template <>
std::span<const std::string_view> enum_names<SocketUse>();
template <>
std::span<const std::string_view> enum_names<Behaviour>();
template <>
std::span<const std::string_view> enum_names<Mark>();

/// The possible values of Mount::origin.
std::span<const std::string_view> mount_origins();

}  // namespace profilegen
