#include "runtime/queryplan/value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "runtime/plan/base64.hpp"
#include "runtime/plan/date_time.hpp"
#include "runtime/queryplan/limits.hpp"
#include "runtime/request/text.hpp"

namespace loam::runtime::queryplan {

using request::RequestError;

std::size_t Columns::find(std::string_view name) const {
    for (std::size_t index = names.size(); index > 0; --index) {
        if (names[index - 1] == name) {
            return index - 1;
        }
    }
    return none;
}

const Value* Record::find(std::string_view name) const {
    const std::size_t index = columns->find(name);
    return index == Columns::none ? nullptr : &values[index];
}

void Budget::spend(std::size_t bytes) {
    spent_ += bytes;
    if (spent_ > limits::valueBytes) {
        throw RequestError("P2024",
            "The query plan makes more than " + std::to_string(limits::valueBytes) +
                " bytes of values; ask for fewer records.")
            .withStatus(422);
    }
}

RequestError planError(const std::string& problem) {
    return RequestError("", "The query plan failed: " + problem + ".").withStatus(400);
}

bool isNull(const Value& value) {
    return std::holds_alternative<Null>(value) || std::holds_alternative<Undefined>(value);
}

bool isEmpty(const Value& value) {
    const std::vector<Value>* items = itemsOf(value);
    return items != nullptr ? items->empty() : isNull(value);
}

const std::vector<Value>* itemsOf(const Value& value) {
    const auto* list = std::get_if<std::shared_ptr<List>>(&value);
    return list == nullptr ? nullptr : &(*list)->items;
}

const Record* recordOf(const Value& value) {
    const auto* record = std::get_if<std::shared_ptr<Record>>(&value);
    return record == nullptr ? nullptr : record->get();
}

std::vector<Value> takeItems(Value&& value) {
    if (auto* list = std::get_if<std::shared_ptr<List>>(&value)) {
        return list->use_count() == 1 ? std::move((*list)->items) : (*list)->items;
    }
    std::vector<Value> items;
    items.push_back(std::move(value));
    return items;
}

Record takeRecord(Value&& value) {
    auto* record = std::get_if<std::shared_ptr<Record>>(&value);
    if (record == nullptr) {
        throw planError("it needs a record where it has " + std::string(kindOf(value)));
    }
    return record->use_count() == 1 ? std::move(**record) : **record;
}

namespace {

std::size_t depthAround(const std::vector<Value>& values) {
    std::size_t depth = 1;
    for (const Value& value : values) {
        if (const auto* list = std::get_if<std::shared_ptr<List>>(&value)) {
            depth = std::max(depth, (*list)->depth + 1);
        } else if (const Record* record = recordOf(value)) {
            depth = std::max(depth, record->depth + 1);
        }
    }
    if (depth > limits::valueDepth) {
        throw RequestError("P2024",
            "The query plan nests its values deeper than the limit of " +
                std::to_string(limits::valueDepth) + " levels.")
            .withStatus(422);
    }
    return depth;
}

}  // namespace

Value makeList(std::vector<Value> items) {
    const std::size_t depth = depthAround(items);
    return std::make_shared<List>(List{std::move(items), depth});
}

Value makeRecord(Record record) {
    record.depth = depthAround(record.values);
    return std::make_shared<Record>(std::move(record));
}

std::string_view kindOf(const Value& value) {
    constexpr std::string_view names[] = {"nothing", "null", "a boolean", "a number", "a number",
        "text", "bytes", "a time", "an answer", "a list", "a record"};
    static_assert(std::size(names) == std::variant_size_v<Value>);
    return names[value.index()];
}

std::optional<double> parseNumber(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) {
        return std::nullopt;
    }
    return number;
}

std::optional<std::int64_t> parseInteger(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

double asNumber(const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        return static_cast<double>(*integer);
    }
    if (const auto* real = std::get_if<double>(&value)) {
        return *real;
    }
    if (const auto* text = std::get_if<std::string>(&value)) {
        if (const auto number = parseNumber(*text)) {
            return *number;
        }
    }
    throw planError("it needs a number where it has " + std::string(kindOf(value)));
}

