# SPDX-License-Identifier: Apache-2.0

# profilegen_data(TARGET NAME=FILE …): a library with the text of data files, so that the program needs no files beside
# it. TARGET.h declares one `extern const std::string_view NAME` per file, which is empty where there is no such file. For
# NAME=PATTERN, where PATTERN has a `*`, it is an array of them.
function(profilegen_data target)
  set(header "#pragma once\n#include <array>\n#include <string_view>\nnamespace profilegen::data {\n")
  set(source "#include \"${target}.h\"\nnamespace profilegen::data {\n")
  foreach(entry ${ARGN})
    string(REPLACE "=" ";" pair ${entry})
    list(GET pair 0 name)
    list(GET pair 1 pattern)
    file(GLOB files CONFIGURE_DEPENDS ${pattern})
    set(texts)
    foreach(file ${files})
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
      file(READ ${file} text)
      # GCC accepts string literals of any length. One adjacent literal per line keeps lines short enough for debuggers.
      string(REPLACE "\n" "\n)__data__\"\nR\"__data__(" text "${text}")
      string(APPEND texts "R\"__data__(${text})__data__\",\n")
    endforeach()
    set(type "std::string_view")
    if(pattern MATCHES "[*]")
      list(LENGTH files count)
      set(type "std::array<std::string_view, ${count}>")
    endif()
    string(APPEND header "extern const ${type} ${name};\n")
    string(APPEND source "const ${type} ${name} = {${texts}};\n")
  endforeach()
  file(CONFIGURE OUTPUT ${target}.h CONTENT "${header}}\n" @ONLY)
  file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp CONTENT "${source}}\n")
  add_library(${target} STATIC ${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp)
  target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
