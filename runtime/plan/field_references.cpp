#include "runtime/plan/field_references.hpp"

#include <string>

#include "runtime/plan/filter_parts.hpp"
#include "runtime/plan/values.hpp"

namespace loam::runtime::plan {
namespace {

using request::Value;
using schema::Field;
using schema::FilterOperatorRow;

[[noreturn]] void fail(const Context& context, const std::string& problem, const Value& value) {
    context.failInput(problem, value.location);
}

}  // namespace

bool isReference(const Context& context, const Value& value) {
    return context.notation == request::Notation::Json
               ? value.tag == Value::Tag::FieldReference && value.find("_ref") != nullptr
               : value.kind == Value::Kind::Object && value.find("_ref") != nullptr;
}

Filter referenceCondition(const Context& context, const schema::Model& model, const Field& field,
    const FilterOperatorRow& row, const Value& value, bool isNegated) {
    if (row.operand == schema::FilterOperand::List) {
        context.failType(value, {typeName(context, field)});
    }
    const Value* container = value.find("_container");
    if (container != nullptr && wordOf(*container) != model.name) {
        fail(context,
            "Expected a referenced scalar field of model " + model.name +
                ", but found a field of model " + std::string(wordOf(*container)) + ".",
            value);
    }
    const std::string_view name = wordOf(*value.find("_ref"));
    const std::string path = model.name + "." + std::string(name);
    const Field* other = model.findField(name);
    if (other == nullptr || other->isIgnored) {
        fail(context, "The referenced scalar field " + path + " does not exist.", value);
    }
    if (!other->isUsableColumn()) {
        fail(context, "Expected a referenced scalar field " + path + " but found a relation field.",
            value);
    }
    const std::string_view expected =
        isJson(field) && row.isTextual() ? "String" : typeName(context, field);
    const std::string_view found = typeName(context, *other);
    if (found != expected) {
        fail(context,
            "Expected a referenced scalar field of type " + std::string(expected) + " but found " +
                path + " of type " + std::string(found) + ".",
            value);
    }
    Filter filter = openCondition(field, row.filterOperator, isNegated);
    filter.reference = other;
    return filter;
}

}  // namespace loam::runtime::plan
