// The one translation unit that compiles the test framework.
// NOLINTNEXTLINE(readability-identifier-naming): the name is Catch2's.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
