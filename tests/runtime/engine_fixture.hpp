#pragma once

#include <string>
#include <string_view>

#include "runtime/engine/engine.hpp"
#include "runtime/request/text.hpp"
#include "runtime/schema/ddl.hpp"
#include "runtime/schema/schema.hpp"
#include "runtime/storage/database.hpp"

namespace loam::testing {

/// An engine over an empty database in memory with the tables of a schema. The clock stands still
/// at 2021-02-03T04:05:06.789Z, and random bytes are all zero.
class EngineFixture {
  public:
    /// `setting` is run before the tables are made.
    explicit EngineFixture(std::string_view schemaText,
        runtime::engine::Access access = runtime::engine::Access::ReadWrite,
        const std::string& setting = "")
        : schema(runtime::schema::parse(schemaText)),
          database(runtime::storage::Database::openOrCreate(":memory:")),
          engine(schema, database, access, [] {
              return runtime::plan::Sources{
                  1612325106789, [](std::span<std::uint8_t> bytes) {
                      std::fill(bytes.begin(), bytes.end(), std::uint8_t{0});
                  }};
          }) {
        database.execute(setting);
        for (const std::string& statement : runtime::schema::createStatements(schema)) {
            database.execute(statement);
        }
    }

    runtime::engine::Answer answer(std::string_view query, std::string_view variables = "{}") {
        std::string body = "{\"query\":";
        runtime::request::appendJsonString(body, query);
        return engine.execute(body + ",\"variables\":" + std::string(variables) + "}");
    }

    /// The answer to a body of any protocol.
    std::string send(std::string_view body) { return engine.execute(body).body; }

    /// The answer to a request of the JSON protocol.
    std::string ask(std::string_view model, std::string_view action, std::string_view arguments,
        std::string_view selection = R"({"$composites":true,"$scalars":true})") {
        return send(
            R"({"modelName":")" + std::string(model) + R"(","action":")" + std::string(action) +
            R"(","query":{"arguments":)" + std::string(arguments) + R"(,"selection":)" +
            std::string(selection) + "}}");
    }

    /// The body of the answer.
    std::string run(std::string_view query, std::string_view variables = "{}") {
        return answer(query, variables).body;
    }

    /// The value of the one root field in the answer, or the whole body of one with errors.
    std::string value(std::string_view query, std::string_view variables = "{}") {
        const std::string body = run(query, variables);
        const std::size_t start = body.find(':', body.find(':') + 1) + 1;
        return body.starts_with("{\"data\":") ? body.substr(start, body.size() - start - 2) : body;
    }

    runtime::schema::Schema schema;
    runtime::storage::Database database;
    runtime::engine::Engine engine;
};

/// A model with a field of every kind.
inline constexpr std::string_view everyType = R"(
    enum Role {
      USER
      ADMIN @map("administrator")
    }
    model Thing {
      id    Int       @id @default(autoincrement())
      name  String?   @map("full_name")
      int   Int?
      big   BigInt?
      float Float?
      price Decimal?
      ok    Boolean?
      at    DateTime?
      bytes Bytes?
      json  Json?
      role  Role?
      @@map("things")
    }
)";

/// Two models and a relation, with unique and generated fields.
inline constexpr std::string_view blog = R"(
    model User {
      id      Int      @id @default(autoincrement())
      email   String   @unique
      first   String?
      last    String?
      visits  Int      @default(0)
      made    DateTime @default(now())
      changed DateTime @updatedAt
      posts   Post[]
      @@unique([first, last], name: "fullName")
      @@map("users")
    }
    model Post {
      slug     String @id
      title    String
      author   User   @relation(fields: [authorId], references: [id])
      authorId Int    @map("author_id")
    }
)";

/// Every kind of relation: one to many, many to many, one to one, and of a model with itself.
inline constexpr std::string_view library = R"(
    model Writer {
      id      Int      @id @default(autoincrement())
      name    String   @unique
      age     Int?
      books   Book[]   @relation("Author")
      edited  Book[]   @relation("Editor")
      desk    Desk?
      tutor   Writer?  @relation("Tutor", fields: [tutorId], references: [id])
      tutorId Int?
      pupils  Writer[] @relation("Tutor")
    }
    model Book {
      isbn     String  @id
      pages    Int     @default(100)
      author   Writer  @relation("Author", fields: [authorId], references: [id])
      authorId Int
      editor   Writer? @relation("Editor", fields: [editorId], references: [id])
      editorId Int?
      tags     Tag[]
    }
    model Tag {
      name  String @id
      books Book[]
    }
    model Desk {
      room    String
      place   Int
      owner   Writer? @relation(fields: [ownerId], references: [id])
      ownerId Int?    @unique
      @@id([room, place])
    }
)";

}  // namespace loam::testing
