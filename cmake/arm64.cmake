# The functions for arm64, beside those of the build machine:
# <build>/functions/arm64/<name>/bootstrap.
#
# Built when the cross compiler and the libraries are there (cmake/arm64_sysroot.sh); only in
# release builds, since nobody debugs them.
set(LOAM_ARM64_SYSROOT ${PROJECT_SOURCE_DIR}/build/arm64-sysroot CACHE PATH
  "Folder with the arm64 libraries, made by cmake/arm64_sysroot.sh")
option(LOAM_ARM64 "Build the functions for arm64 too, when the cross compiler is installed" ON)

find_program(LOAM_ARM64_COMPILER aarch64-linux-gnu-g++)
if(NOT LOAM_ARM64 OR CMAKE_CROSSCOMPILING OR NOT CMAKE_BUILD_TYPE STREQUAL "Release")
  return()
endif()
if(NOT LOAM_ARM64_COMPILER OR NOT EXISTS ${LOAM_ARM64_SYSROOT}/.complete)
  message(STATUS "functions for arm64: left out; install g++-aarch64-linux-gnu and run "
    "cmake/arm64_sysroot.sh ${LOAM_ARM64_SYSROOT}")
  return()
endif()
message(STATUS "functions for arm64: with ${LOAM_ARM64_COMPILER}")

include(ExternalProject)
ExternalProject_Add(loam_arm64
  SOURCE_DIR ${PROJECT_SOURCE_DIR}
  BINARY_DIR ${PROJECT_BINARY_DIR}/arm64
  CMAKE_ARGS
    -DCMAKE_TOOLCHAIN_FILE=${PROJECT_SOURCE_DIR}/cmake/arm64-toolchain.cmake
    -DCMAKE_BUILD_TYPE=Release
    -DLOAM_ARM64_SYSROOT=${LOAM_ARM64_SYSROOT}
    -DLOAM_BUILD_AUTHORING=OFF
    -DLOAM_BUILD_TESTS=OFF
    -DLOAM_WERROR=${LOAM_WERROR}
  BUILD_COMMAND ${CMAKE_COMMAND} --build <BINARY_DIR> --target loam_functions
  BUILD_ALWAYS ON
  INSTALL_COMMAND ${CMAKE_COMMAND} -E copy_directory
    <BINARY_DIR>/functions ${LOAM_FUNCTIONS_DIRECTORY}/arm64)
