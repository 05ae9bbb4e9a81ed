#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace loam::benchmark {

/// What a careful programmer would write against SQLite's C API for the same questions: prepared
/// statements, and the same JSON written into one buffer.
class Plain {
  public:
    explicit Plain(const std::string& path);
    Plain(const Plain&) = delete;
    Plain& operator=(const Plain&) = delete;
    ~Plain();

    void findUnique(std::string& out, int id);
    void findMany(std::string& out, int age);
    void include(std::string& out, int firstId);
    void create(std::string& out, const std::string& title, int author);
    void update(std::string& out, int id, int likes);
    void createBatch(std::string& out, const std::string& title, int author);

  private:
    sqlite3_stmt* prepare(const char* sql);
    void insert(std::string& out, const std::string& title, int author);

    sqlite3* database_ = nullptr;
    std::vector<sqlite3_stmt*> statements_;
    sqlite3_stmt* unique_;
    sqlite3_stmt* many_;
    sqlite3_stmt* users_;
    sqlite3_stmt* posts_;
    sqlite3_stmt* insert_;
    sqlite3_stmt* update_;
    sqlite3_stmt* begin_;
    sqlite3_stmt* commit_;
};

}  // namespace loam::benchmark
