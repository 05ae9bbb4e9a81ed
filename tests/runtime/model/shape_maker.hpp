#pragma once

#include "tests/runtime/model/random.hpp"
#include "tests/runtime/model/shape.hpp"

namespace loam::modeltest {

/// A schema of two to four models with relations of all kinds.
Shape makeShape(Random& random);

}  // namespace loam::modeltest
