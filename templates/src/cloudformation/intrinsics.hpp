#pragma once

// Late values become the literal maps that CloudFormation evaluates: `{"Ref": "Table"}`.

#include <loam/node.hpp>

#include <string>
#include <string_view>

namespace loam::cloudformation {

/// Rewrites the values of one stack. Subtrees without a late value are shared, not copied.
class Intrinsics {
  public:
    /// A value of literals. Absent if the value is absent or AWS::NoValue.
    Value property(const Value& value);

    /// Whether a function was met that needs the language-extensions transform.
    bool usesLanguageExtensions() const { return usesLanguageExtensions_; }

  private:
    /// Like `property`, but keeps AWS::NoValue, which is how a function's branch removes a
    /// property.
    Value argument(const Value& value);
    Value rewrite(const Node& node);
    Value rewriteList(const ListNode& list);
    Value rewriteMap(const MapNode& map);
    Value rewriteObject(const ObjectNode& object);
    Value rewriteImport(const ImportNode& import);
    Value rewriteFunction(const FunctionNode& function);
    Value rewriteConcat(const FunctionNode& function);
    Value arguments(const FunctionNode& function);
    Value named(const FunctionNode& function, std::size_t namedArgument);

    bool usesLanguageExtensions_ = false;
};

/// A map of one entry.
Value single(std::string_view key, Value value);

/// Whether the function is part of the language-extensions transform.
bool isLanguageExtension(Intrinsic function);

/// The construct that a reference means. Throws ValidationError if it is gone.
const Construct& alive(const Target& target);

}  // namespace loam::cloudformation
