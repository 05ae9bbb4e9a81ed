#include "runtime/graphql/sdl.hpp"

#include <algorithm>
#include <array>

#include "runtime/request/text.hpp"

namespace loam::runtime::graphql {
namespace {

constexpr std::array builtIn{"Boolean", "Float", "ID", "Int", "String"};

class Printer {
  public:
    std::string out;

    void print(const Types& types) {
        const Type* mutation = types.mutation();
        const bool isUsual =
            types.query().name == "Query" && (mutation == nullptr || mutation->name == "Mutation");
        if (!isUsual) {
            out += "schema {\n  query: " + types.query().name + "\n";
            out += mutation == nullptr ? "" : "  mutation: " + mutation->name + "\n";
            out += "}\n";
        }
        for (const auto& [name, type] : types.all()) {
            if (!name.starts_with("__") &&
                std::find(builtIn.begin(), builtIn.end(), name) == builtIn.end()) {
                out += out.empty() ? "" : "\n";
                print(*type);
            }
        }
    }

  private:
    void print(const Type& type) {
        description(type.description, "");
        switch (type.kind) {
            case TypeKind::Scalar:
                out += "scalar " + type.name + "\n";
                return;
            case TypeKind::Object:
                out += "type " + type.name + " {\n";
                for (const Field& field : type.fields) {
                    print(field);
                }
                break;
            case TypeKind::InputObject:
                out += "input " + type.name + " {\n";
                for (const InputValue& input : type.inputs) {
                    description(input.description, "  ");
                    out += "  ";
                    print(input);
                    out += "\n";
                }
                break;
            case TypeKind::Enum:
                out += "enum " + type.name + " {\n";
                for (const EnumValue& value : type.values) {
                    description(value.description, "  ");
                    out.append("  ").append(value.name).append("\n");
                }
                break;
        }
        out += "}\n";
    }

    void print(const Field& field) {
        description(field.description, "  ");
        out.append("  ").append(field.name);
        for (std::size_t index = 0; index < field.arguments.size(); ++index) {
            out += index == 0 ? "(" : ", ";
            print(field.arguments[index]);
        }
        out += field.arguments.empty() ? ": " : "): ";
        out += field.type.toString() + "\n";
    }

    void print(const InputValue& input) {
        out.append(input.name).append(": ").append(input.type.toString());
        if (!input.defaultValue.empty()) {
            out.append(" = ").append(input.defaultValue);
        }
    }

    /// As a text on one line: block texts would change indentation and white space.
    void description(std::string_view text, std::string_view indent) {
        if (!text.empty()) {
            out += indent;
            request::appendJsonString(out, text);
            out += "\n";
        }
    }
};

}  // namespace

std::string printSdl(const Types& types) {
    Printer printer;
    printer.print(types);
    return std::move(printer.out);
}

}  // namespace loam::runtime::graphql
