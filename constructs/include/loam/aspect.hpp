#pragma once

#include <loam/construct.hpp>

#include <functional>

namespace loam {

/// A visitor of constructs, for example one that checks or changes every bucket.
using Aspect = std::function<void(Construct&)>;

/// Calls the visitor for `scope` and every construct below it when the app is assembled. Lower
/// priorities run first; with equal priority the outer construct's aspects, then the earlier added.
/// Constructs that an aspect adds are visited too, by the aspects that come after it.
void addAspect(Construct& scope, Aspect aspect, int priority = 500);

}  // namespace loam
