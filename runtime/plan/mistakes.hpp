#pragma once

// The `meta` of errors about the form of a request, from which Prisma Client makes its messages.

#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/input_types.hpp"
#include "runtime/request/value.hpp"

namespace loam::runtime::plan {

/// `"argumentPath":["where","id"]`: a path, under the name given.
std::string pathMember(std::string_view name, const std::vector<std::string_view>& path);

/// `"inputType":{...}`: the object type that holds the place.
std::string inputTypeMember(const InputType& type);

/// The same for a type of which only the names of the fields are known.
std::string inputTypeMember(const std::vector<std::string_view>& fields);

/// `"inputTypes":[...]`: what a missing argument may be.
std::string inputTypesMember(const std::vector<InputType>& types);

/// `"constraints":{...}`: how many fields an object of the type needs.
std::string constraintsMember(const InputType& type);

/// `"arguments":[...]`: what a field takes.
std::string argumentsMember(const std::vector<InputField>& arguments);

/// `"argument":{...}`: the argument that has a wrong value, and its types.
std::string argumentMember(std::string_view name, const std::vector<std::string>& typeNames);

/// `"outputType":{...}`: the fields that can be selected of an object; `model` may be null.
std::string outputTypeMember(const Catalog& catalog, const schema::Model* model,
    std::string_view name, const std::vector<std::string_view>& fields);

/// The type of a value as it was written, such as "Int" or "(String)".
std::string inferredType(const request::Value& value);

}  // namespace loam::runtime::plan
