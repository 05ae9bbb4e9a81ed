# cmake --install: headers, libraries, `lamdb`, the bundled functions, and a package that
# find_package(loam) finds. A user links one target, loam::loam.
#
# The libraries are those behind loam_synth, loam_aws and loam_constructs, found by walking their
# dependencies, so that a new library needs no line here.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# Which Debian package file (for find_dependency) stands behind a target of somebody else. Header-only
# libraries are used by our sources alone and are not needed again.
set(LOAM_DEPENDENCY_yaml-cpp yaml-cpp)
set(LOAM_DEPENDENCY_yaml-cpp::yaml-cpp yaml-cpp)
set(LOAM_DEPENDENCY_re2::re2 re2)
set(LOAM_DEPENDENCY_ZLIB::ZLIB ZLIB)
set(LOAM_DEPENDENCY_Threads::Threads Threads)
set(LOAM_HEADER_ONLY nlohmann_json nlohmann_json::nlohmann_json CLI11::CLI11 Boost::headers Boost::boost)

# Appends our static libraries behind <target> to LOAM_LIBRARIES, a user before what it uses, and other
# people's libraries to LOAM_EXTERNAL.
function(loam_collect_libraries target)
  get_target_property(type ${target} TYPE)
  set(links "")
  foreach(property LINK_LIBRARIES INTERFACE_LINK_LIBRARIES)
    get_target_property(value ${target} ${property})
    if(value)
      list(APPEND links ${value})
    endif()
  endforeach()
  list(REMOVE_DUPLICATES links)
  foreach(link ${links})
    string(REGEX REPLACE "^\\$<LINK_ONLY:(.*)>$" "\\1" link "${link}")
    if(link MATCHES "^(\\$<|-W|::@)" OR link IN_LIST LOAM_HEADER_ONLY)
      continue()
    endif()
    set(own FALSE)
    if(TARGET ${link})
      get_target_property(original ${link} ALIASED_TARGET)
      if(original)
        set(link ${original})
      endif()
      get_target_property(imported ${link} IMPORTED)
      if(NOT imported)
        set(own TRUE)
      endif()
    endif()
    if(own)
      if(NOT link IN_LIST LOAM_LIBRARIES)
        loam_collect_libraries(${link})
      endif()
    elseif(NOT link IN_LIST LOAM_EXTERNAL)
      list(APPEND LOAM_EXTERNAL ${link})
    endif()
  endforeach()
  if(type STREQUAL "STATIC_LIBRARY" AND NOT target IN_LIST LOAM_LIBRARIES)
    list(PREPEND LOAM_LIBRARIES ${target})
  endif()
  set(LOAM_LIBRARIES ${LOAM_LIBRARIES} PARENT_SCOPE)
  set(LOAM_EXTERNAL ${LOAM_EXTERNAL} PARENT_SCOPE)
endfunction()

# Sets <variable> to the folders with public headers, written and generated, of the given libraries.
# The repository's root, from which private headers are included, is none.
function(loam_public_include_directories variable)
  set(includes "")
  foreach(library ${ARGN})
    get_target_property(directories ${library} INTERFACE_INCLUDE_DIRECTORIES)
    foreach(directory ${directories})
      string(REGEX REPLACE "^\\$<BUILD_INTERFACE:(.*)>$" "\\1" directory "${directory}")
      if(IS_ABSOLUTE "${directory}" AND NOT directory STREQUAL PROJECT_SOURCE_DIR)
        list(APPEND includes ${directory})
      endif()
    endforeach()
  endforeach()
  list(REMOVE_DUPLICATES includes)
  set(${variable} ${includes} PARENT_SCOPE)
endfunction()

# Installs everything that stack programs need; called once all targets exist.
function(loam_install)
  set(LOAM_LIBRARIES "")
  set(LOAM_EXTERNAL "")
  foreach(root loam_synth loam_aws loam_constructs)
    if(TARGET ${root})
      loam_collect_libraries(${root})
    endif()
  endforeach()

  set(LOAM_DEPENDENCIES "")
  foreach(external ${LOAM_EXTERNAL})
    if(DEFINED LOAM_DEPENDENCY_${external})
      list(APPEND LOAM_DEPENDENCIES ${LOAM_DEPENDENCY_${external}})
    elseif(external MATCHES "^/")
      # A library file of the system goes by its name, which the user's linker finds.
      string(REGEX REPLACE "^.*/" "-l:" name ${external})
      list(TRANSFORM LOAM_EXTERNAL REPLACE "^${external}$" ${name})
    elseif(TARGET ${external})
      message(FATAL_ERROR "cmake/install.cmake: add the package of ${external} to its table; an installed loam has to find it")
    endif()
  endforeach()
  list(REMOVE_DUPLICATES LOAM_DEPENDENCIES)

  set(LOAM_ARCHIVES "")
  foreach(library ${LOAM_LIBRARIES})
    list(APPEND LOAM_ARCHIVES $<TARGET_FILE_NAME:${library}>)
  endforeach()
  install(TARGETS ${LOAM_LIBRARIES} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  loam_public_include_directories(includes ${LOAM_LIBRARIES})
  foreach(include ${includes})
    install(DIRECTORY ${include}/loam DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
  endforeach()
  install(PROGRAMS $<TARGET_FILE:lamdb> DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(DIRECTORY ${LOAM_FUNCTIONS_DIRECTORY}/ DESTINATION lib/loam/functions
    USE_SOURCE_PERMISSIONS FILES_MATCHING PATTERN "bootstrap" PATTERN "bootstrap.zip")

  set(package ${CMAKE_INSTALL_LIBDIR}/cmake/loam)
  set(LOAM_INCLUDE_DIRECTORY ${CMAKE_INSTALL_INCLUDEDIR})
  set(LOAM_LIBRARY_DIRECTORY ${CMAKE_INSTALL_LIBDIR})
  configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/loamConfig.cmake.in
    ${PROJECT_BINARY_DIR}/package/loamConfig.cmake.in INSTALL_DESTINATION ${package}
    PATH_VARS LOAM_INCLUDE_DIRECTORY LOAM_LIBRARY_DIRECTORY)
  file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/package/loamConfig.cmake
    INPUT ${PROJECT_BINARY_DIR}/package/loamConfig.cmake.in)
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/package/loamConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/package/loamConfig.cmake
    ${PROJECT_BINARY_DIR}/package/loamConfigVersion.cmake DESTINATION ${package})
endfunction()

if(TARGET loam_synth AND TARGET lamdb AND NOT LOAM_SANITIZE)
  loam_install()
endif()
