#pragma once

#include <deque>

#include "templates/src/terraform/expressions.hpp"

namespace loam::terraform {

/// The inside of a block: arguments and nested blocks.
class Body {
  public:
    /// Sets an argument; an absent value sets nothing.
    void set(const std::string& argument, Value value);
    void set(const std::string& argument, const char* literal);
    bool has(const std::string& argument) const;
    /// Adds a nested block. One with a guard exists where the guard holds.
    void add(const std::string& name, const Body& content, const std::string& guard = {});
    bool empty() const { return arguments_.empty() && blocks_.empty(); }
    /// As an object of the document.
    Value value() const;

  private:
    struct Block {
        std::string guard;
        Value content;
    };
    std::map<std::string, Value> arguments_;
    std::map<std::string, std::vector<Block>> blocks_;
};

/// One resource of the provider.
struct Part {
    std::string type;
    std::string name;
    /// The expression under which it exists, beside the condition of the whole; empty for always.
    std::string guard;
    Body body;
    /// Other parts of the same resource that come first.
    std::vector<std::string> after;

    std::string address() const { return type + "." + name; }
};

/// Makes the resources of the provider for one resource of CloudFormation.
class Builder {
  public:
    Builder(StackScope& scope, const AssembledResource& resource, const TypeMapping& mapping);

    /// Applies the table and the type's function.
    void build();

    StackScope& scope() { return scope_; }
    const AssembledResource& resource() const { return resource_; }
    /// The main resource.
    Body& main() { return parts_.front().body; }
    /// Adds a further resource. `label` tells several of one type apart.
    Part&
    part(const std::string& type, const std::string& label = {}, const std::string& guard = {});
    /// Adds a further resource for one of the values that a property may have. Only a second one,
    /// for the other branch of a condition, is named after its condition.
    Part& partOf(const Guarded& item, const std::string& type);
    std::deque<Part>& parts() { return parts_; }

    /// A property as given, or absent.
    Value property(std::string_view name) const;
    /// An attribute of the main resource, as a value of the document.
    Value mainAttribute(std::string_view attribute) const;

    /// Fills a body from the fields of a struct. Fields that the table does not name are reported.
    void apply(const Table& table, const Guarded& object, Body& body);
    /// The same, as a body of its own.
    Body bodyOf(const Table& table, const Guarded& object);
    /// The items of a property.
    std::vector<Guarded> items(std::string_view name);
    /// A further resource for a property with a struct, if the property is given.
    void partFor(std::string_view propertyName, const std::string& type, const Table& table,
        const std::string& idArgument, std::string_view idAttribute);
    /// A further resource with one document, if the property is given.
    void documentPart(std::string_view propertyName, const std::string& type,
        const std::string& argument, const std::string& idArgument, std::string_view idAttribute);
    /// For each owner in the list `propertyName` a further resource that gives it the
    /// PolicyDocument, under the PolicyName if there is one.
    void policyParts(
        std::string_view propertyName, const std::string& type, const std::string& idArgument);

    Value argument(const Value& value) { return argumentOf(scope_, value); }
    /// Reports a property that has no equal.
    void refuse(const std::string& path, const std::string& reason);
    /// A label for a part that belongs to this value: a logical id, the text itself, or a hash.
    std::string label(const Value& value);

  private:
    void applyField(const Property& property, const Guarded& field, Body& body);

    StackScope& scope_;
    const AssembledResource& resource_;
    const TypeMapping& mapping_;
    std::deque<Part> parts_;
};

}  // namespace loam::terraform
