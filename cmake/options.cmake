# What the build makes and where it puts it.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(LOAM_FUNCTIONS_DIRECTORY ${PROJECT_BINARY_DIR}/functions)

option(LOAM_BUILD_AUTHORING "Build the constructs, templates, generator and examples" ON)
option(LOAM_BUILD_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(LOAM_WERROR "Treat warnings as errors" ${PROJECT_IS_TOP_LEVEL})
option(LOAM_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)

find_program(LOAM_CCACHE ccache)
if(LOAM_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${LOAM_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${LOAM_CCACHE})
endif()
find_program(LOAM_MOLD mold)
if(LOAM_MOLD AND NOT CMAKE_CROSSCOMPILING)
  add_link_options(-fuse-ld=mold)
endif()

if(LOAM_SANITIZE)
  # Reports name lines, which takes less than the whole debug information.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=address,undefined)
endif()

# Asserts stay on in every build type: a broken invariant must not write a template or a row.
foreach(type RELEASE RELWITHDEBINFO MINSIZEREL)
  string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_${type} "${CMAKE_CXX_FLAGS_${type}}")
endforeach()
