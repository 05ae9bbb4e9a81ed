#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "runtime/queryplan/plan_request.hpp"
#include "runtime/storage/database.hpp"

namespace loam::testing {

/// A database in memory with two tables, and plans that run on it. The clock stands still at
/// 2021-02-03T04:05:06.789Z, and random bytes are all zero.
class PlanFixture {
  public:
    PlanFixture() : database(runtime::storage::Database::openOrCreate(":memory:")) {
        database.execute(R"(
            CREATE TABLE city (
                id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size REAL, people BIGINT,
                rate DECIMAL, isOld BOOLEAN, founded DATETIME, seal BLOB, facts JSONB);
            CREATE TABLE street (
                id INTEGER PRIMARY KEY, name TEXT NOT NULL, cityId INTEGER NOT NULL,
                FOREIGN KEY (cityId) REFERENCES city (id));
        )");
    }

    runtime::queryplan::Answer answer(std::string_view plan, std::string_view parameters = "{}",
        runtime::queryplan::Access access = runtime::queryplan::Access::ReadWrite) {
        const std::string body =
            R"({"operation":"findMany","plan":)" + std::string(plan) +
            ",\"params\":" + std::string(parameters) + "}";
        return runtime::queryplan::run(body, database, access, sources());
    }

    /// The data of the answer, or the whole body of one that failed.
    std::string run(std::string_view plan, std::string_view parameters = "{}") {
        const std::string body = answer(plan, parameters).body;
        constexpr std::string_view start = "{\"data\":";
        return body.starts_with(start)
                   ? body.substr(start.size(), body.size() - start.size() - 1)
                   : body;
    }

    /// The message of the error in the answer, or its body when there is none.
    std::string message(std::string_view plan, std::string_view parameters = "{}") {
        const std::string body = answer(plan, parameters).body;
        constexpr std::string_view start = R"("error":")";
        const std::size_t from = body.find(start);
        const std::size_t to = body.rfind(",\"meta\":");
        return from == std::string::npos
                   ? body
                   : body.substr(from + start.size(), to - from - start.size() - 1);
    }

    /// The first column of all rows, joined by commas.
    std::string select(std::string_view sql) {
        std::string text;
        runtime::storage::Statement statement = database.statement(sql);
        while (statement.step()) {
            text += (text.empty() ? "" : ",") + std::string(statement.text(0));
        }
        return text;
    }

    static runtime::plan::Sources sources() {
        return {1612325106789, [](std::span<std::uint8_t> bytes) {
                    std::fill(bytes.begin(), bytes.end(), std::uint8_t{0});
                }};
    }

    runtime::storage::Database database;
};

/// The JSON of a node.
inline std::string node(const std::string& type, const std::string& args) {
    return R"({"type":")" + type + R"(","args":)" + args + "}";
}

inline std::string value(const std::string& json) { return node("value", json); }

/// A list of records, such as a query gives.
inline const std::string people = value(
    R"([{"id":1,"team":1,"name":"Ada"},{"id":2,"team":2,"name":"Bob"},{"id":3,"team":1,"name":"Cy"}])");

/// A statement that the user wrote.
inline std::string
rawSql(const std::string& sql, const std::string& args = "[]", const std::string& types = "[]") {
    return R"({"type":"rawSql","sql":")" + sql + R"(","args":)" + args + R"(,"argTypes":)" + types +
           "}";
}

/// The type of a parameter.
inline std::string scalar(const std::string& type) {
    return R"({"arity":"scalar","scalarType":")" + type + R"(","dbType":null})";
}

inline std::string chunk(const std::string& sql) {
    return R"({"type":"stringChunk","chunk":")" + sql + "\"}";
}

inline const std::string parameter = R"({"type":"parameter"})";
inline const std::string tuple =
    R"({"type":"parameterTuple","itemPrefix":"","itemSeparator":",","itemSuffix":""})";
inline const std::string tupleList =
    R"json({"type":"parameterTupleList","itemPrefix":"(","itemSeparator":",","itemSuffix":")",)json"
    R"json("groupSeparator":","})json";

/// A statement that the client compiled; `fragments`, `args` and `types` without brackets.
inline std::string templateSql(const std::string& fragments, const std::string& args = "",
    const std::string& types = "", bool isChunkable = true, bool hasNumbering = false) {
    return R"({"type":"templateSql","fragments":[)" + fragments + R"(],"args":[)" + args +
           R"(],"argTypes":[)" + types + R"(],"placeholderFormat":{"prefix":"?","hasNumbering":)" +
           (hasNumbering ? "true" : "false") + R"(},"chunkable":)" +
           (isChunkable ? "true" : "false") + "}";
}

/// A query without parameters.
inline std::string query(const std::string& sql) { return node("query", templateSql(chunk(sql))); }

}  // namespace loam::testing
