#pragma once

#include <loam/findings.hpp>
#include <loam/node.hpp>

#include "constructs/src/validation/patterns.hpp"
#include "constructs/src/validation/property_path.hpp"

namespace loam {

/// Compares literal values with the limits of their field.
class ConstraintCheck {
  public:
    ConstraintCheck(const Construct& at, Patterns& patterns, Findings& findings)
        : at_(at), patterns_(patterns), findings_(findings) {}

    /// Length, pattern and allowed values of a text.
    void checkText(const Field& field, const std::string& text, const PropertyPath& path);
    /// Range and allowed values of a number; `given` is how the user wrote it.
    void
    checkNumber(const Field& field, double number, const Value& given, const PropertyPath& path);
    /// Number of items, and whether they differ if they must.
    void checkItems(const Field& field, const ListNode& list, const PropertyPath& path);

  private:
    void checkAllowed(const Constraints& limits, const std::string& text, const PropertyPath& path);
    void checkLength(const Constraints& limits, const std::string& text, const PropertyPath& path);
    void checkCount(const Constraints& limits, const ListNode& list, const PropertyPath& path);
    void checkUnique(const ListNode& list, const PropertyPath& path);

    const Construct& at_;
    Patterns& patterns_;
    Findings& findings_;
};

}  // namespace loam
