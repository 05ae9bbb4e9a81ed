#include "tests/runtime/model/shape.hpp"

#include <algorithm>

namespace loam::modeltest {
namespace {

std::string_view nameOf(Action action) {
    constexpr std::string_view names[] = {"Cascade", "Restrict", "SetNull", "NoAction"};
    return names[static_cast<std::size_t>(action)];
}

std::string listed(const Model& model, const std::vector<std::size_t>& columns) {
    std::string text = "[";
    for (const std::size_t column : columns) {
        text += (text.size() > 1 ? ", " : "") + model.columns[column].name;
    }
    return text + "]";
}

std::string fieldOf(const Shape& shape, const End& end) {
    const Relation& relation = shape.relations[end.relation];
    std::string text = "  " + end.name + " " + shape.models[end.other].name;
    if (end.isList || !end.isHolder) {
        return text + (end.isList ? "[]" : "?") + " @relation(\"" + relation.name + "\")\n";
    }
    text += relation.isRequired ? "" : "?";
    text +=
        " @relation(\"" + relation.name +
        "\", fields: " + listed(shape.models[relation.holder], relation.columns) +
        ", references: " + listed(shape.models[relation.target], relation.references) +
        ", onDelete: " + std::string(nameOf(relation.onDelete)) +
        ", onUpdate: " + std::string(nameOf(relation.onUpdate)) + ")\n";
    return text;
}

std::string columnOf(const Model& model, std::size_t index) {
    const Column& column = model.columns[index];
    std::string text = "  " + column.name + " " + std::string(nameOf(column.type));
    text += column.isOptional ? "?" : "";
    if (model.id.size() == 1 && model.id.front() == index) {
        text += model.isGenerated ? " @id @default(autoincrement())" : " @id";
    }
    text += column.isUnique ? " @unique" : "";
    if (column.preset) {
        const Node& preset = *column.preset;
        text += " @default(";
        text += preset.kind == Node::Kind::Text ? jsonString(preset.text) : preset.text;
        text += ")";
    }
    return text + (column.isMapped ? " @map(\"a " + column.name + "\")\n" : "\n");
}

}  // namespace

std::string_view nameOf(Type type) {
    constexpr std::string_view names[] = {"Int", "BigInt", "Float", "Decimal", "Boolean", "String",
        "DateTime", "Bytes", "Color", "Json"};
    return names[static_cast<std::size_t>(type)];
}

std::optional<std::size_t> Model::column(std::string_view wanted) const {
    for (std::size_t index = 0; index < columns.size(); ++index) {
        if (columns[index].name == wanted) {
            return index;
        }
    }
    return std::nullopt;
}

bool Model::isId(std::size_t column) const {
    return std::find(id.begin(), id.end(), column) != id.end();
}

std::vector<std::vector<std::size_t>> Model::keys() const {
    std::vector<std::vector<std::size_t>> found = {id};
    for (std::size_t index = 0; index < columns.size(); ++index) {
        if (columns[index].isUnique) {
            found.push_back({index});
        }
    }
    found.insert(found.end(), uniques.begin(), uniques.end());
    return found;
}

std::string Model::keyName(const std::vector<std::size_t>& key) const {
    std::string text;
    for (const std::size_t column : key) {
        text += (text.empty() ? "" : "_") + columns[column].name;
    }
    return text;
}

std::vector<End> Shape::ends(std::size_t model) const {
    std::vector<End> found;
    for (std::size_t index = 0; index < relations.size(); ++index) {
        const Relation& relation = relations[index];
        const bool isManyToMany = relation.kind == Many::ManyToMany;
        if (relation.holder == model) {
            found.push_back({index, true, relation.target, relation.holderField,
                relation.targetField, isManyToMany, isManyToMany});
        }
        if (relation.target == model) {
            found.push_back({index, false, relation.holder, relation.targetField,
                relation.holderField, relation.kind != Many::OneToOne, isManyToMany});
        }
    }
    return found;
}

std::optional<End> Shape::end(std::size_t model, std::string_view name) const {
    for (End& candidate : ends(model)) {
        if (candidate.name == name) {
            return std::move(candidate);
        }
    }
    return std::nullopt;
}

std::string Shape::print() const {
    std::string text = "datasource db {\n  provider = \"sqlite\"\n  url = \"file:x\"\n";
    text += isEmulated ? "  relationMode = \"prisma\"\n}\n" : "}\n";
    text += "enum Color {\n  RED\n  GREEN\n  BLUE\n}\n";
    for (std::size_t index = 0; index < models.size(); ++index) {
        const Model& model = models[index];
        text += "model " + model.name + " {\n";
        for (std::size_t column = 0; column < model.columns.size(); ++column) {
            text += columnOf(model, column);
        }
        for (const End& end : ends(index)) {
            text += fieldOf(*this, end);
        }
        if (model.id.size() > 1) {
            text += "  @@id(" + listed(model, model.id) + ")\n";
        }
        for (const auto& key : model.uniques) {
            text += "  @@unique(" + listed(model, key) + ")\n";
        }
        text += model.isMapped ? "  @@map(\"t" + std::to_string(index) + "\")\n}\n" : "}\n";
    }
    return text;
}

}  // namespace loam::modeltest
