# Every target of loam compiles with these, on both compilers.
add_library(loam_warnings INTERFACE)
target_compile_options(loam_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
  -Wmissing-field-initializers -Wswitch)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  target_compile_options(loam_warnings INTERFACE -Werror=reorder-init-list)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 reports `"[" + std::string` as overlapping copies when optimizing (GCC bug 105651).
  target_compile_options(loam_warnings INTERFACE -Wno-restrict)
endif()
if(LOAM_WERROR)
  target_compile_options(loam_warnings INTERFACE -Werror)
endif()
