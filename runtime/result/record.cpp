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

void appendCounts(
    std::string& out, const Selection& selection, const sql::Cursor& row, int& column) {
    appendObject(out, selection, [&](const Output& output) {
        if (output.kind == Output::Kind::Object) {
            appendCounts(out, output.members, row, column);
        } else {
            out += std::to_string(row.integer(column++));
        }
    });
}

/// The elements that start at the offsets, last one first.
std::string reversed(const std::string& out, const std::vector<std::size_t>& starts) {
    std::string list;
    list.reserve(out.size() - starts.front());
    std::size_t end = out.size();
    for (auto start = starts.rbegin(); start != starts.rend(); ++start) {
        list += list.empty() ? "" : ",";
        list += std::string_view(out).substr(*start, end - *start);
        end = *start - 1;
    }
    return list;
}

}  // namespace

void appendRecord(std::string& out, const schema::Schema& schema, const schema::Model& model,
    const Selection& selection, const sql::Cursor& row) {
    int column = 0;
    appendObject(out, selection, [&](const Output& output) {
        appendColumn(out, schema, model, *output.field, row, column++);
    });
}

void appendRecords(std::string& out, const schema::Schema& schema, const schema::Model& model,
    const Selection& selection, sql::Cursor& rows, bool isReversed) {
    std::vector<std::size_t> starts;
    out += "[";
    bool isFirst = true;
    while (rows.next()) {
        out += isFirst ? "" : ",";
        isFirst = false;
        if (isReversed) {
            starts.push_back(out.size());
        }
        appendRecord(out, schema, model, selection, rows);
    }
    if (starts.size() > 1) {
        const std::string list = reversed(out, starts);
        out.replace(starts.front(), std::string::npos, list);
    }
    out += "]";
}

void appendCount(std::string& out, const Selection& selection, std::int64_t count) {
    appendObject(out, selection, [&](const Output&) { out += std::to_string(count); });
}

void appendAggregate(std::string& out, const Selection& selection, const sql::Cursor& row) {
    int column = 0;
    appendCounts(out, selection, row, column);
}

}  // namespace loam::runtime::result
