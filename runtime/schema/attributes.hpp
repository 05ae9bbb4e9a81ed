#pragma once

// Reading attribute lists and their arguments, with the mistakes that all attributes have in
// common.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/schema/syntax.hpp"

namespace loam::runtime::schema {

/// Reports attributes that are not among those allowed, and those written twice that may stand only
/// once. `sign` is "@" or "@@", `place` says where they stand ("a relation field").
void checkAttributes(const std::vector<Attribute>& attributes, std::string_view sign,
    const std::vector<std::string_view>& allowed, const std::string& place,
    Diagnostics& diagnostics);

/// The first attribute of that name, or null.
const Attribute* findAttribute(const std::vector<Attribute>& attributes, std::string_view name);

/// Hands out the arguments of one attribute or function by name. What nobody asked for is reported
/// by finish().
class ArgumentReader {
  public:
    /// `label` is how messages call it: "@default" or "uuid()".
    ArgumentReader(const std::vector<Argument>& arguments, std::string label,
        const Position& position, Diagnostics& diagnostics);

    /// The argument of that name, or null.
    const Expression* named(std::string_view name);
    /// The argument that needs no name; null when missing.
    const Expression* unnamed(std::string_view name);
    /// The same, but reports when it is missing.
    const Expression* required(std::string_view name);

    /// The value of a string argument. An empty string is reported too.
    std::optional<std::string> text(const Expression* value, std::string_view name);
    /// The value of `map: "name"`, if given.
    std::optional<std::string> mapped() { return text(named("map"), "map"); }

    /// Reports arguments that are unknown or given twice.
    void finish();

    /// Reports a mistake: "@default: message".
    void report(const Position& position, const std::string& message);
    const Position& position() const { return position_; }

  private:
    const std::vector<Argument>& arguments_;
    std::string label_;
    Position position_;
    Diagnostics& diagnostics_;
    std::vector<bool> used_;
    std::vector<std::string_view> known_;
};

/// The items of a list, or the value itself as a list of one.
std::vector<const Expression*> listItems(const Expression& value);

/// `sort: Asc` or `sort: Desc`.
std::optional<SortOrder> readSort(ArgumentReader& reader);

}  // namespace loam::runtime::schema
