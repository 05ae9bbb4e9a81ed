#include "runtime/queryplan/records.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "runtime/plan/date_time.hpp"
#include "runtime/request/json_parser.hpp"

namespace loam::runtime::queryplan {
namespace {

const Record& needRecord(const Value& value) {
    const Record* record = recordOf(value);
    if (record == nullptr) {
        throw planError("it needs a record where it has " + std::string(kindOf(value)));
    }
    return *record;
}

/// To what the keys of children are brought before they are compared with those of parents.
enum class Cast { None, Number, Text, Boolean };

Cast castFor(const Value& value) {
    switch (value.index()) {
        case 2:
            return Cast::Boolean;
        case 3:
        case 4:
            return Cast::Number;
        case 5:
        case 7:
            return Cast::Text;
        default:
            return Cast::None;
    }
}

Value applyCast(const Value& value, Cast cast) {
    const auto* text = std::get_if<std::string>(&value);
    if (isNull(value) || cast == Cast::None) {
        return value;
    }
    if (cast == Cast::Boolean) {
        return text != nullptr ? !text->empty()
               : std::holds_alternative<bool>(value)
                   ? std::get<bool>(value)
                   : asNumber(value) != 0;
    }
    if (cast == Cast::Number && text != nullptr) {
        if (const auto integer = parseInteger(*text)) {
            return *integer;
        }
        const auto number = parseNumber(*text);
        return number ? Value(*number) : value;
    }
    if (cast == Cast::Text && text == nullptr && !std::holds_alternative<plan::DateTime>(value)) {
        Budget budget;
        std::string written;
        appendJson(written, value, budget);
        return written;
    }
    return value;
}

std::vector<Cast>
castsFor(const std::vector<Value>& parents, const std::vector<std::string_view>& columns) {
    std::vector<Cast> casts(columns.size(), Cast::None);
    for (std::size_t index = 0; index < columns.size(); ++index) {
        for (const Value& parent : parents) {
            const Value* value = needRecord(parent).find(columns[index]);
            if (value != nullptr && !isNull(*value)) {
                casts[index] = castFor(*value);
                break;
            }
        }
    }
    return casts;
}

std::string castKey(const Record& record, const std::vector<std::string_view>& columns,
    const std::vector<Cast>& casts) {
    if (casts.empty()) {
        return keyOf(record, columns);
    }
    Record cast;
    auto names = std::make_shared<Columns>();
    for (std::size_t index = 0; index < columns.size(); ++index) {
        const Value* value = record.find(columns[index]);
        names->names.emplace_back(columns[index]);
        cast.values.push_back(value == nullptr ? Value(Null{}) : applyCast(*value, casts[index]));
    }
    cast.columns = std::move(names);
    return keyOf(cast, columns);
}

/// Sets one field of records; records of the same columns share their new ones too.
class FieldSetter {
  public:
    explicit FieldSetter(std::string_view field) : field_(field) {}

    void set(Record& record, Value value) {
        if (record.columns != before_) {
            before_ = record.columns;
            place_ = before_->find(field_);
            after_ = before_;
            if (place_ == Columns::none) {
                auto columns = std::make_shared<Columns>(*before_);
                columns->names.emplace_back(field_);
                after_ = std::move(columns);
            }
        }
        if (place_ == Columns::none) {
            record.values.push_back(std::move(value));
            record.columns = after_;
        } else {
            record.values[place_] = std::move(value);
        }
    }

  private:
    std::string_view field_;
    std::shared_ptr<const Columns> before_;
    std::shared_ptr<const Columns> after_;
    std::size_t place_ = Columns::none;
};

}  // namespace

Value mapField(const Value& value, std::string_view field, Budget& budget) {
    if (const std::vector<Value>* items = itemsOf(value)) {
        std::vector<Value> mapped;
        budget.spendValues(items->size());
        mapped.reserve(items->size());
        for (const Value& item : *items) {
            mapped.push_back(mapField(item, field, budget));
        }
        return makeList(std::move(mapped));
    }
    const Record* record = recordOf(value);
    if (record == nullptr) {
        return value;
    }
    const Value* found = record->find(field);
    return found == nullptr ? Value(Null{}) : *found;
}

Value joinChildren(
    Value parents, const JoinChild& join, Value children, bool isStrict, Budget& budget) {
    const bool isList = itemsOf(parents) != nullptr;
    std::vector<Value> parentItems = takeItems(std::move(parents));
    const std::vector<Cast> casts =
        isStrict ? std::vector<Cast>() : castsFor(parentItems, join.parentColumns);
    std::unordered_map<std::string, std::vector<Value>> byKey;
    for (Value& child : takeItems(std::move(children))) {
        if (isNull(child)) {
            continue;
        }
        const std::string key = castKey(needRecord(child), join.childColumns, casts);
        std::vector<Value>& group = byKey[key];
        if (join.isUnique) {
            group.clear();
        }
        group.push_back(std::move(child));
    }
    FieldSetter setter(join.parentField);
    for (Value& parent : parentItems) {
        const auto found = byKey.find(keyOf(needRecord(parent), join.parentColumns));
        Record record = takeRecord(std::move(parent));
        budget.spendValues(record.values.size() + 1);
        if (join.isUnique) {
            setter.set(record, found == byKey.end() ? Value(Null{}) : found->second.front());
        } else {
            std::vector<Value> matches =
                found == byKey.end() ? std::vector<Value>() : found->second;
            budget.spendValues(matches.size());
            setter.set(record, makeList(std::move(matches)));
        }
        parent = makeRecord(std::move(record));
    }
    return isList ? makeList(std::move(parentItems)) : std::move(parentItems.front());
}

Value difference(Value from, const Value& to, const std::vector<std::string_view>& fields) {
    const auto keyFor = [&fields](const Value& item) {
        return isNull(item) ? std::string("null") : keyOf(needRecord(item), fields);
    };
    std::unordered_set<std::string> keys;
    if (const std::vector<Value>* items = itemsOf(to)) {
        for (const Value& item : *items) {
            keys.insert(keyFor(item));
        }
    } else {
        keys.insert(keyFor(to));
    }
    std::vector<Value> rest;
    for (Value& item : takeItems(std::move(from))) {
        if (keys.find(keyFor(item)) == keys.end()) {
            rest.push_back(std::move(item));
        }
    }
    return makeList(std::move(rest));
}

bool satisfies(const Value& value, const Rule& rule) {
    const std::vector<Value>* items = itemsOf(value);
    const auto count =
        items != nullptr ? static_cast<std::int64_t>(items->size())
        : std::holds_alternative<Null>(value)
            ? 0
            : 1;
    switch (rule.kind) {
        case Rule::Kind::RowCountEquals:
            return count == rule.count;
        case Rule::Kind::RowCountDiffers:
            return count != rule.count;
        case Rule::Kind::AffectedRowsEqual: {
            const auto* number = std::get_if<std::int64_t>(&value);
            return number != nullptr && *number == rule.count;
        }
        case Rule::Kind::Never:
            return false;
    }
    return false;
}

}  // namespace loam::runtime::queryplan
