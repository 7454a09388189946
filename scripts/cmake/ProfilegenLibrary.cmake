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

# profilegen_library(NAME SOURCES a.cpp … LINKS profilegen_x …): the static library of one src/ folder. LINKS are
# public, and determine which folders it may include from.
function(profilegen_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/include PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  profilegen_warnings(${name})
endfunction()
