#include <catch2/catch.hpp>

#include "runtime/plan/planner.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/graphql_operation.hpp"
#include "tests/runtime/graphql_fixture.hpp"

// Walks all types, and lets the planner read every argument, every field of every input object and
// every selection that they offer. The planner may miss something else, but it must know the name.

using namespace loam::runtime;
using loam::testing::TypesFixture;

namespace {

class Walker {
  public:
    explicit Walker(std::string_view schema) : fixture_(schema) {}

    void walk(const graphql::Type& root, std::string_view kind) {
        for (const graphql::Field& field : root.fields) {
            const std::string start = std::string(kind) + " { " + std::string(field.name);
            const bool isObject = field.type.type->kind == graphql::TypeKind::Object;
            const std::string selection = isObject ? " { __typename } }" : " }";
            for (const graphql::InputValue& argument : field.arguments) {
                walkInput(start + "(" + std::string(argument.name) + ": ", argument.type.type,
                    required(field.arguments, ", ", &argument) + ")" + selection, 0);
            }
            if (isObject) {
                const std::string arguments = required(field.arguments, "");
                walkSelection(start + (arguments.empty() ? "" : "(" + arguments + ")"),
                    *field.type.type, " }", 0);
            }
        }
    }

    std::size_t count() const { return count_; }

  private:
    /// What must be given beside the one, with valid values.
    static std::string required(const std::vector<graphql::InputValue>& inputs,
        std::string_view separator, const graphql::InputValue* without = nullptr) {
        std::string text(separator);
        for (const graphql::InputValue& input : inputs) {
            if (input.type.isRequired && &input != without) {
                text += text.size() > separator.size() ? ", " : "";
                text += std::string(input.name) + ": " + sample(*input.type.type);
            }
        }
        return text.size() > separator.size() ? text : "";
    }

    static std::string sample(const graphql::Type& type) {
        if (type.kind == graphql::TypeKind::Enum) {
            return std::string(type.values.front().name);
        }
        if (type.kind == graphql::TypeKind::Scalar) {
            return type.name == "Int" ? "1" : "\"1\"";
        }
        return type.name.ends_with("WhereUniqueInput")
                   ? "{id: 1}"
                   : "{" + required(type.inputs, "") + "}";
    }

    void walkInput(
        const std::string& before, const graphql::Type* type, const std::string& after, int depth) {
        constexpr int deepest = 4;
        if (type->kind != graphql::TypeKind::InputObject || depth == deepest) {
            plan(before + (depth == deepest ? "{}" : "null") + after);
            return;
        }
        const bool isEnvelope = type->name.find("UpdateToOne") != std::string::npos;
        for (const graphql::InputValue& input : type->inputs) {
            // Only beside `data` is `where` no field of the record.
            const std::string data = isEnvelope && input.name == "where" ? ", data: {}" : "";
            walkInput(before + "{" + std::string(input.name) + ": ", input.type.type,
                data + required(type->inputs, ", ", &input) + "}" + after, depth + 1);
        }
    }

    void walkSelection(
        const std::string& before, const graphql::Type& type, const std::string& after, int depth) {
        constexpr int deepest = 3;
        for (const graphql::Field& field : type.fields) {
            const std::string start = before + " { " + std::string(field.name);
            if (field.type.type->kind != graphql::TypeKind::Object) {
                plan(start + " }" + after);
            } else if (depth < deepest) {
                walkSelection(start, *field.type.type, " }" + after, depth + 1);
            }
        }
    }

    void plan(const std::string& text) {
        ++count_;
        request::TextPool pool;
        try {
            const request::Document document = request::parseGraphql(text, pool);
            const request::Operation operation =
                request::resolve(document, request::chooseOperation(document, ""), {});
            plan::plan(fixture_.catalog, operation, plan::systemSources());
        } catch (const request::RequestError& error) {
            const bool isUnknown =
                error.meta().find("\"Unknown") != std::string::npos ||
                error.message().find("not found") != std::string::npos;
            if (isUnknown) {
                FAIL_CHECK(text + "\n" + error.message());
            }
        }
    }

    TypesFixture fixture_;
    std::size_t count_ = 0;

  public:
    const graphql::Types& types() const { return fixture_.types; }
};

}  // namespace

TEST_CASE("the planner knows every name that the types offer", "[graphql]") {
    Walker walker(R"(
        model A {
          id   Int      @id @default(autoincrement())
          x    Int
          y    String?
          json Json?
          many B[]
          tags C[]
          one  D?
          @@unique([x, y])
        }
        model B {
          id  Int @id
          a   A   @relation(fields: [aId], references: [id])
          aId Int
        }
        model C {
          id  Int @id
          all A[]
        }
        model D {
          id  Int  @id
          a   A?   @relation(fields: [aId], references: [id])
          aId Int? @unique
        }
    )");

    walker.walk(walker.types().query(), "query");
    walker.walk(*walker.types().mutation(), "mutation");

    CHECK(walker.count() > 10000);
}
