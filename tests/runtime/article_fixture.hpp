#pragma once

#include "tests/support/runtime/temporary_directory.hpp"

namespace loam::testing {

/// Writes schema.prisma, with one model, and the migrations that make its table and turn on the
/// write-ahead log.
inline void writeArticles(const TemporaryDirectory& directory) {
    directory.write("schema.prisma", R"(
datasource db {
  provider = "sqlite"
  url      = "file:database.db"
}
generator client {
  provider = "prisma-client-js"
}
model Article {
  id    Int    @id @default(autoincrement())
  title String @unique
}
)");
    directory.write("migrations/1_wal/migration.sql", "PRAGMA journal_mode=WAL;");
    directory.write("migrations/2_article/migration.sql",
        "CREATE TABLE \"Article\" (\"id\" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "
        "\"title\" TEXT NOT NULL);\n"
        "CREATE UNIQUE INDEX \"Article_title_key\" ON \"Article\"(\"title\");");
}

}  // namespace loam::testing
