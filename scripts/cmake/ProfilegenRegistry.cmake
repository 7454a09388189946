# SPDX-License-Identifier: Apache-2.0

# profilegen_registry_names(DEF MACRO OUT): sets OUT to the first argument of each MACRO(…) line of the .def file.
function(profilegen_registry_names def macro out)
  set(path ${PROJECT_SOURCE_DIR}/${def})
  set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
  file(READ ${path} text)
  # Matches only up to the name: brackets and semicolons in the rest of a line would change how CMake splits the list.
  string(REGEX MATCHALL "\n${macro}\\([a-z0-9_]+" lines "\n${text}")
  list(TRANSFORM lines REPLACE "\n${macro}\\(" "" OUTPUT_VARIABLE names)
  set(${out} ${names} PARENT_SCOPE)
endfunction()

# profilegen_check_registry(DEF MACRO FOLDER SUFFIX): fails the configuration if a line has no file or a file has no
# line. Each file directly in FOLDER is one registered item; code that several of them share goes into a subfolder.
function(profilegen_check_registry def macro folder suffix)
  profilegen_registry_names(${def} ${macro} names)
  if(NOT names)
    message(FATAL_ERROR "${def}: no ${macro}() line found")
  endif()
  foreach(name IN LISTS names)
    if(NOT EXISTS ${PROJECT_SOURCE_DIR}/${folder}/${name}${suffix})
      message(FATAL_ERROR "${def}: ${macro}(${name}) has no file ${folder}/${name}${suffix}")
    endif()
  endforeach()
  file(GLOB files CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/${folder} ${PROJECT_SOURCE_DIR}/${folder}/*${suffix})
  foreach(file IN LISTS files)
    string(REPLACE "${suffix}" "" name ${file})
    if(NOT name IN_LIST names)
      message(FATAL_ERROR "${folder}/${file} has no ${macro}(${name}) line in ${def}")
    endif()
  endforeach()
endfunction()
