#include "runtime/result/raw.hpp"

#include <charconv>
#include <limits>
#include <optional>
#include <vector>

#include "runtime/plan/base64.hpp"
#include "runtime/plan/date_time.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/json_parser.hpp"
#include "runtime/request/text.hpp"
#include "runtime/result/number.hpp"

namespace loam::runtime::result {
namespace {

using sql::RawColumn;
using sql::RawType;
using sql::StorageType;

std::string_view nameOf(RawType type) {
    switch (type) {
        case RawType::Unknown:
        case RawType::Int:
            return "int";
        case RawType::BigInt:
            return "bigint";
        case RawType::Float:
            return "float";
        case RawType::Double:
            return "double";
        case RawType::Decimal:
            return "decimal";
        case RawType::Boolean:
            return "bool";
        case RawType::Text:
            return "string";
        case RawType::Bytes:
            return "bytes";
        case RawType::DateTime:
            return "datetime";
        case RawType::Date:
            return "date";
        case RawType::Time:
            return "time";
        case RawType::Json:
            return "json";
    }
    return "string";
}

/// Of a value in a column that declares none.
RawType typeOf(StorageType stored) {
    switch (stored) {
        case StorageType::Null:
            return RawType::Unknown;
        case StorageType::Integer:
            return RawType::BigInt;
        case StorageType::Real:
            return RawType::Double;
        case StorageType::Text:
            return RawType::Text;
        case StorageType::Blob:
            return RawType::Bytes;
    }
    return RawType::Unknown;
}

/// Whether a value of this kind can be shown as the type; others are shown as what they are.
bool fits(RawType type, StorageType stored) {
    switch (type) {
        case RawType::Int:
        case RawType::BigInt:
        case RawType::Boolean:
            return stored == StorageType::Integer;
        case RawType::Float:
        case RawType::Double:
        case RawType::Decimal:
            return stored == StorageType::Integer || stored == StorageType::Real;
        case RawType::DateTime:
        case RawType::Date:
            return stored == StorageType::Integer || stored == StorageType::Text;
        case RawType::Time:
        case RawType::Text:
            return stored == StorageType::Text;
        case RawType::Bytes:
            return stored == StorageType::Blob || stored == StorageType::Text;
        case RawType::Json:
            return stored != StorageType::Blob && stored != StorageType::Null;
        case RawType::Unknown:
            return false;
    }
    return false;
}

class ValueWriter {
  public:
    ValueWriter(std::string& out, const RawColumn& column, const sql::Cursor& row, int index)
        : out_(out), column_(column), row_(row), index_(index), stored_(row.type(index)) {}

    RawType type() const { return fits(column_.type, stored_) ? column_.type : typeOf(stored_); }

    void append() {
        switch (type()) {
            case RawType::Unknown:
                out_ += "null";
                return;
            case RawType::Int:
                appendInt();
                return;
            case RawType::BigInt:
                out_ += '"';
                appendNumber(out_, row_.integer(index_));
                out_ += '"';
                return;
            case RawType::Float:
            case RawType::Double:
                appendReal();
                return;
            case RawType::Decimal:
                out_ += '"';
                stored_ == StorageType::Integer
                    ? appendNumber(out_, row_.integer(index_))
                    : appendPlain(out_, finite());
                out_ += '"';
                return;
            case RawType::Boolean:
                out_ += row_.integer(index_) != 0 ? "true" : "false";
                return;
            case RawType::Bytes:
                out_ += '"';
                plan::appendBase64(out_, row_.bytes(index_));
                out_ += '"';
                return;
            case RawType::DateTime:
            case RawType::Date:
                appendDateTime();
                return;
            case RawType::Json:
                appendJson();
                return;
            case RawType::Text:
            case RawType::Time:
                request::appendJsonString(out_, text());
                return;
        }
    }

  private:
    [[noreturn]] void fail(const std::string& problem) const {
        throw sql::rawError("the value of the column " + column_.name + " " + problem);
    }

    std::string_view text() const {
        const std::string_view text = row_.bytes(index_);
        if (request::findInvalidUtf8(text) != std::string_view::npos) {
            fail("is not valid UTF-8");
        }
        return text;
    }

    double finite() const {
        const double number = row_.real(index_);
        if (number - number != 0) {
            fail("is infinite");
        }
        return number;
    }

    void appendReal() {
        if (stored_ == StorageType::Integer) {
            appendNumber(out_, row_.integer(index_));
        } else {
            appendNumber(out_, finite());
        }
    }

