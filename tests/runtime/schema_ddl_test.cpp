#include <catch2/catch.hpp>

#include "runtime/schema/ddl.hpp"
#include "tests/runtime/schema_fixture.hpp"

using namespace loam::runtime::schema;

namespace {

std::string tablesOf(const std::string& schema) {
    std::string text;
    for (const auto& statement : createStatements(parse(schema))) text += statement + ";\n";
    return text;
}

const std::string blog = R"(
model User {
  id      Int       @id @default(autoincrement()) @map("user_id")
  email   String    @unique
  bossId  Int?
  boss    User?     @relation("Boss", fields: [bossId], references: [id])
  staff   User[]    @relation("Boss")
  posts   Post[]
  tags    Tag[]
  profile Profile?
  @@index([bossId, email(sort: Desc)])
  @@map("users")
}
model Tag {
  id    BigInt @id @default(autoincrement())
  users User[]
}
model Post {
  author   User @relation(fields: [authorId], references: [id], onDelete: Cascade, onUpdate: NoAction)
  authorId Int
  slug     String
  next     Post[] @relation("Chain")
  before   Post[] @relation("Chain")
  id       String @id @default(uuid())
  @@unique([authorId, slug], map: "author_slug")
}
model Profile {
  a Int
  b Int
  user User @relation(fields: [a], references: [id])
  @@id([a, b])
  @@unique([a])
}
)";

}  // namespace

TEST_CASE("tables, join tables and indexes follow in order with their names", "[schema]") {
    CHECK(tablesOf(datasource + blog) == R"(CREATE TABLE "users" (
    "user_id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "email" TEXT NOT NULL,
    "bossId" INTEGER,
    CONSTRAINT "users_bossId_fkey" FOREIGN KEY ("bossId") REFERENCES "users" ("user_id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE TABLE "Tag" (
    "id" BIGINT NOT NULL PRIMARY KEY
);
CREATE TABLE "Post" (
    "authorId" INTEGER NOT NULL,
    "slug" TEXT NOT NULL,
    "id" TEXT NOT NULL PRIMARY KEY,
    CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "users" ("user_id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE TABLE "Profile" (
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL,

    PRIMARY KEY ("a", "b"),
    CONSTRAINT "Profile_a_fkey" FOREIGN KEY ("a") REFERENCES "users" ("user_id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TABLE "_TagToUser" (
    "A" BIGINT NOT NULL,
    "B" INTEGER NOT NULL,
    CONSTRAINT "_TagToUser_A_fkey" FOREIGN KEY ("A") REFERENCES "Tag" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "_TagToUser_B_fkey" FOREIGN KEY ("B") REFERENCES "users" ("user_id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE "_Chain" (
    "A" TEXT NOT NULL,
    "B" TEXT NOT NULL,
    CONSTRAINT "_Chain_A_fkey" FOREIGN KEY ("A") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "_Chain_B_fkey" FOREIGN KEY ("B") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");
CREATE INDEX "users_bossId_email_idx" ON "users"("bossId", "email" DESC);
CREATE UNIQUE INDEX "author_slug" ON "Post"("authorId", "slug");
CREATE UNIQUE INDEX "Profile_a_key" ON "Profile"("a");
CREATE UNIQUE INDEX "_TagToUser_AB_unique" ON "_TagToUser"("A", "B");
CREATE INDEX "_TagToUser_B_index" ON "_TagToUser"("B");
CREATE UNIQUE INDEX "_Chain_AB_unique" ON "_Chain"("A", "B");
CREATE INDEX "_Chain_B_index" ON "_Chain"("B");
)");
}

TEST_CASE("relationMode prisma leaves out foreign keys only", "[schema]") {
    const auto text = tablesOf(prismaDatasource + R"(model A {
  id Int @id
  bs B[]
  cs B[] @relation("C")
}
model B {
  id Int @id
  as A[]
  cId Int
  c A @relation("C", fields: [cId], references: [id])
})");

    CHECK(text == R"(CREATE TABLE "A" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT
);
CREATE TABLE "B" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "cId" INTEGER NOT NULL
);
CREATE TABLE "_AToB" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "_AToB_AB_unique" ON "_AToB"("A", "B");
CREATE INDEX "_AToB_B_index" ON "_AToB"("B");
)");
}

TEST_CASE("every type and default has its SQL", "[schema]") {
    const auto text = tablesOf(datasource + R"prisma(model All {
  key   String      @unique
  i     Int         @default(-3)
  big   BigInt      @default(100000000000)
  f     Float       @default(1.50)
  d     Decimal?    @default("0.000001")
  b     Boolean     @default(true)
  s     String      @default("it's \\,\n!")
  t     DateTime    @default("2020-01-01T00:00:00Z")
  t2    DateTime    @default("2020-01-01T00:00:00.120+05:30")
  now   DateTime    @default(now())
  upd   DateTime    @updatedAt
  bytes Bytes       @default("aGk=")
  json  Json        @default("{\"a\": \"it's\"}")
  color Color       @default(red)
  odd   Unsupported("circle")?
  expr  Int         @default(dbgenerated("(1 + 1)"))
  none  Int?        @default(dbgenerated())
  uuid  String      @default(uuid()) @ignore
}
enum Color {
  red @map("r'ed")
}
model Gone {
  a Int
  @@ignore
  @@map("go\"ne")
})prisma");

    CHECK(text == R"(CREATE TABLE "All" (
    "key" TEXT NOT NULL,
    "i" INTEGER NOT NULL DEFAULT -3,
    "big" BIGINT NOT NULL DEFAULT 100000000000,
    "f" REAL NOT NULL DEFAULT 1.50,
    "d" DECIMAL DEFAULT 0.000001,
    "b" BOOLEAN NOT NULL DEFAULT true,
    "s" TEXT NOT NULL DEFAULT 'it''s \,
!',
    "t" DATETIME NOT NULL DEFAULT '2020-01-01 00:00:00 +00:00',
    "t2" DATETIME NOT NULL DEFAULT '2020-01-01 00:00:00.120 +05:30',
    "now" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "upd" DATETIME NOT NULL,
    "bytes" BLOB NOT NULL DEFAULT '6869',
    "json" JSONB NOT NULL DEFAULT '{"a": "it''s"}',
    "color" TEXT NOT NULL DEFAULT 'r''ed',
    "odd" circle,
    "expr" INTEGER NOT NULL DEFAULT (1 + 1),
    "none" INTEGER,
    "uuid" TEXT NOT NULL
);
CREATE TABLE "go""ne" (
    "a" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "All_key_key" ON "All"("key");
)");
}

TEST_CASE("views are not created and no foreign key refers to them", "[schema]") {
    const auto text = tablesOf(datasource + R"(generator g {
  provider        = "x"
  previewFeatures = ["views"]
}
view V {
  id Int @unique
  as A[]
}
model A {
  id  Int @id
  vId Int
  v   V   @relation(fields: [vId], references: [id])
})");

    CHECK(
        text ==
        "CREATE TABLE \"A\" (\n    \"id\" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,\n    "
        "\"vId\" INTEGER "
        "NOT NULL\n);\n");
}
