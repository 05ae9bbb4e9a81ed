#pragma once

#include <loam/findings.hpp>
#include <loam/node.hpp>

#include "constructs/src/validation/constraints.hpp"
#include "constructs/src/validation/patterns.hpp"
#include "constructs/src/validation/property_path.hpp"

namespace loam {

/// Compares the properties of one resource with the facts of its type.
class PropertyCheck {
  public:
    PropertyCheck(const Construct& at, Patterns& patterns, Findings& findings)
        : at_(at), patterns_(patterns), findings_(findings), constraints_(at, patterns, findings) {}

    /// Checks a struct, given as an object or as a map.
    void checkStruct(const Value& value, const StructTable& table, const PropertyPath& path);

  private:
    void checkFields(const Value* fields, const StructTable& table, const PropertyPath& path);
    std::vector<Value>
    fieldsByName(const Value& value, const StructTable& table, const PropertyPath& path);
    void checkField(const Field& field, const Value& value, const PropertyPath& path);
    void checkList(const Field& field, const Value& value, const PropertyPath& path);
    void checkMap(const Field& field, const Value& value, const PropertyPath& path);
    void checkElement(const Field& field, const Value& value, const PropertyPath& path);
    void checkScalar(const Field& field, const Value& value, const PropertyPath& path);
    void checkString(const Field& field, const Value& value, const PropertyPath& path);
    void checkNumber(const Field& field, const Value& value, const PropertyPath& path);
    void checkBoolean(const Value& value, const PropertyPath& path);
    void
    checkLate(const Field& field, Container container, const Node& node, const PropertyPath& path);
    void checkCombination(const Combination& combination, const Value* fields,
        const StructTable& table, const PropertyPath& path);
    void reportUnknown(std::string_view name, const StructTable& table, const PropertyPath& path);
    void reportType(std::string_view wanted, const Value& given, const PropertyPath& path);

    const Construct& at_;
    Patterns& patterns_;
    Findings& findings_;
    ConstraintCheck constraints_;
};

}  // namespace loam