    void appendInt() {
        const std::int64_t number = row_.integer(index_);
        if (number < std::numeric_limits<std::int32_t>::min() ||
            number > std::numeric_limits<std::int32_t>::max()) {
            fail("is " + std::to_string(number) +
                 ", which does not fit in an INT column; make the type of the column BIGINT, or "
                 "read it as an expression such as (" +
                 column_.name + " + 0)");
        }
        appendNumber(out_, number);
    }

    void appendDateTime() {
        const std::optional<std::int64_t> time =
            stored_ == StorageType::Integer
                ? std::optional(row_.integer(index_))
                : plan::parseStoredTime(text());
        if (!time || !plan::isShowable(*time)) {
            fail("is not a time of the years 0 to 9999");
        }
        std::string shown;
        plan::appendTime(shown, *time);
        constexpr std::size_t dateSize = std::string_view("2020-01-02").size();
        if (column_.type == RawType::Date) {
            shown.resize(dateSize);
        } else {
            shown.replace(shown.size() - 1, 1, "+00:00");
        }
        out_.append("\"").append(shown).append("\"");
    }

    /// A document is written in place; what is none is a text.
    void appendJson() {
        if (stored_ != StorageType::Text) {
            appendReal();
            return;
        }
        try {
            out_ += request::compactJson(text());
        } catch (const request::RequestError&) {
            request::appendJsonString(out_, text());
        }
    }

    std::string& out_;
    const RawColumn& column_;
    const sql::Cursor& row_;
    int index_;
    StorageType stored_;
};

template <typename Append>
void appendList(std::string& out, std::size_t size, const Append& append) {
    out += "[";
    for (std::size_t index = 0; index < size; ++index) {
        out += index == 0 ? "" : ",";
        append(index);
    }
    out += "]";
}

/// The types of expressions are known only when rows have been read.
void appendTable(std::string& out, sql::RawStatement& statement) {
    std::vector<RawColumn> columns = statement.columns();
    std::string rows;
    while (statement.next()) {
        rows += rows.empty() ? "" : ",";
        appendList(rows, columns.size(), [&](std::size_t index) {
            RawColumn& column = columns[index];
            ValueWriter value(rows, column, statement.row(), static_cast<int>(index));
            value.append();
            column.type = column.type == RawType::Unknown ? value.type() : column.type;
        });
    }
    out += "{\"columns\":";
    appendList(out, columns.size(), [&](std::size_t index) {
        request::appendJsonString(out, columns[index].name);
    });
    out += ",\"types\":";
    appendList(out, columns.size(), [&](std::size_t index) {
        out.append("\"").append(nameOf(columns[index].type)).append("\"");
    });
    out.append(",\"rows\":[").append(rows).append("]}");
}

void appendObjects(std::string& out, sql::RawStatement& statement) {
    const std::vector<RawColumn> columns = statement.columns();
    std::string_view separator;
    out += "[";
    while (statement.next()) {
        out.append(separator).append("{");
        separator = ",";
        for (std::size_t index = 0; index < columns.size(); ++index) {
            out += index == 0 ? "" : ",";
            request::appendJsonString(out, columns[index].name);
            ValueWriter value(out, columns[index], statement.row(), static_cast<int>(index));
            const RawType type = value.type();
            out.append(R"(:{"prisma__type":")");
            out.append(type == RawType::Unknown ? "null" : nameOf(type));
            out += R"(","prisma__value":)";
            value.append();
            out += "}";
        }
        out += "}";
    }
    out += "]";
}

}  // namespace

RawForm rawFormOf(std::string_view requestPath) {
    requestPath.remove_prefix(requestPath.starts_with('/') ? 1 : 0);
    int parts[2] = {};
    const char* at = requestPath.data();
    const char* const end = at + requestPath.size();
    for (int& part : parts) {
        const auto [next, problem] = std::from_chars(at, end, part);
        if (problem != std::errc() || next == end || *next != '.') {
            return RawForm::Table;
        }
        at = next + 1;
    }
    constexpr int firstMajor = 5;
    constexpr int firstMinor = 17;
    const bool isTable =
        parts[0] > firstMajor || (parts[0] == firstMajor && parts[1] >= firstMinor);
    return isTable ? RawForm::Table : RawForm::Objects;
}

void appendRaw(std::string& out, sql::RawStatement& statement, RawForm form) {
    if (form == RawForm::Table) {
        appendTable(out, statement);
    } else {
        appendObjects(out, statement);
    }
}

}  // namespace loam::runtime::result
