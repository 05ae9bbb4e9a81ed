#pragma once

// What the nodes of a plan evaluate to. Lists and records are shared and never changed once another
// value may hold them, so that a value cannot contain itself.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/plan/scalar.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/value.hpp"

namespace loam::runtime::queryplan {

/// The value of a node that has none.
struct Undefined {};
struct Null {};

struct List;
struct Record;

/// A value; plan::Json is one that is JSON text already, such as an answer in its final shape.
using Value = std::variant<Undefined, Null, bool, std::int64_t, double, std::string, plan::Bytes,
    plan::DateTime, plan::Json, std::shared_ptr<List>, std::shared_ptr<Record>>;

struct List {
    std::vector<Value> items = {};
    /// Levels of lists and records, this one included.
    std::size_t depth = 1;
};

/// The names of the columns of records of one kind.
struct Columns {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    std::vector<std::string> names = {};

    /// The place of the name, or `none`; the last one when a name occurs twice.
    std::size_t find(std::string_view name) const;
};

struct Record {
    std::shared_ptr<const Columns> columns = {};
    std::vector<Value> values = {};
    /// Levels of lists and records, this one included.
    std::size_t depth = 1;

    /// The value in the column, or null when there is none.
    const Value* find(std::string_view name) const;
};

/// Counts what a request holds in memory. Throws RequestError with status 422 beyond the limit.
class Budget {
  public:
    void spend(std::size_t bytes);
    /// For values in a list or a record.
    void spendValues(std::size_t count) { spend(count * sizeof(Value)); }

  private:
    std::size_t spent_ = 0;
};

/// A failure of a plan that is no fault of the data. Status 400, and without a code.
request::RequestError planError(const std::string& problem);

bool isNull(const Value& value);
/// Null, undefined, or a list without items.
bool isEmpty(const Value& value);
/// The items when the value is a list; otherwise null.
const std::vector<Value>* itemsOf(const Value& value);
/// The record when the value is one; otherwise null.
const Record* recordOf(const Value& value);
/// The items of a list, or the value alone. Copies only what others hold too.
std::vector<Value> takeItems(Value&& value);
/// The record itself when nobody else holds it, else a copy of it. Throws when the value is none.
Record takeRecord(Value&& value);
/// Each throws RequestError with status 422 for values that are nested too deeply.
Value makeList(std::vector<Value> items);
Value makeRecord(Record record);

/// "a number", "text" and the like, for messages.
std::string_view kindOf(const Value& value);

/// The value as a number. Throws RequestError when it is neither a number nor the text of one.
double asNumber(const Value& value);
std::optional<double> parseNumber(std::string_view text);
/// The whole number that the text is, or nothing.
std::optional<std::int64_t> parseInteger(std::string_view text);

/// The JSON value without anything evaluated. Throws RequestError for a number beyond a double.
Value fromJson(const request::Value& json, Budget& budget);

/// Appends the value as plain JSON: times in ISO form, bytes in base64, integers that a double does
/// not hold as texts. Throws RequestError P2023 for an infinite number.
void appendJson(std::string& out, const Value& value, Budget& budget);
/// Appends the JSON value as it was written.
void appendJson(std::string& out, const request::Value& json);

/// Appends digits without an exponent, or with the shortest form where `isPlain` is false.
void appendNumber(std::string& out, double number, bool isPlain = false);

/// The fields of the record as one text that is equal for equal keys.
std::string keyOf(const Record& record, const std::vector<std::string_view>& fields);

/// Largest integer up to which a double holds every one.
inline constexpr std::int64_t safeInteger = (std::int64_t{1} << 53) - 1;

}  // namespace loam::runtime::queryplan
