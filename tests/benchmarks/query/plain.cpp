#include "tests/benchmarks/query/plain.hpp"

#include <sqlite3.h>
#include <stdexcept>

#include "runtime/request/text.hpp"

namespace loam::benchmark {
namespace {

void check(int code, int expected) {
    if (code != expected) {
        throw std::runtime_error("SQLite answered " + std::to_string(code));
    }
}

void number(std::string& out, sqlite3_stmt* row, int column) {
    out += std::to_string(sqlite3_column_int64(row, column));
}

void text(std::string& out, sqlite3_stmt* row, int column) {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
    runtime::request::appendJsonString(
        out, {data, static_cast<std::size_t>(sqlite3_column_bytes(row, column))});
}

void user(std::string& out, sqlite3_stmt* row) {
    out += "{\"id\":";
    number(out, row, 0);
    out += ",\"email\":";
    text(out, row, 1);
    out += ",\"name\":";
    text(out, row, 2);
    out += ",\"age\":";
    number(out, row, 3);
}

void post(std::string& out, sqlite3_stmt* row) {
    out += "{\"id\":";
    number(out, row, 0);
    out += ",\"title\":";
    text(out, row, 1);
    out += ",\"likes\":";
    number(out, row, 2);
    out += "}";
}

}  // namespace

Plain::Plain(const std::string& path) {
    check(sqlite3_open_v2(path.c_str(), &database_, SQLITE_OPEN_READWRITE, nullptr), SQLITE_OK);
    sqlite3_busy_timeout(database_, 5000);
    sqlite3_exec(database_, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL", nullptr, nullptr,
        nullptr);
    unique_ = prepare("SELECT id, email, name, age FROM User WHERE id = ?");
    many_ =
        prepare("SELECT id, email, name, age FROM User WHERE age = ? ORDER BY id DESC LIMIT 100");
    users_ =
        prepare("SELECT id, email, name, age FROM User WHERE id >= ? ORDER BY id ASC LIMIT 10");
    posts_ = prepare("SELECT id, title, likes FROM Post WHERE authorId = ?");
    insert_ = prepare(
        "INSERT INTO Post(title, body, likes, authorId) VALUES(?, 'A new body', 0, ?) "
        "RETURNING id, title, likes");
    update_ = prepare("UPDATE Post SET likes = ? WHERE id = ? RETURNING id, title, likes");
    begin_ = prepare("BEGIN IMMEDIATE");
    commit_ = prepare("COMMIT");
}

Plain::~Plain() {
    for (sqlite3_stmt* statement : statements_) {
        sqlite3_finalize(statement);
    }
    sqlite3_close(database_);
}

sqlite3_stmt* Plain::prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr), SQLITE_OK);
    statements_.push_back(statement);
    return statement;
}

void Plain::findUnique(std::string& out, int id) {
    sqlite3_bind_int(unique_, 1, id);
    check(sqlite3_step(unique_), SQLITE_ROW);
    user(out, unique_);
    out += "}";
    sqlite3_reset(unique_);
}

void Plain::findMany(std::string& out, int age) {
    sqlite3_bind_int(many_, 1, age);
    out += "[";
    for (bool isFirst = true; sqlite3_step(many_) == SQLITE_ROW; isFirst = false) {
        out += isFirst ? "" : ",";
        user(out, many_);
        out += "}";
    }
    out += "]";
    sqlite3_reset(many_);
}

void Plain::include(std::string& out, int firstId) {
    sqlite3_bind_int(users_, 1, firstId);
    out += "[";
    for (bool isFirst = true; sqlite3_step(users_) == SQLITE_ROW; isFirst = false) {
        out += isFirst ? "" : ",";
        user(out, users_);
        out += ",\"posts\":[";
        sqlite3_bind_int64(posts_, 1, sqlite3_column_int64(users_, 0));
        for (bool isFirstPost = true; sqlite3_step(posts_) == SQLITE_ROW; isFirstPost = false) {
            out += isFirstPost ? "" : ",";
            post(out, posts_);
        }
        sqlite3_reset(posts_);
        out += "]}";
    }
    out += "]";
    sqlite3_reset(users_);
}

void Plain::insert(std::string& out, const std::string& title, int author) {
    sqlite3_bind_text(insert_, 1, title.data(), static_cast<int>(title.size()), SQLITE_STATIC);
    sqlite3_bind_int(insert_, 2, author);
    check(sqlite3_step(insert_), SQLITE_ROW);
    post(out, insert_);
    check(sqlite3_step(insert_), SQLITE_DONE);
    sqlite3_reset(insert_);
}

void Plain::create(std::string& out, const std::string& title, int author) {
    insert(out, title, author);
}

void Plain::update(std::string& out, int id, int likes) {
    sqlite3_bind_int(update_, 1, likes);
    sqlite3_bind_int(update_, 2, id);
    check(sqlite3_step(update_), SQLITE_ROW);
    post(out, update_);
    check(sqlite3_step(update_), SQLITE_DONE);
    sqlite3_reset(update_);
}

void Plain::createBatch(std::string& out, const std::string& title, int author) {
    sqlite3_step(begin_);
    sqlite3_reset(begin_);
    for (int index = 0; index < 100; ++index) {
        insert(out, title, author);
    }
    check(sqlite3_step(commit_), SQLITE_DONE);
    sqlite3_reset(commit_);
}

}  // namespace loam::benchmark
