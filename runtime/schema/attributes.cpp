#include "runtime/schema/attributes.hpp"

#include <algorithm>
#include <utility>

namespace loam::runtime::schema {

void checkAttributes(const std::vector<Attribute>& attributes, std::string_view sign,
    const std::vector<std::string_view>& allowed, const std::string& place,
    Diagnostics& diagnostics) {
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        const auto& attribute = attributes[i];
        const auto label = std::string(sign) + attribute.name;
        if (std::find(allowed.begin(), allowed.end(), attribute.name) == allowed.end()) {
            const bool native = attribute.name.find('.') != std::string::npos;
            diagnostics.report(attribute.position,
                native ? "native types are not supported on SQLite; remove " + label
                       : "unknown attribute " + label + " on " + place + "." +
                             suggestion(attribute.name, allowed));
            continue;
        }
        if (sign == "@@" && (attribute.name == "index" || attribute.name == "unique")) continue;
        if (findAttribute(attributes, attribute.name) != &attribute) {
            diagnostics.report(
                attribute.position, label + " is written twice; it can stand only once here");
        }
    }
}

const Attribute* findAttribute(const std::vector<Attribute>& attributes, std::string_view name) {
    const auto found = std::find_if(attributes.begin(), attributes.end(),
        [&](const Attribute& attribute) { return attribute.name == name; });
    return found == attributes.end() ? nullptr : &*found;
}

ArgumentReader::ArgumentReader(const std::vector<Argument>& arguments, std::string label,
    const Position& position, Diagnostics& diagnostics)
    : arguments_(arguments),
      label_(std::move(label)),
      position_(position),
      diagnostics_(diagnostics),
      used_(arguments.size(), false) {}

const Expression* ArgumentReader::named(std::string_view name) {
    known_.push_back(name);
    const Expression* found = nullptr;
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
        const auto& argument = arguments_[i];
        if (!argument.name || argument.name->text != name) continue;
        used_[i] = true;
        if (found != nullptr) {
            report(
                argument.name->position, "the argument " + std::string(name) + " is given twice");
            continue;
        }
        found = &argument.value;
    }
    return found;
}

const Expression* ArgumentReader::unnamed(std::string_view name) {
    const Expression* found = named(name);
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
        if (arguments_[i].name || used_[i]) continue;
        used_[i] = true;
        if (found == nullptr) {
            found = &arguments_[i].value;
        } else {
            report(arguments_[i].value.position,
                "the value for " + std::string(name) + " is given twice");
        }
    }
    return found;
}

const Expression* ArgumentReader::required(std::string_view name) {
    const auto* found = unnamed(name);
    if (found == nullptr) report(position_, "the argument " + std::string(name) + " is missing");
    return found;
}

std::optional<std::string> ArgumentReader::text(const Expression* value, std::string_view name) {
    if (value == nullptr) return std::nullopt;
    if (value->kind != ExpressionKind::String) {
        report(value->position,
            std::string(name) + " must be a string in quotes, got " + describe(*value));
        return std::nullopt;
    }
    if (value->text.empty()) {
        report(value->position, std::string(name) + " must not be empty");
        return std::nullopt;
    }
    if (value->text.find('\0') != std::string::npos) {
        report(value->position, std::string(name) + " must not contain the character NUL");
        return std::nullopt;
    }
    return value->text;
}

void ArgumentReader::finish() {
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
        if (used_[i]) continue;
        const auto& argument = arguments_[i];
        if (argument.name) {
            report(argument.name->position,
                "unknown argument " + argument.name->text + "." +
                    suggestion(argument.name->text, known_));
        } else {
            report(argument.value.position, "takes no such argument: " + describe(argument.value));
        }
    }
}

void ArgumentReader::report(const Position& position, const std::string& message) {
    diagnostics_.report(position, label_ + ": " + message);
}

std::vector<const Expression*> listItems(const Expression& value) {
    if (value.kind != ExpressionKind::Array) return {&value};
    std::vector<const Expression*> items;
    for (const auto& argument : value.arguments) items.push_back(&argument.value);
    return items;
}

std::optional<SortOrder> readSort(ArgumentReader& reader) {
    const auto* value = reader.named("sort");
    if (value == nullptr) return std::nullopt;
    if (value->kind == ExpressionKind::Constant && value->text == "Asc")
        return SortOrder::Ascending;
    if (value->kind == ExpressionKind::Constant && value->text == "Desc")
        return SortOrder::Descending;
    reader.report(value->position, "sort must be Asc or Desc, got " + describe(*value));
    return std::nullopt;
}

}  // namespace loam::runtime::schema
