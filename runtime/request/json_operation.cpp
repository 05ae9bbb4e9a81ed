#include "runtime/request/json_operation.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "runtime/request/error.hpp"
#include "runtime/request/limits.hpp"

namespace loam::runtime::request {
namespace {

using Kind = Value::Kind;
using Tag = Value::Tag;

struct TagName {
    std::string_view name;
    Tag tag;
};

constexpr std::array tags{
    TagName{"DateTime", Tag::DateTime},
    TagName{"BigInt", Tag::BigInt},
    TagName{"Bytes", Tag::Bytes},
    TagName{"Decimal", Tag::Decimal},
    TagName{"FieldRef", Tag::FieldReference},
    TagName{"Enum", Tag::Enum},
    TagName{"Json", Tag::Json},
    TagName{"Raw", Tag::None},
};

/// How the name of the root field ends, where it is more than the action and the model.
constexpr std::array<std::string_view, 2> suffixes{"OrThrow", "AndReturn"};

constexpr std::array<std::string_view, 7> reads{"findUnique", "findUniqueOrThrow", "findFirst",
    "findFirstOrThrow", "findMany", "aggregate", "groupBy"};

/// Without P2009, whose errors the client expects to be about one of its arguments.
[[noreturn]] void refuse(const std::string& problem) { throw RequestError("", problem); }

/// Whether the text is a number as JSON writes it.
bool isNumber(std::string_view text) {
    const auto skipDigits = [&] {
        const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(end);
        return end;
    };
    text.remove_prefix(text.starts_with('-') ? 1 : 0);
    const bool isZero = text.starts_with('0');
    const std::size_t digits = skipDigits();
    if (digits == 0 || (isZero && digits > 1)) {
        return false;
    }
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (skipDigits() == 0) {
            return false;
        }
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        text.remove_prefix(text.starts_with('+') || text.starts_with('-') ? 1 : 0);
        if (skipDigits() == 0) {
            return false;
        }
    }
    return text.empty();
}

bool isInteger(std::string_view text) {
    const std::string_view digits = text.substr(!text.empty() && text.front() == '-' ? 1 : 0);
    return !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
}

class Reader {
  public:
    explicit Reader(TextPool& texts) : texts_(texts) {}

    Operation read(const Value& object) {
        Operation operation;
        operation.notation = Notation::Json;
        operation.kind = kindOfAction(object);
        const Value* query = object.find("query");
        if (query == nullptr || query->kind != Kind::Object) {
            refuse("`query` of the request must be an object with `arguments` and `selection`.");
        }
        Field root;
        root.name = root.key = rootName(object);
        readField(*query, root);
        operation.fields.push_back(std::move(root));
        return operation;
    }

  private:
    /// findUniqueOrThrow of User is findUniqueUserOrThrow.
    std::string_view rootName(const Value& object) {
        const Value* action = object.find("action");
        const Value* model = object.find("modelName");
        if (action->kind != Kind::String) {
            refuse("`action` of the request must be a text.");
        }
        if (model == nullptr || model->isNull()) {
            return action->text;
        }
        if (model->kind != Kind::String) {
            refuse("`modelName` of the request must be a text.");
        }
        std::string_view prefix = action->text;
        std::string_view ending;
        for (const std::string_view suffix : suffixes) {
            if (prefix.ends_with(suffix)) {
                prefix.remove_suffix(suffix.size());
                ending = suffix;
            }
        }
        return texts_.keep(std::string(prefix).append(model->text).append(ending));
    }

    /// `{"arguments": {...}, "selection": {...}}`
    void readField(const Value& value, Field& field) {
        for (const Member& part : value.members()) {
            if (part.value.isNull()) {
                continue;
            }
            if ((part.name != "arguments" && part.name != "selection") ||
                part.value.kind != Kind::Object) {
                refuse("The field `" + std::string(field.name) +
                       "` of the request must have the objects `arguments` and `selection` only.");
            }
            if (part.name == "arguments") {
                field.arguments = readValues(part.value).members();
            } else {
                readSelection(part.value, field);
            }
        }
    }

