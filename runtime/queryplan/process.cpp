#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "runtime/plan/base64.hpp"
#include "runtime/queryplan/records.hpp"
#include "runtime/request/json_parser.hpp"

// What the database cannot do for a plan: distinct, pagination and reversal in memory.

namespace loam::runtime::queryplan {
namespace {

/// The fields of a cursor with their values.
using Cursor = std::vector<std::pair<std::string_view, Value>>;

bool isNumber(const Value& value) {
    return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

/// Equality between a stored value and one of the request, which may be written in another way.
bool isEqual(const Value& left, const Value& right) {
    if (isNull(left) || isNull(right)) {
        return isNull(left) && isNull(right);
    }
    if (left.index() == right.index()) {
        Budget budget;
        std::string texts[2];
        appendJson(texts[0], left, budget);
        appendJson(texts[1], right, budget);
        return texts[0] == texts[1];
    }
    if (std::holds_alternative<plan::DateTime>(left) ||
        std::holds_alternative<plan::DateTime>(right)) {
        const auto times = std::pair(asTime(left), asTime(right));
        return times.first && times.first == times.second;
    }
    if (const auto* bytes = std::get_if<plan::Bytes>(&left)) {
        const auto* text = std::get_if<std::string>(&right);
        return text != nullptr && plan::decodeBase64(*text) == bytes->data;
    }
    if (std::holds_alternative<plan::Bytes>(right)) {
        return isEqual(right, left);
    }
    const auto comparable = [](const Value& value) {
        const auto* text = std::get_if<std::string>(&value);
        return isNumber(value) || (text != nullptr && parseNumber(*text).has_value());
    };
    return comparable(left) && comparable(right) && asNumber(left) == asNumber(right);
}

bool matches(const Value& value, const Cursor& cursor) {
    const Record* record = recordOf(value);
    return record != nullptr &&
           std::all_of(cursor.begin(), cursor.end(), [record](const auto& field) {
               const Value* found = record->find(field.first);
               return found != nullptr && isEqual(*found, field.second);
           });
}

class Processor {
  public:
    Processor(Evaluator& evaluator, Budget& budget) : evaluator_(evaluator), budget_(budget) {}

    Value process(Value value, const Operations& operations) {
        if (isNull(value)) {
            return value;
        }
        if (const auto* text = std::get_if<std::string>(&value)) {
            request::TextPool pool;
            return process(fromJson(request::parseJson(*text, pool), budget_), operations);
        }
        Cursor cursor;
        if (operations.pagination) {
            for (const auto& [name, expression] : operations.pagination->cursor) {
                cursor.emplace_back(name, evaluator_.evaluate(*expression));
            }
        }
        return itemsOf(value) != nullptr
                   ? processMany(std::move(value), operations, cursor)
                   : processOne(std::move(value), operations, cursor);
    }

  private:
    Value processOne(Value value, const Operations& operations, const Cursor& cursor) {
        if (const auto& page = operations.pagination) {
            if (page->skip.value_or(0) > 0 || page->take == 0 ||
                (page->hasCursor && !matches(value, cursor))) {
                return Null{};
            }
        }
        return processNested(std::move(value), operations);
    }

    Value processNested(Value value, const Operations& operations) {
        if (operations.nested.empty()) {
            return value;
        }
        Record record = takeRecord(std::move(value));
        budget_.spendValues(record.values.size());
        for (const auto& [name, nested] : operations.nested) {
            const std::size_t place = record.columns->find(name);
            if (place != Columns::none) {
                record.values[place] = process(std::move(record.values[place]), nested);
            }
        }
        return makeRecord(std::move(record));
    }

    Value processMany(Value value, const Operations& operations, const Cursor& cursor) {
        std::vector<Value> items = takeItems(std::move(value));
        budget_.spendValues(items.size());
        if (operations.distinct) {
            items = distinct(std::move(items), operations);
        }
        if (operations.pagination) {
            items =
                operations.linkingFields
                    ? paginateGroups(std::move(items), operations, cursor)
                    : paginate(std::move(items), *operations.pagination, cursor);
        }
        if (operations.reverse) {
            std::reverse(items.begin(), items.end());
        }
        for (Value& item : items) {
            item = processNested(std::move(item), operations);
        }
        return makeList(std::move(items));
    }

    static std::string key(const Value& value, const std::vector<std::string_view>& fields) {
        const Record* record = recordOf(value);
        if (record == nullptr) {
            throw planError("it needs a record where it has " + std::string(kindOf(value)));
        }
        return keyOf(*record, fields);
    }

    static std::vector<Value> distinct(std::vector<Value> items, const Operations& operations) {
        std::vector<std::string_view> fields = *operations.distinct;
        if (operations.linkingFields) {
            fields.insert(
                fields.end(), operations.linkingFields->begin(), operations.linkingFields->end());
        }
        std::unordered_set<std::string> seen;
        std::vector<Value> kept;
        for (Value& item : items) {
            if (seen.insert(key(item, fields)).second) {
                kept.push_back(std::move(item));
            }
        }
        return kept;
    }

    static std::vector<Value>
    paginate(std::vector<Value> items, const Pagination& page, const Cursor& cursor) {
        auto start = items.begin();
        if (page.hasCursor) {
            start = std::find_if(items.begin(), items.end(), [&cursor](const Value& item) {
                return matches(item, cursor);
            });
        }
        start += std::min<std::ptrdiff_t>(page.skip.value_or(0), items.end() - start);
        const std::ptrdiff_t left = items.end() - start;
        const std::ptrdiff_t taken = std::min<std::ptrdiff_t>(page.take.value_or(left), left);
        return {std::make_move_iterator(start), std::make_move_iterator(start + taken)};
    }

    static std::vector<Value>
    paginateGroups(std::vector<Value> items, const Operations& operations, const Cursor& cursor) {
        std::vector<std::pair<std::string, std::vector<Value>>> groups;
        std::unordered_map<std::string, std::size_t> places;
        for (Value& item : items) {
            const std::string name = key(item, *operations.linkingFields);
            const auto [place, isNew] = places.emplace(name, groups.size());
            if (isNew) {
                groups.push_back({name, {}});
            }
            groups[place->second].second.push_back(std::move(item));
        }
        std::sort(groups.begin(), groups.end(), [](const auto& left, const auto& right) {
            return left.first < right.first;
        });
        std::vector<Value> kept;
        for (auto& [name, members] : groups) {
            for (Value& item : paginate(std::move(members), *operations.pagination, cursor)) {
                kept.push_back(std::move(item));
            }
        }
        return kept;
    }

    Evaluator& evaluator_;
    Budget& budget_;
};

}  // namespace

Value process(Value value, const Operations& operations, Evaluator& evaluator, Budget& budget) {
    return Processor(evaluator, budget).process(std::move(value), operations);
}

}  // namespace loam::runtime::queryplan
