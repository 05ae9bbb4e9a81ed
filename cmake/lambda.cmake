# loam_lambda(<name> <source>... LINK <target>...)
#
# A function package: build/<preset>/functions/<name>/bootstrap, fully static so that it starts on
# Amazon Linux 2023 (a dynamic Debian 12 binary needs a newer glibc than that system has).
# The sanitizers cannot be linked statically, so their builds are dynamic and never packed.
function(loam_lambda name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  set(target loam_function_${name})
  add_executable(${target} ${ARG_UNPARSED_ARGUMENTS})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE loam_warnings ${ARG_LINK})
  loam_link_statically(${target})
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME bootstrap
    RUNTIME_OUTPUT_DIRECTORY ${LOAM_FUNCTIONS_DIRECTORY}/${name})
  set_property(GLOBAL APPEND PROPERTY LOAM_FUNCTION_TARGETS ${target})
endfunction()

# Links <target> fully static and small; does nothing in a sanitizer build.
function(loam_link_statically target)
  if(NOT LOAM_SANITIZE)
    target_link_options(${target} PRIVATE -static -Wl,--gc-sections $<$<CONFIG:Release>:-s>)
  endif()
endfunction()
