#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/graphql/types.hpp"
#include "runtime/schema/schema.hpp"

namespace loam::testing {

/// The types of a schema text.
class TypesFixture {
  public:
    explicit TypesFixture(std::string_view text)
        : schema(runtime::schema::parse(text)), catalog(schema), types(catalog) {}

    /// The inputs of an input type, or the fields of an object, as "name: Type" each.
    std::vector<std::string> members(std::string_view name) const {
        const runtime::graphql::Type* type = types.find(name);
        if (type == nullptr) {
            return {"there is no type " + std::string(name)};
        }
        std::vector<std::string> texts;
        for (const auto& input : type->inputs) {
            texts.push_back(std::string(input.name) + ": " + input.type.toString());
        }
        for (const auto& field : type->fields) {
            texts.push_back(std::string(field.name) + ": " + field.type.toString());
        }
        return texts;
    }

    /// The arguments of a field, as "name: Type" each.
    std::vector<std::string>
    arguments(const runtime::graphql::Type& type, std::string_view name) const {
        const runtime::graphql::Field* field = type.findField(name);
        if (field == nullptr) {
            return {"there is no field " + std::string(name)};
        }
        std::vector<std::string> texts;
        for (const auto& argument : field->arguments) {
            texts.push_back(std::string(argument.name) + ": " + argument.type.toString());
        }
        return texts;
    }

    runtime::schema::Schema schema;
    runtime::plan::Catalog catalog;
    runtime::graphql::Types types;
};

inline constexpr std::string_view shop = R"(
    /// What a user may do.
    enum Role {
      USER
      /// May do everything.
      ADMIN
    }
    /// A person.
    model User {
      id    Int     @id @default(autoincrement())
      email String  @unique
      role  Role    @default(USER)
      age   Int?
      data  Json?
      posts Post[]
      @@unique([email, role], name: "emailRole")
    }
    model Post {
      slug     String @id
      /// The headline.
      title    String
      author   User   @relation(fields: [authorId], references: [id])
      authorId Int
      editor   Editor? @relation(fields: [editorId], references: [id])
      editorId Int?
    }
    model Editor {
      id    Int    @id
      posts Post[]
    }
)";

}  // namespace loam::testing
