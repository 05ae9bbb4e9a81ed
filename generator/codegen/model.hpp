#pragma once

// A service with its C++ names and types chosen: what the writers print.

#include <string>
#include <utility>
#include <vector>

#include "generator/codegen/facts.hpp"

namespace loam::codegen {

/// Named constants for the allowed values of one field: (constant, value).
struct CppEnumeration {
    std::string name;
    std::vector<std::pair<std::string, std::string>> constants;
};

struct CppField {
    const Property* facts;
    std::string name;
    /// As written in the header: `List<FunctionFileSystemConfig>`.
    std::string cppType;
    /// Enumerators of FieldType and Container.
    std::string fieldType;
    std::string container;
    /// Qualified name of the nested struct, or empty.
    std::string nested;
};

struct CppStruct {
    const Definition* facts;
    std::string name;
    /// Name for messages: `Function.Code`.
    std::string label;
    /// In the order of their C++ names.
    std::vector<CppField> fields;
    std::vector<CppEnumeration> enumerations;
};

struct CppAccessor {
    const Attribute* facts;
    std::string name;
    std::string cppType;
    /// The body's expression.
    std::string expression;
    std::string fieldType;
    std::string container;
};

struct CppResource {
    const Resource* facts;
    std::string name;
    CppStruct properties;
    std::vector<CppStruct> nested;
    std::vector<CppAccessor> accessors;
};

struct CppService {
    const Service* facts;
    /// `lambda`, inside loam::aws.
    std::string space;
    std::vector<CppResource> resources;
};

/// Chooses the names. The service must outlive the result.
CppService buildModel(const Service& service);

}  // namespace loam::codegen
