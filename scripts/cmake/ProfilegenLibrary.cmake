# SPDX-License-Identifier: Apache-2.0

# Compiler options for all of our own code.
function(profilegen_warnings target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-align -Woverloaded-virtual -Wconversion
    -Wdouble-promotion -Wformat=2 -Wimplicit-fallthrough $<$<BOOL:${PROFILEGEN_WERROR}>:-Werror>
    # GCC 13 and 14 warn falsely of a dangling reference when a function returns, by value, an object that refers to a
    # lasting one.
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_GREATER_EQUAL:$<CXX_COMPILER_VERSION>,13>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,15>>:-Wno-dangling-reference>
    # GCC 12 warns falsely of overlapping copies in plain additions of std::string (GCC bug 105651).
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)
endfunction()

# What most files include, parsed once. A file still includes what it uses: it must compile without this, too (clang-tidy
# reads no precompiled header of GCC).
set(PROFILEGEN_PRECOMPILED <algorithm> <array> <cerrno> <charconv> <chrono> <cstdint> <cstring> <filesystem> <functional>
  <map> <memory> <optional> <set> <span> <sstream> <string> <string_view> <utility> <variant> <vector> <fmt/format.h>)

# profilegen_precompiled(TARGET OWNER HEADER...): TARGET uses the precompiled HEADERs of OWNER, which may be itself.
function(profilegen_precompiled target owner)
  if(target STREQUAL owner)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
  # What decides about the text of fmt's header must be the same in all of them.
  target_compile_definitions(${target} PRIVATE $<TARGET_PROPERTY:fmt::fmt,INTERFACE_COMPILE_DEFINITIONS>)
  # ccache needs it to know a precompiled header (its manual, "Precompiled headers").
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
  # To GCC a precompiled header is no system header any more, so its false warnings about std::string come through.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds$<SEMICOLON>-Wno-stringop-overflow>)
endfunction()

# profilegen_library(NAME SOURCES a.cpp … LINKS profilegen_x …): the static library of one src/ folder. LINKS are
# public, and determine which folders it may include from.
function(profilegen_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/include PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  profilegen_warnings(${name})
  profilegen_precompiled(${name} profilegen_io ${PROFILEGEN_PRECOMPILED})
endfunction()
