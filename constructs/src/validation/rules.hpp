#pragma once

// The rules, by their stable names. docs/validation.md says what each checks; keep both in step.

#include <string_view>

namespace loam::rules {

inline constexpr std::string_view dependencyCycle = "dependency-cycle";
inline constexpr std::string_view danglingReference = "dangling-reference";
inline constexpr std::string_view duplicateName = "duplicate-name";
inline constexpr std::string_view exclusiveProperties = "exclusive-properties";
inline constexpr std::string_view fileSystemDependency = "file-system-dependency";
inline constexpr std::string_view fileSystemWithoutVpc = "file-system-without-vpc";
inline constexpr std::string_view hardCodedPartition = "hard-coded-partition";
inline constexpr std::string_view itemCount = "item-count";
inline constexpr std::string_view length = "length";
inline constexpr std::string_view missingProperty = "missing-property";
inline constexpr std::string_view notUtf8 = "not-utf8";
inline constexpr std::string_view pattern = "pattern";
inline constexpr std::string_view range = "range";
inline constexpr std::string_view repeatedItem = "repeated-item";
inline constexpr std::string_view unknownAttribute = "unknown-attribute";
inline constexpr std::string_view unknownKey = "unknown-key";
inline constexpr std::string_view unknownProperty = "unknown-property";
inline constexpr std::string_view unknownValue = "unknown-value";
inline constexpr std::string_view wrongReference = "wrong-reference";
inline constexpr std::string_view wrongType = "wrong-type";

inline constexpr std::string_view all[] = {danglingReference, dependencyCycle, duplicateName,
    exclusiveProperties, fileSystemDependency, fileSystemWithoutVpc, hardCodedPartition, itemCount,
    length, missingProperty, notUtf8, pattern, range, repeatedItem, unknownAttribute, unknownKey,
    unknownProperty, unknownValue, wrongReference, wrongType};

}  // namespace loam::rules
