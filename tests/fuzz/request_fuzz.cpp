// Feeds arbitrary bytes to the query engine as the body of a request: whatever they are, the answer
// is one JSON document, and asking whether they write gives no failure either.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runtime/engine/engine.hpp"
#include "runtime/request/json_parser.hpp"
#include "runtime/schema/ddl.hpp"
#include "runtime/schema/schema.hpp"
#include "runtime/storage/database.hpp"

namespace {

using namespace loam::runtime;

constexpr const char* text = R"(
datasource db {
  provider = "sqlite"
  url      = "file:database.db"
}
enum Colour {
  RED
  GREEN
}
model A {
  id      Int       @id @default(autoincrement())
  text    String?   @unique
  real    Float     @default(0)
  big     BigInt    @default(0)
  exact   Decimal   @default(0)
  flag    Boolean   @default(false)
  when    DateTime  @default(now())
  raw     Bytes?
  any     Json?
  colour  Colour    @default(RED)
}
)";

/// An engine over an empty database in memory.
struct Fixture {
    schema::Schema schema = schema::parse(text, "schema.prisma");
    storage::Database database = storage::Database::openOrCreate(":memory:");
    engine::Engine engine{schema, database, engine::Access::ReadWrite};

    Fixture() {
        for (const std::string& statement : schema::createStatements(schema)) {
            database.execute(statement);
        }
    }
};

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the engine calls it by this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Fixture fixture;
    const std::string_view body(reinterpret_cast<const char*>(data), size);

    static_cast<void>(engine::isWrite(body));
    const engine::Answer answer = fixture.engine.execute(body);

    // Throws, and so ends the run, when the answer is no JSON.
    request::TextPool pool;
    static_cast<void>(request::parseJson(answer.body, pool));
    return 0;
}
