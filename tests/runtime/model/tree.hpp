#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loam::modeltest {

/// An argument of a request, kept as a tree so that it can be printed for the engine and read by
/// the oracle.
struct Node {
    enum class Kind { Null, Word, Text, List, Object };

    Kind kind = Kind::Null;
    /// A number, a boolean or an enum value for words; the text itself for texts.
    std::string text = {};
    /// Items of a list have empty names.
    std::vector<std::pair<std::string, Node>> members = {};

    bool isNull() const { return kind == Kind::Null; }
    bool isObject() const { return kind == Kind::Object; }

    /// The member of an object, or null.
    const Node* find(std::string_view name) const;

    void add(std::string name, Node value);

    /// The items of a list, or the node itself where one stands for a list of one.
    std::vector<const Node*> items() const;
};

Node word(std::string text);
Node quoted(std::string text);
Node object(std::vector<std::pair<std::string, Node>> members = {});
Node list(std::vector<Node> items = {});

/// A selected field with its arguments and what is selected below it.
struct Selection {
    std::string name;
    Node arguments = object();
    std::vector<Selection> fields = {};
};

/// A request with one root field.
struct Request {
    bool isWrite = false;
    /// Such as "createOne"; the name of the root field is this and the name of the model.
    std::string action = {};
    std::size_t model = 0;
    Selection root = {};
};

/// The request as GraphQL.
std::string print(const Request& request);

/// Text as a JSON string, quotes included.
std::string jsonString(std::string_view text);

}  // namespace loam::modeltest
