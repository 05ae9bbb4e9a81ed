#include "runtime/result/value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string_view>

#include "runtime/plan/base64.hpp"
#include "runtime/plan/date_time.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/text.hpp"

namespace loam::runtime::result {
namespace {

using schema::ScalarType;
using sql::StorageType;

template <typename Number, typename... Format>
void appendNumber(std::string& out, Number number, Format... format) {
    char digits[400];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number, format...).ptr);
}

/// Appends the shortest digits that mean the number, without an exponent: 1e21 is a 1 and 21 zeros.
void appendPlain(std::string& out, double number) {
    std::string digits;
    appendNumber(digits, std::abs(number), std::chars_format::scientific);
    const std::size_t mark = digits.find('e');
    const int exponent = std::atoi(digits.c_str() + mark + 1);
    digits.resize(mark);
    digits.erase(std::remove(digits.begin(), digits.end(), '.'), digits.end());
    const int wholeDigits = exponent + 1;
    const int count = static_cast<int>(digits.size());
    out += number < 0 ? "-" : "";
    if (wholeDigits <= 0) {
        out.append("0.").append(static_cast<std::size_t>(-wholeDigits), '0').append(digits);
    } else if (wholeDigits >= count) {
        out.append(digits).append(static_cast<std::size_t>(wholeDigits - count), '0');
    } else {
        digits.insert(static_cast<std::size_t>(wholeDigits), ".");
        out.append(digits);
    }
}

class Writer {
  public:
    Writer(std::string& out, const schema::Schema& schema, const schema::Model& model,
        const schema::Field& field, const sql::Cursor& row, int column)
        : out_(out),
          schema_(schema),
          model_(model),
          field_(field),
          row_(row),
          column_(column),
          type_(row.type(column)) {}

    void append() {
        if (type_ == StorageType::Null) {
            appendNull();
        } else if (field_.kind == schema::FieldKind::Enum) {
            appendEnum();
        } else {
            appendScalar();
        }
    }

  private:
    std::string name() const { return "`" + model_.name + "." + field_.name + "`"; }

    [[noreturn]] void fail(const std::string& problem) const {
        const std::string message = "The value stored for " + name() + " " + problem;
        std::string meta = "{\"message\":";
        request::appendJsonString(meta, message);
        throw request::RequestError("P2023", "Inconsistent column data: " + message + ".")
            .withMeta(meta + "}");
    }

    void expect(StorageType expected) const {
        if (type_ != expected) {
            constexpr std::string_view names[] = {
                "NULL", "an integer", "a number", "text", "bytes"};
            fail("is " + std::string(names[static_cast<std::size_t>(type_)]) + ", not " +
                 std::string(names[static_cast<std::size_t>(expected)]));
        }
    }

    void appendNull() {
        if (field_.isRequired()) {
            throw request::RequestError("P2032",
                "Error converting field \"" + field_.name + "\" of expected non-nullable type \"" +
                    std::string(schema::toString(field_.scalar)) +
                    R"(", found incompatible value of "null".)")
                .withMeta(R"({"field":")" + field_.name + "\"}");
        }
        out_ += "null";
    }

    std::string_view checkedText() const {
        expect(StorageType::Text);
        const std::string_view text = row_.bytes(column_);
        if (request::findInvalidUtf8(text) != std::string_view::npos) {
            fail("is not valid UTF-8");
        }
        return text;
    }

    void appendScalar() {
        switch (field_.scalar) {
            case ScalarType::Int:
                appendInt();
                return;
            case ScalarType::BigInt:
                expect(StorageType::Integer);
                out_ += '"';
                appendNumber(out_, row_.integer(column_));
                out_ += '"';
                return;
            case ScalarType::Float:
                appendFloat();
                return;
            case ScalarType::Decimal:
                appendDecimal();
                return;
            case ScalarType::Boolean:
                expect(StorageType::Integer);
                out_ += row_.integer(column_) != 0 ? "true" : "false";
                return;
            case ScalarType::String:
                request::appendJsonString(out_, checkedText());
                return;
            case ScalarType::DateTime:
                appendDateTime();
                return;
            case ScalarType::Bytes:
                if (type_ != StorageType::Blob && type_ != StorageType::Text) {
                    expect(StorageType::Blob);
                }
                out_ += '"';
                plan::appendBase64(out_, row_.bytes(column_));
                out_ += '"';
                return;
            case ScalarType::Json:
                appendJson();
                return;
        }
    }

    void appendInt() {
        expect(StorageType::Integer);
        const std::int64_t number = row_.integer(column_);
        if (number < std::numeric_limits<std::int32_t>::min() ||
            number > std::numeric_limits<std::int32_t>::max()) {
            fail("is " + std::to_string(number) +
                 ", which does not fit into an Int; use BigInt as the type of the field");
        }
        appendNumber(out_, number);
    }

    double finite() const {
        const double number = row_.real(column_);
        if (!std::isfinite(number)) {
            fail("is infinite");
        }
        return number;
    }

    void appendFloat() {
        if (type_ == StorageType::Integer) {
            appendNumber(out_, row_.integer(column_));
            return;
        }
        expect(StorageType::Real);
        appendNumber(out_, finite());
    }

    void appendDecimal() {
        out_ += '"';
        if (type_ == StorageType::Integer) {
            appendNumber(out_, row_.integer(column_));
        } else {
            expect(StorageType::Real);
            appendPlain(out_, finite());
        }
        out_ += '"';
    }

    void appendDateTime() {
        std::optional<std::int64_t> time;
        if (type_ == StorageType::Integer) {
            time = row_.integer(column_);
        } else {
            const std::string_view text = checkedText();
            time = plan::parseStoredTime(text);
            if (!time) {
                fail("is \"" + std::string(text) + "\", which is not a time");
            }
        }
        if (!plan::isShowable(*time)) {
            fail("lies outside of the years 0 to 9999");
        }
        out_ += '"';
        plan::appendTime(out_, *time);
        out_ += '"';
    }

    /// The column has numeric affinity, so that documents which are numbers are stored as numbers.
    void appendJson() {
        if (type_ == StorageType::Integer || type_ == StorageType::Real) {
            out_ += '"';
            if (type_ == StorageType::Integer) {
                appendNumber(out_, row_.integer(column_));
            } else {
                appendNumber(out_, finite());
            }
            out_ += '"';
            return;
        }
        request::appendJsonString(out_, checkedText());
    }

    void appendEnum() {
        const std::string_view text = checkedText();
        const schema::Enum& type = schema_.enums[field_.enumIndex];
        const schema::EnumValue* value = type.findStored(text);
        if (value == nullptr) {
            fail("is \"" + std::string(text) + "\", which is not a value of the enum " + type.name);
        }
        request::appendJsonString(out_, value->name);
    }

    std::string& out_;
    const schema::Schema& schema_;
    const schema::Model& model_;
    const schema::Field& field_;
    const sql::Cursor& row_;
    int column_;
    StorageType type_;
};

}  // namespace

void appendColumn(std::string& out, const schema::Schema& schema, const schema::Model& model,
    const schema::Field& field, const sql::Cursor& row, int column) {
    Writer(out, schema, model, field, row, column).append();
}

}  // namespace loam::runtime::result