    void readSelection(const Value& selection, Field& field) {
        for (const Member& part : selection.members()) {
            const bool isSet = part.value.kind == Kind::Boolean && part.value.boolean;
            if (part.name == "$scalars") {
                field.allScalars = isSet;
            } else if (part.name == "$composites") {
                continue;  // Composite types are MongoDB's.
            } else if (part.value.kind == Kind::Boolean && !isSet) {
                field.omitted.push_back(part.name);
            } else {
                Field child = selected(part);
                child.allScalars = child.allScalars || isSet;
                field.selection.push_back(std::move(child));
            }
        }
    }

    Field selected(const Member& part) {
        if (++fields_ > limits::selectedFields) {
            throw RequestError("",
                "The operation selects more fields than the limit of " +
                    std::to_string(limits::selectedFields) + ".");
        }
        Field field;
        field.name = field.key = part.name;
        if (part.value.kind == Kind::Object) {
            readField(part.value, field);
        } else if (part.value.kind != Kind::Boolean) {
            refuse(
                "The selection `" + std::string(part.name) + "` must be true, false or an object.");
        }
        return field;
    }

    /// The value with tagged objects replaced by what they stand for.
    Value readValues(const Value& value) {
        if (value.kind == Kind::List) {
            std::vector<Value> items;
            items.reserve(value.items().size());
            for (const Value& item : value.items()) {
                items.push_back(readValues(item));
            }
            return Value::list(std::move(items), value.location);
        }
        if (value.kind != Kind::Object) {
            return value;
        }
        if (const Value* type = value.find("$type")) {
            return readTagged(value, type->text);
        }
        std::vector<Member> members;
        members.reserve(value.members().size());
        for (const Member& part : value.members()) {
            members.push_back({part.name, part.location, readValues(part.value)});
        }
        return Value::object(std::move(members), value.location);
    }

    static Value readTagged(const Value& value, std::string_view type) {
        const auto* found = std::find_if(tags.begin(), tags.end(), [&](const TagName& row) {
            return row.name == type;
        });
        const Value* content = value.find("value");
        if (found == tags.end() || content == nullptr || value.members().size() != 2) {
            refuse(
                "An argument has the `$type` \"" + std::string(type) +
                "\" in a form that is not supported; supported are DateTime, BigInt, Bytes, "
                "Decimal, FieldRef, Enum, Json and Raw, each with a `value`.");
        }
        Value inner = *content;
        const Kind expected = found->tag == Tag::FieldReference ? Kind::Object : Kind::String;
        if (type != "Raw" && inner.kind != expected) {
            refuse("The `value` of an argument with the `$type` \"" + std::string(type) +
                   "\" must be " + (expected == Kind::Object ? "an object." : "a text."));
        }
        inner.tag = found->tag;
        if (inner.tag == Tag::Enum) {
            inner.kind = Kind::Enum;
        } else if (inner.tag == Tag::BigInt && isInteger(inner.text)) {
            inner.kind = Kind::Integer;
        } else if (inner.tag == Tag::Decimal && isNumber(inner.text)) {
            inner.kind = Kind::Real;
        }
        return inner;
    }

    TextPool& texts_;
    std::size_t fields_ = 0;
};

}  // namespace

bool isJsonRequest(const Value& object) { return object.find("action") != nullptr; }

OperationKind kindOfAction(const Value& object) {
    const std::string_view action = object.find("action")->text;
    // Raw queries count as mutations: they may write.
    return std::find(reads.begin(), reads.end(), action) == reads.end()
               ? OperationKind::Mutation
               : OperationKind::Query;
}

Operation parseJsonOperation(const Value& object, TextPool& texts) {
    return Reader(texts).read(object);
}

}  // namespace loam::runtime::request
