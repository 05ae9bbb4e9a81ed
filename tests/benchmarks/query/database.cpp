#include "tests/benchmarks/query/database.hpp"

#include "runtime/schema/ddl.hpp"
#include "runtime/schema/schema.hpp"
#include "runtime/storage/database.hpp"

namespace loam::benchmark {

const std::string_view schemaText = R"(
model User {
  id    Int     @id @default(autoincrement())
  email String  @unique
  name  String?
  age   Int
  posts Post[]
  @@index([age])
}
model Post {
  id       Int    @id @default(autoincrement())
  title    String
  body     String
  likes    Int    @default(0)
  author   User   @relation(fields: [authorId], references: [id])
  authorId Int
  @@index([authorId])
}
)";

void makeDatabase(const std::string& path) {
    using namespace runtime;
    auto database = storage::Database::openOrCreate(path);
    database.execute("PRAGMA journal_mode = WAL");
    for (const std::string& statement : schema::createStatements(schema::parse(schemaText))) {
        database.execute(statement);
    }
    database.execute("BEGIN");
    auto user = database.statement("INSERT INTO User(id, email, name, age) VALUES(?, ?, ?, ?)");
    auto post =
        database.statement("INSERT INTO Post(title, body, likes, authorId) VALUES(?, ?, ?, ?)");
    for (int id = 1; id <= 100000; ++id) {
        const std::string number = std::to_string(id);
        user.bind(1, std::int64_t{id});
        user.bind(2, "user" + number + "@example.com");
        user.bind(3, "User \"" + number + "\"");
        user.bind(4, std::int64_t{id % 90});
        user.run();
        user.reset();
        post.bind(1, "Title of " + number);
        post.bind(2, "A body of some length that holds a few words about the post " + number);
        post.bind(3, std::int64_t{id % 50});
        post.bind(4, std::int64_t{(id - 1) / 10 + 1});
        post.run();
        post.reset();
    }
    database.execute("COMMIT");
    database.execute("ANALYZE");
}

}  // namespace loam::benchmark
