#pragma once

// What every part of the planner shares while it reads one operation: the schema, the sources of
// generated values, and the place it has reached, so that a mistake is reported with its path.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/catalog.hpp"
#include "runtime/plan/generators.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/operation.hpp"
#include "runtime/schema/schema.hpp"

namespace loam::runtime::plan {

using Names = std::vector<std::string_view>;

/// The state of planning one root field. Every `fail` throws a RequestError whose meta has the kind
/// and the paths that Prisma Client prints.
class Context {
  public:
    Context(const Catalog& rootFields, const Sources& sourcesToUse, request::Notation notationUsed)
        : catalog(rootFields),
          schema(catalog.schema()),
          links(catalog.links()),
          sources(sourcesToUse),
          notation(notationUsed) {}

    const Catalog& catalog;
    const schema::Schema& schema;
    const Links& links;
    const Sources& sources;
    const request::Notation notation;

    /// Adds a name to a path for as long as it lives.
    class Step {
      public:
        Step(Names& path, std::string_view name) : path_(path) { path_.push_back(name); }
        ~Step() { path_.pop_back(); }
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;

      private:
        Names& path_;
    };

    [[nodiscard]] Step enterArgument(std::string_view name) { return Step(arguments_, name); }
    [[nodiscard]] Step enterSelection(const request::Field& field) {
        return Step(selections_, field.name);
    }

    /// An object has a member that its type does not know; `member` is the last part of the path.
    [[noreturn]] void failUnknownField(const request::Member& member, const Names& allowed) const;
    /// A field was given an argument that it does not have.
    [[noreturn]] void
    failUnknownArgument(const request::Member& member, const Names& allowed) const;
    /// A selection names a field that the type does not have.
    [[noreturn]] void failUnknownSelection(
        const request::Field& field, std::string_view type, const Names& allowed) const;
    /// Nothing is left to select of a field that holds objects.
    [[noreturn]] void failEmptySelection(
        const request::Field& field, std::string_view type, const Names& allowed) const;
    /// A value is missing or null. The code is P2009 where there are alternative input types, as in
    /// the data of writes, else P2012.
    [[noreturn]] void failRequired(request::Location location, std::string_view reason = "") const;
    /// An argument of a field is missing altogether.
    [[noreturn]] void failMissing(request::Location location) const;
    /// The value has the wrong form; `types` are those that fit.
    [[noreturn]] void failType(const request::Value& value, const Names& types) const;
    /// The value has the right form but is not one of the type's. `expected` is what Prisma Client
    /// says would be right; without it, the types of the argument are.
    [[noreturn]] void failValue(const request::Value& value, const std::string& problem,
        std::string_view expected = {}) const;
    /// What is given does not go together: P2019.
    [[noreturn]] void failInput(const std::string& details, request::Location location) const;
    /// Anything else that is wrong with the request.
    [[noreturn]] void fail(std::string_view code, std::string_view kind, const std::string& message,
        request::Location location) const;

    /// "where.email": where the planner is in the arguments.
    std::string argumentPath() const;
    /// Whether an argument of that name exists where the planner is.
    bool isArgument() const;

  private:
    [[noreturn]] void failWith(std::string_view code, std::string_view kind,
        const std::string& message, request::Location location, const std::string& members) const;
    /// Whether Prisma Client can show the mistake with its own words.
    bool isShown(std::string_view kind) const;

    Names arguments_;
    Names selections_;
};

/// The fields that are columns which clients may use.
Names columnNames(const schema::Model& model);

/// " Did you mean `x`?", or the allowed names when none is close.
std::string suggestion(std::string_view written, const Names& allowed);

/// The members of an object; anything else is a type error that names `type`.
const std::vector<request::Member>&
membersOf(const Context& context, const request::Value& value, std::string_view type);

/// The elements of a list, or the value itself as the only one: a single value is accepted wherever
/// a list is.
std::vector<const request::Value*> elementsOf(const request::Value& value);

}  // namespace loam::runtime::plan
