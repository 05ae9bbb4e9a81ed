#include "tests/runtime/model/tree.hpp"

#include "runtime/request/text.hpp"

namespace loam::modeltest {
namespace {

void print(const Node& node, std::string& out) {
    switch (node.kind) {
        case Node::Kind::Null:
            out += "null";
            return;
        case Node::Kind::Word:
            out += node.text;
            return;
        case Node::Kind::Text:
            out += jsonString(node.text);
            return;
        case Node::Kind::List:
        case Node::Kind::Object:
            break;
    }
    const bool isObject = node.isObject();
    out += isObject ? "{" : "[";
    std::string_view separator;
    for (const auto& [name, member] : node.members) {
        out += separator;
        out += isObject ? name + ": " : "";
        print(member, out);
        separator = ", ";
    }
    out += isObject ? "}" : "]";
}

void print(const Selection& selection, std::string& out) {
    out += selection.name;
    if (!selection.arguments.members.empty()) {
        std::string arguments;
        print(selection.arguments, arguments);
        out += "(" + arguments.substr(1, arguments.size() - 2) + ")";
    }
    if (!selection.fields.empty()) {
        out += " {";
        for (const Selection& field : selection.fields) {
            out += " ";
            print(field, out);
        }
        out += " }";
    }
}

}  // namespace

const Node* Node::find(std::string_view name) const {
    for (const auto& [key, member] : members) {
        if (key == name) {
            return &member;
        }
    }
    return nullptr;
}

void Node::add(std::string name, Node value) {
    members.emplace_back(std::move(name), std::move(value));
}

std::vector<const Node*> Node::items() const {
    if (kind != Kind::List) {
        return {this};
    }
    std::vector<const Node*> found;
    for (const auto& member : members) {
        found.push_back(&member.second);
    }
    return found;
}

Node word(std::string text) { return {Node::Kind::Word, std::move(text)}; }

Node quoted(std::string text) { return {Node::Kind::Text, std::move(text)}; }

Node object(std::vector<std::pair<std::string, Node>> members) {
    return {Node::Kind::Object, "", std::move(members)};
}

Node list(std::vector<Node> items) {
    Node node{Node::Kind::List};
    for (Node& item : items) {
        node.add("", std::move(item));
    }
    return node;
}

std::string print(const Request& request) {
    std::string out = request.isWrite ? "mutation { " : "query { ";
    print(request.root, out);
    return out + " }";
}

std::string jsonString(std::string_view text) {
    std::string out;
    runtime::request::appendJsonString(out, text);
    return out;
}

}  // namespace loam::modeltest
