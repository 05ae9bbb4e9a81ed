#include "runtime/result/value.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

#include "runtime/plan/base64.hpp"
#include "runtime/plan/date_time.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/text.hpp"
#include "runtime/result/number.hpp"

namespace loam::runtime::result {
namespace {

using schema::ScalarType;
using sql::StorageType;

class Writer {
  public:
    Writer(std::string& out, const schema::Schema& schema, const schema::Model& model,
        const plan::Output& output, const sql::Row& row, int column)
        : out_(out),
          schema_(schema),
          model_(model),
          field_(*output.field),
          isTagged_(output.notation == request::Notation::Json),
          row_(row),
          column_(column),
          type_(row.type(column)) {}

    void appendAggregate(plan::Aggregation aggregation) {
        const bool isDecimal = field_.scalar == ScalarType::Decimal;
        if (type_ == StorageType::Null) {
            out_ += "null";
        } else if (aggregation == plan::Aggregation::Average && !isDecimal) {
            appendFloat();
        } else if (aggregation == plan::Aggregation::Sum && field_.scalar == ScalarType::Int) {
            expect(StorageType::Integer);
            appendNumber(out_, row_.integer(column_));
        } else {
            append();
        }
    }

    void append() {
        if (type_ == StorageType::Null) {
            appendNull();
        } else if (field_.kind == schema::FieldKind::Enum) {
            appendEnum();
        } else if (isTagged_ && needsTag()) {
            out_.append(R"({"$type":")").append(schema::toString(field_.scalar));
            out_ += R"(","value":)";
            appendScalar();
            out_ += '}';
        } else {
            appendScalar();
        }
    }

  private:
    bool needsTag() const {
        switch (field_.scalar) {
            case ScalarType::BigInt:
            case ScalarType::Decimal:
            case ScalarType::DateTime:
            case ScalarType::Bytes:
            case ScalarType::Json:
                return true;
            default:
                return false;
        }
    }

    std::string name() const { return "`" + model_.name + "." + field_.name + "`"; }

    [[noreturn]] void fail(const std::string& problem) const {
        const std::string message = "The value stored for " + name() + " " + problem;
        throw request::RequestError("P2023", "Inconsistent column data: " + message + ".")
            .withMeta("{\"message\":" + request::jsonString(message) + "}");
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
            // An error without a code, as Prisma has it.
            throw request::RequestError(
                "", "Value '" + std::string(text) + "' not found in enum '" + type.name + "'");
        }
        request::appendJsonString(out_, value->name);
    }

    std::string& out_;
    const schema::Schema& schema_;
    const schema::Model& model_;
    const schema::Field& field_;
    bool isTagged_;
    const sql::Row& row_;
    int column_;
    StorageType type_;
};

}  // namespace

void appendAggregate(std::string& out, const schema::Schema& schema, const schema::Model& model,
    const plan::Output& output, const sql::Row& row, int column) {
    if (output.aggregation == plan::Aggregation::Count) {
        appendNumber(out, row.integer(column));
        return;
    }
    Writer(out, schema, model, output, row, column).appendAggregate(output.aggregation);
}

void appendColumn(std::string& out, const schema::Schema& schema, const schema::Model& model,
    const plan::Output& output, const sql::Row& row, int column) {
    Writer(out, schema, model, output, row, column).append();
}

}  // namespace loam::runtime::result
