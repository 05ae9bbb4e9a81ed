// YAML has two traps. Plain text may mean something else than a string: `on`, `0750`, `2012-10-17`,
// `1e3`; so only text that surely means itself is left without quotes. And a node carries one tag,
// so a function whose argument is a function again has no short form.

#include <loam/cloudformation.hpp>
#include <loam/error.hpp>
#include <loam/node.hpp>

#include <algorithm>
#include <yaml-cpp/yaml.h>

#include "templates/src/json/json_writer.hpp"

namespace loam::cloudformation {

namespace {

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isReservedWord(std::string_view text) {
    static constexpr std::string_view words[] = {
        "true", "false", "yes", "no", "on", "off", "y", "n", "null"};
    return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
        return std::equal(text.begin(), text.end(), word.begin(), word.end(),
            [](char given, char lower) { return isLetter(given) && (given | 0x20) == lower; });
    });
}

/// Whether the text means itself without quotes, to readers of YAML 1.1 and 1.2.
bool isPlain(std::string_view text) {
    if (text.empty() || (!isLetter(text.front()) && text.front() != '/')) return false;
    if (text.back() == ' ' || text.back() == ':' || isReservedWord(text)) return false;
    if (text.find(": ") != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return isLetter(c) || isDigit(c) ||
               std::string_view("_-./:=+@$()* ;").find(c) != std::string_view::npos;
    });
}

/// Whether the text reads well, and exactly, as an indented block: lines that end with one newline.
bool isBlock(std::string_view text) {
    if (text.size() < 2 || text.back() != '\n' || text[text.size() - 2] == '\n') return false;
    if (text.front() == ' ' || text.front() == '\n') return false;
    return std::none_of(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f;
    });
}

bool isPrintable(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
}

/// A function: the one entry of its map.
struct Call {
    std::string_view key;
    const Value* argument;
    /// `Ref` of `Ref`, `Join` of `Fn::Join`.
    std::string tag() const { return std::string(key.starts_with("Fn::") ? key.substr(4) : key); }
};

std::optional<Call> callOf(const Value& value) {
    if (value.node()->kind != NodeKind::Map) return std::nullopt;
    const auto& entries = as<MapNode>(*value.node()).entries;
    if (entries.size() != 1 || !entries[0].second.present()) return std::nullopt;
    const auto& [key, argument] = entries[0];
    const bool isReference = key == "Ref" && literal(argument) != nullptr;
    if (!isReference && !key.starts_with("Fn::")) return std::nullopt;
    return Call{key, &argument};
}

/// `Table.Arn` of the argument of Fn::GetAtt, if it is a list of two texts.
std::optional<std::string> attributePath(const Value& argument) {
    if (argument.node()->kind != NodeKind::List) return std::nullopt;
    const auto& items = as<ListNode>(*argument.node()).items;
    if (items.size() != 2 || literal(items[0]) == nullptr || literal(items[1]) == nullptr) {
        return std::nullopt;
    }
    return *literal(items[0]) + "." + *literal(items[1]);
}

class YamlWriter {
  public:
    void write(const Value& value) {
        const Node& node = *value.node();
        switch (node.kind) {
            case NodeKind::String:
                writeText(as<StringNode>(node).text);
                return;
            case NodeKind::Number:
                writeNumber(value);
                return;
            case NodeKind::Boolean:
                out_ << as<BooleanNode>(node).value;
                return;
            case NodeKind::List:
                writeList(as<ListNode>(node));
                return;
            case NodeKind::Map:
                writeMap(value);
                return;
            case NodeKind::Object:
                writeObject(as<ObjectNode>(node));
                return;
            case NodeKind::Reference:
            case NodeKind::Attribute:
            case NodeKind::Pseudo:
            case NodeKind::Function:
            case NodeKind::Import:
            case NodeKind::Asset:
            case NodeKind::Lazy:
                break;
        }
        throw ValidationError({}, "a value known only at deployment has no YAML text");
    }

    std::string text() const {
        if (!out_.good()) throw Error("the YAML text could not be written: " + out_.GetLastError());
        return std::string(out_.c_str(), out_.size()) + "\n";
    }

  private:
    void writeText(const std::string& text) {
        if (isPlain(text)) {
            out_ << YAML::Auto;
        } else if (isBlock(text)) {
            out_ << YAML::Literal;
        } else {
            out_ << (isPrintable(text) ? YAML::SingleQuoted : YAML::DoubleQuoted);
        }
        out_ << text;
    }

    void writeNumber(const Value& value) {
        std::string digits;
        appendNumber(digits, value);
        out_ << YAML::Auto << digits;
    }

    void writeList(const ListNode& list) {
        out_ << (list.items.empty() ? YAML::Flow : YAML::Block) << YAML::BeginSeq;
        for (const Value& item : list.items) {
            if (item.present()) write(item);
        }
        out_ << YAML::EndSeq;
    }

    void writeMap(const Value& value) {
        if (const auto call = callOf(value); call && writeShort(*call)) return;
        const auto& entries = as<MapNode>(*value.node()).entries;
        out_ << (entries.empty() ? YAML::Flow : YAML::Block) << YAML::BeginMap;
        for (const auto& [key, entry] : entries) writeEntry(key, entry);
        out_ << YAML::EndMap;
    }

    void writeObject(const ObjectNode& object) {
        const bool empty = std::none_of(object.fields.begin(), object.fields.end(),
            [](const Value& field) { return field.present(); });
        out_ << (empty ? YAML::Flow : YAML::Block) << YAML::BeginMap;
        for (std::size_t i = 0; i < object.fields.size(); ++i) {
            writeEntry(object.table->fields[i].name, object.fields[i]);
        }
        out_ << YAML::EndMap;
    }

    void writeEntry(const std::string& key, const Value& value) {
        if (!value.present()) return;
        out_ << YAML::Key;
        writeText(key);
        out_ << YAML::Value;
        write(value);
    }

    /// Writes `!Tag argument`, or nothing if the call has no short form.
    bool writeShort(const Call& call) {
        if (callOf(*call.argument)) return false;
        if (call.key == "Fn::GetAtt") {
            const auto path = attributePath(*call.argument);
            if (!path) return false;
            out_ << YAML::LocalTag(call.tag());
            writeText(*path);
            return true;
        }
        out_ << YAML::LocalTag(call.tag());
        write(*call.argument);
        return true;
    }

    YAML::Emitter out_;
};

}  // namespace

std::string yaml(const Value& document) {
    YamlWriter writer;
    writer.write(document);
    return writer.text();
}

}  // namespace loam::cloudformation
