#pragma once

// Parts of messages that several checks share.

#include <loam/findings.hpp>
#include <loam/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace loam {

/// What was given, on one line and shortened: `"t3.huge"`, `a list of 3`, `Ref of [Orders/Table]`.
std::string shown(const Value& value);

/// ` Did you mean "VpcConfig"?` if a candidate is spelled nearly like the given word, else empty.
std::string suggestion(std::string_view given, const std::vector<std::string_view>& candidates);

/// `A, B or C`; a long list is cut.
std::string alternatives(const std::vector<std::string_view>& names);

/// Whether the node is a number that JSON cannot write.
bool isInfinite(const Node& node);
/// Reports such a number.
void reportInfinite(
    const Value& number, const std::string& property, const Construct& at, Findings& findings);

}  // namespace loam
