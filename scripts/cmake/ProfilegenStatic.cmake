# SPDX-License-Identifier: Apache-2.0
# The packaged program needs no shared library, so that it runs on any Linux of the architecture: distributions ship
# different versions of libbpf, fmt and yaml-cpp. It is linked from the same objects as the program that is tested.

add_library(profilegen_fmt_archive STATIC EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/fmt_archive.cpp)
target_link_libraries(profilegen_fmt_archive PRIVATE fmt::fmt-header-only)
target_compile_options(profilegen_fmt_archive PRIVATE -O1 -fkeep-inline-functions)
add_library(profilegen_libeu_archive STATIC EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/libeu_archive.cpp)

# profilegen_either(ARCHIVES SHARED OUT): sets OUT to ARCHIVES for statically linked targets, to SHARED for others.
function(profilegen_either archives shared out)
  set(${out} "$<IF:$<BOOL:$<TARGET_PROPERTY:PROFILEGEN_STATIC>>,${archives},${shared}>" PARENT_SCOPE)
endfunction()

add_library(profilegen_fmt INTERFACE)
profilegen_either(profilegen_fmt_archive fmt::fmt either)
target_link_libraries(profilegen_fmt INTERFACE ${either})
# pkg-config lists the libraries that an archive needs as private, except for libeu.
foreach(library bpf dw seccomp yaml)
  get_property(shared TARGET PkgConfig::${library} PROPERTY INTERFACE_LINK_LIBRARIES)
  profilegen_either("${${library}_STATIC_LIBRARIES};profilegen_libeu_archive" "${shared}" either)
  set_property(TARGET PkgConfig::${library} PROPERTY INTERFACE_LINK_LIBRARIES "${either}")
endforeach()

# profilegen_static(NAME OBJECTS): makes NAME_static, which is built for packages only and is called NAME there.
function(profilegen_static name objects)
  add_executable(${name}_static EXCLUDE_FROM_ALL)
  set_property(TARGET ${name}_static PROPERTY PROFILEGEN_STATIC ON)
  target_link_options(${name}_static PRIVATE -static-pie)
  target_link_libraries(${name}_static PRIVATE ${objects})
  install(PROGRAMS $<TARGET_FILE:${name}_static> RENAME ${name} TYPE BIN COMPONENT package EXCLUDE_FROM_ALL)
endfunction()
