// A template as YAML. A node carries one tag, so a function whose argument is a function again has
// no short form.

#include <loam/cloudformation.hpp>
#include <loam/error.hpp>
#include <loam/node.hpp>

#include <algorithm>
#include <yaml-cpp/yaml.h>

#include "templates/src/cloudformation/yaml_text.hpp"
#include "templates/src/json/document_walk.hpp"
#include "templates/src/json/json_writer.hpp"

namespace loam::cloudformation {

namespace {

/// Longer keys would need the form `? key`, which YAML asks for beyond 1,024 characters.
constexpr std::size_t longestSimpleKey = 300;

/// The functions with a short form. Others have the long form only.
bool hasShortForm(std::string_view tag) {
    static constexpr std::string_view tags[] = {"And", "Base64", "Cidr", "Equals", "FindInMap",
        "GetAZs", "GetAtt", "If", "ImportValue", "Join", "Not", "Or", "Ref", "Select", "Split",
        "Sub", "Transform"};
    return std::find(std::begin(tags), std::end(tags), tag) != std::end(tags);
}

/// A function with a short form: the one entry of its map.
struct Call {
    /// `Ref` of `Ref`, `Join` of `Fn::Join`.
    std::string tag;
    const Value* argument;
};

std::optional<Call> callOf(const Value& value) {
    if (value.node()->kind != NodeKind::Map) return std::nullopt;
    const auto& entries = as<MapNode>(*value.node()).entries;
    if (entries.size() != 1 || !entries[0].second.present()) return std::nullopt;
    const auto& [key, argument] = entries[0];
    const bool isReference = key == "Ref" && literal(argument) != nullptr;
    if (!isReference && !key.starts_with("Fn::")) return std::nullopt;
    auto tag = isReference ? key : key.substr(4);
    if (!hasShortForm(tag)) return std::nullopt;
    return Call{std::move(tag), &argument};
}

/// `Table.Arn` of the argument of Fn::GetAtt, if it is a list of two texts.
std::optional<std::string> attributePath(const Value& argument) {
    if (argument.node()->kind != NodeKind::List) return std::nullopt;
    const auto& items = as<ListNode>(*argument.node()).items;
    if (items.size() != 2 || literal(items[0]) == nullptr || literal(items[1]) == nullptr) {
        return std::nullopt;
    }
    if (literal(items[0])->find('.') != std::string::npos) return std::nullopt;
    return *literal(items[0]) + "." + *literal(items[1]);
}

class YamlWriter {
  public:
    std::string take() const {
        if (!out_.good()) throw Error("the YAML text could not be written: " + out_.GetLastError());
        return std::string(out_.c_str(), out_.size()) + "\n";
    }

    // What `walkDocument` calls.
    void text(const std::string& text) {
        switch (styleOf(text)) {
            case TextStyle::Plain:
                out_ << YAML::Auto << text;
                return;
            case TextStyle::Block:
                out_ << YAML::Literal << text;
                return;
            case TextStyle::SingleQuoted:
                out_ << YAML::SingleQuoted << text;
                return;
            case TextStyle::Escaped:
                // The library's own double quotes leave some of these characters as they are.
                out_.WriteIntegralType(escapedText(text));
                return;
        }
    }
    void number(const Value& number) {
        std::string digits;
        appendNumber(digits, number);
        // YAML 1.1 takes `1e+300` for a text.
        const auto exponent = digits.find('e');
        if (exponent < digits.find('.')) digits.insert(exponent, ".0");
        out_ << YAML::Auto << digits;
    }
    void boolean(bool value) { out_ << value; }
    bool beginMap(const Value& map, bool empty) {
        if (const auto call = callOf(map); call && writeShort(*call)) return false;
        out_ << (empty ? YAML::Flow : YAML::Block) << YAML::BeginMap;
        return true;
    }
    void key(std::string_view name) {
        out_ << YAML::Key;
        if (name.size() > longestSimpleKey) out_ << YAML::LongKey;
        text(std::string(name));
        out_ << YAML::Value;
    }
    void endMap() { out_ << YAML::EndMap; }
    void beginList(bool empty) { out_ << (empty ? YAML::Flow : YAML::Block) << YAML::BeginSeq; }
    void item() {}
    void endList() { out_ << YAML::EndSeq; }

  private:
    /// Writes `!Tag argument`, or nothing if the call has no short form.
    bool writeShort(const Call& call) {
        if (callOf(*call.argument)) return false;
        if (call.tag == "GetAtt") {
            const auto path = attributePath(*call.argument);
            if (!path) return false;
            out_ << YAML::LocalTag(call.tag);
            text(*path);
            return true;
        }
        out_ << YAML::LocalTag(call.tag);
        walkDocument(*call.argument, *this);
        return true;
    }

    YAML::Emitter out_;
};

}  // namespace

std::string yaml(const Value& document) {
    YamlWriter writer;
    walkDocument(document, writer);
    return writer.take();
}

}  // namespace loam::cloudformation
