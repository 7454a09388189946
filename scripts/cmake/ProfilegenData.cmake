# SPDX-License-Identifier: Apache-2.0

# profilegen_data(TARGET NAME=FILE …): a library with one `extern const std::string_view NAME` per data file, declared in
# profilegen_data.h. The binary needs no files beside it.
function(profilegen_data target)
  set(header "#pragma once\n#include <string_view>\nnamespace profilegen::data {\n")
  set(source "#include \"profilegen_data.h\"\nnamespace profilegen::data {\n")
  foreach(entry ${ARGN})
    string(REPLACE "=" ";" pair ${entry})
    list(GET pair 0 name)
    list(GET pair 1 file)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(APPEND header "extern const std::string_view ${name};\n")
    # GCC takes string literals of any length; adjacent ones are joined, so that no line is too long for a debugger.
    string(REPLACE "\n" "\n)__data__\"\nR\"__data__(" text "${text}")
    string(APPEND source "const std::string_view ${name} = R\"__data__(${text})__data__\";\n")
  endforeach()
  file(CONFIGURE OUTPUT profilegen_data.h CONTENT "${header}}\n" @ONLY)
  file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/profilegen_data.cpp CONTENT "${source}}\n")
  add_library(${target} STATIC ${CMAKE_CURRENT_BINARY_DIR}/profilegen_data.cpp)
  target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
