#include "runtime/result/record.hpp"

#include <string_view>
#include <vector>

#include "runtime/request/text.hpp"
#include "runtime/result/value.hpp"

namespace loam::runtime::result {
namespace {

using plan::Output;
using plan::Selection;

/// Appends an object; `appendValue` writes the members that are not type names. Keys are names of
/// GraphQL, which need no escapes.
template <typename AppendValue>
void appendObject(std::string& out, const Selection& selection, const AppendValue& appendValue) {
    char separator = '{';
    for (const Output& output : selection) {
        out += separator;
        separator = ',';
        out.append("\"").append(output.key).append("\":");
        if (output.kind == Output::Kind::TypeName) {
            request::appendJsonString(out, output.typeName);
        } else {
            appendValue(output);
        }
    }
    out += "}";
}

class RecordWriter {
  public:
    RecordWriter(std::string& out, const schema::Schema& schema, const schema::Model& model,
        const sql::Row& row, const AppendRelated& appendRelated)
        : out_(out), schema_(schema), model_(model), row_(row), appendRelated_(appendRelated) {}

    void append(const Selection& selection) {
        appendObject(out_, selection, [&](const Output& output) { append(output); });
    }

  private:
    void append(const Output& output) {
        switch (output.kind) {
            case Output::Kind::Column:
                appendColumn(out_, schema_, model_, output, row_, column_++);
                return;
            case Output::Kind::Aggregate:
                appendAggregate(out_, schema_, model_, output, row_, column_++);
                return;
            case Output::Kind::Related:
                appendRelated_(output, column_);
                column_ += static_cast<int>(output.rows.front().link->columns.size());
                return;
            case Output::Kind::RelatedCount:
                out_ += std::to_string(row_.integer(column_++));
                return;
            case Output::Kind::Object:
                append(output.members);
                return;
            case Output::Kind::Count:
            case Output::Kind::TypeName:
                return;
        }
    }

    std::string& out_;
    const schema::Schema& schema_;
    const schema::Model& model_;
    const sql::Row& row_;
    const AppendRelated& appendRelated_;
    int column_ = 0;
};

}  // namespace

void appendRecord(std::string& out, const schema::Schema& schema, const schema::Model& model,
    const Selection& selection, const sql::Row& row, const AppendRelated& appendRelated) {
    RecordWriter(out, schema, model, row, appendRelated).append(selection);
}

void appendCount(std::string& out, const Selection& selection, std::int64_t count) {
    appendObject(out, selection, [&](const Output&) { out += std::to_string(count); });
}

int columnCount(const Selection& selection) {
    int count = 0;
    for (const Output& output : selection) {
        switch (output.kind) {
            case Output::Kind::Column:
            case Output::Kind::Aggregate:
            case Output::Kind::RelatedCount:
                ++count;
                break;
            case Output::Kind::Related:
                count += static_cast<int>(output.rows.front().link->columns.size());
                break;
            case Output::Kind::Object:
                count += columnCount(output.members);
                break;
            case Output::Kind::Count:
            case Output::Kind::TypeName:
                break;
        }
    }
    return count;
}

void reverse(std::string& out, const std::vector<std::size_t>& starts) {
    if (starts.size() < 2) {
        return;
    }
    std::string list;
    list.reserve(out.size() - starts.front());
    std::size_t end = out.size();
    for (auto start = starts.rbegin(); start != starts.rend(); ++start) {
        list += list.empty() ? "" : ",";
        list += std::string_view(out).substr(*start, end - *start);
        end = *start - 1;
    }
    out.replace(starts.front(), std::string::npos, list);
}

}  // namespace loam::runtime::result