namespace {

Value numberFromJson(std::string_view text) {
    if (const auto integer = parseInteger(text)) {
        return *integer;
    }
    if (const auto number = parseNumber(text)) {
        return *number;
    }
    throw RequestError("P2009",
        "The number " + std::string(text.substr(0, 50)) +
            " in the request does not fit into a double.")
        .withStatus(400);
}

Value recordFromJson(const request::Value& json, Budget& budget) {
    auto columns = std::make_shared<Columns>();
    Record record;
    for (const request::Member& member : json.members()) {
        columns->names.emplace_back(member.name);
        record.values.push_back(fromJson(member.value, budget));
    }
    budget.spendValues(record.values.size());
    record.columns = std::move(columns);
    return makeRecord(std::move(record));
}

void appendReal(std::string& out, double number) {
    if (!std::isfinite(number)) {
        throw RequestError("P2023", "Inconsistent column data: a number is infinite.")
            .withStatus(400);
    }
    appendNumber(out, number);
}

}  // namespace

Value fromJson(const request::Value& json, Budget& budget) {
    using Kind = request::Value::Kind;
    switch (json.kind) {
        case Kind::Boolean:
            return json.boolean;
        case Kind::Integer:
        case Kind::Real:
            return numberFromJson(json.text);
        case Kind::String:
            budget.spend(json.text.size());
            return std::string(json.text);
        case Kind::List: {
            std::vector<Value> items;
            budget.spendValues(json.items().size());
            items.reserve(json.items().size());
            for (const request::Value& item : json.items()) {
                items.push_back(fromJson(item, budget));
            }
            return makeList(std::move(items));
        }
        case Kind::Object:
            return recordFromJson(json, budget);
        default:
            return Null{};
    }
}

void appendNumber(std::string& out, double number, bool isPlain) {
    char digits[400];
    char* const end =
        isPlain
            ? std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed).ptr
            : std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

void appendJson(std::string& out, const Value& value, Budget& budget) {
    const std::size_t start = out.size();
    if (const auto* flag = std::get_if<bool>(&value)) {
        out += *flag ? "true" : "false";
    } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        const bool isSafe = *integer <= safeInteger && *integer >= -safeInteger;
        out += isSafe ? std::to_string(*integer) : "\"" + std::to_string(*integer) + "\"";
    } else if (const auto* real = std::get_if<double>(&value)) {
        appendReal(out, *real);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        request::appendJsonString(out, *text);
    } else if (const auto* bytes = std::get_if<plan::Bytes>(&value)) {
        out += '"';
        plan::appendBase64(out, bytes->data);
        out += '"';
    } else if (const auto* time = std::get_if<plan::DateTime>(&value)) {
        out += '"';
        plan::appendTime(out, time->milliseconds);
        out += '"';
    } else if (const auto* json = std::get_if<plan::Json>(&value)) {
        out += json->text;
    } else if (const std::vector<Value>* items = itemsOf(value)) {
        out += '[';
        for (std::size_t index = 0; index < items->size(); ++index) {
            out += index == 0 ? "" : ",";
            appendJson(out, (*items)[index], budget);
        }
        out += ']';
        return;
    } else if (const Record* record = recordOf(value)) {
        out += '{';
        for (std::size_t index = 0; index < record->values.size(); ++index) {
            out += index == 0 ? "" : ",";
            request::appendJsonString(out, record->columns->names[index]);
            out += ':';
            appendJson(out, record->values[index], budget);
        }
        out += '}';
        return;
    } else {
        out += "null";
    }
    budget.spend(out.size() - start);
}

void appendJson(std::string& out, const request::Value& json) {
    using Kind = request::Value::Kind;
    switch (json.kind) {
        case Kind::Boolean:
            out += json.boolean ? "true" : "false";
            return;
        case Kind::Integer:
        case Kind::Real:
            out += json.text;
            return;
        case Kind::String:
            request::appendJsonString(out, json.text);
            return;
        case Kind::List:
            out += '[';
            for (std::size_t index = 0; index < json.items().size(); ++index) {
                out += index == 0 ? "" : ",";
                appendJson(out, json.items()[index]);
            }
            out += ']';
            return;
        case Kind::Object:
            out += '{';
            for (std::size_t index = 0; index < json.members().size(); ++index) {
                out += index == 0 ? "" : ",";
                request::appendJsonString(out, json.members()[index].name);
                out += ':';
                appendJson(out, json.members()[index].value);
            }
            out += '}';
            return;
        default:
            out += "null";
    }
}

std::string keyOf(const Record& record, const std::vector<std::string_view>& fields) {
    Budget budget;
    std::string key = "[";
    for (const std::string_view field : fields) {
        key += key.size() == 1 ? "" : ",";
        const Value* value = record.find(field);
        appendJson(key, value == nullptr ? Value(Null{}) : *value, budget);
    }
    return key + "]";
}

}  // namespace loam::runtime::queryplan
