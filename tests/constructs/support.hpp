#pragma once

// A resource type made up for tests, and ways to look into an assembly.

#include <loam/assembly.hpp>
#include <loam/error.hpp>

#include <string>

namespace loam::test {

struct TagProps {
    Str key = {};
    Str value = {};
    static const StructTable table;
};

struct WidgetProps {
    List<TagProps> labels = {};
    Str name = {};
    Num size = {};
    StrMap tags = {};
    static const StructTable table;
};

/// AWS::Test::Widget: holds data, takes a map of tags.
class Widget : public Resource {
  public:
    using Props = WidgetProps;
    static const ResourceType type;
    Widget(Scope scope, const Props& props)
        : Resource(std::move(scope), type, detail::properties(props)) {}
};

inline constexpr Field tagFields[] = {{"Key"}, {"Value"}};
inline constexpr Field widgetFields[] = {
    {"Labels", FieldType::Struct, Container::List, 0, &TagProps::table}, {"Name"},
    {"Size", FieldType::Integer}, {"Tags", FieldType::String, Container::Map}};
inline const StructTable TagProps::table{"Widget.Tag", tagFields, 2};
inline const StructTable WidgetProps::table{"Widget", widgetFields, 4};
inline const ResourceType Widget::type{.name = "AWS::Test::Widget",
    .properties = &WidgetProps::table,
    .tagShape = TagShape::StringMap,
    .stateful = true,
    .tagProperty = "Tags"};

/// The assembled entry of a resource.
inline const AssembledResource& entryOf(const Assembly& assembly, const Resource& resource) {
    for (const auto& entry : assembly.of(resource.stack()).resources) {
        if (entry.resource == &resource) return entry;
    }
    throw ValidationError(resource.path(), "is not in the assembly");
}

/// A short text of a value, for comparisons: {"A":1,"B":[Ref(Stack/X)]}.
std::string show(const Value& value);

/// The property of an assembled resource, by CloudFormation's name, as text.
std::string property(const AssembledResource& entry, std::string_view name);

}  // namespace loam::test
