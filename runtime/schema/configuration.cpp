#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "runtime/schema/attributes.hpp"
#include "runtime/schema/context.hpp"

namespace loam::runtime::schema {

namespace {

const Property* findProperty(const ConfigurationDeclaration& block, std::string_view key) {
    const auto found = std::find_if(block.properties.begin(), block.properties.end(),
        [&](const Property& property) { return property.key.text == key; });
    return found == block.properties.end() ? nullptr : &*found;
}

/// The variable of `env("X")`, or nothing when the value is something else.
std::optional<std::string> environmentVariable(const Expression& value) {
    if (value.kind != ExpressionKind::Function || value.text != "env") return std::nullopt;
    if (value.arguments.size() != 1 || value.arguments[0].name) return std::nullopt;
    const auto& variable = value.arguments[0].value;
    if (variable.kind != ExpressionKind::String || variable.text.empty()) return std::nullopt;
    return variable.text;
}

void checkDuplicates(Context& context, const ConfigurationDeclaration& block) {
    for (const auto& property : block.properties) {
        if (findProperty(block, property.key.text) == &property) continue;
        context.diagnostics.report(property.key.position,
            "the property " + property.key.text + " is set twice in the " + block.word() + " " +
                block.name.text);
    }
}

void checkNames(Context& context) {
    const auto& blocks = context.document.configurations;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (blocks[i].isDatasource != blocks[j].isDatasource ||
                blocks[i].name.text != blocks[j].name.text) {
                continue;
            }
            context.diagnostics.report(blocks[i].name.position,
                std::string("there is a ") + blocks[i].word() + " named " + blocks[i].name.text +
                    " already");
            break;
        }
    }
}

/// The literal of a property that must be there.
std::string
requiredText(Context& context, const ConfigurationDeclaration& block, std::string_view key) {
    const auto* property = findProperty(block, key);
    if (property == nullptr) {
        context.diagnostics.report(block.name.position,
            std::string("the property ") + std::string(key) + " is missing in the " + block.word() +
                " " + block.name.text);
        return {};
    }
    if (property->value.kind != ExpressionKind::String) {
        context.diagnostics.report(property->value.position,
            std::string(key) + " must be a string in quotes, got " + describe(property->value));
        return {};
    }
    return property->value.text;
}

void readUrl(Context& context, const Property& property, Datasource& datasource) {
    const auto variable = environmentVariable(property.value);
    if (variable) {
        datasource.urlVariable = *variable;
    } else if (property.value.kind == ExpressionKind::String) {
        datasource.url = property.value.text;
    } else {
        context.diagnostics.report(property.value.position,
            "url must be a string in quotes or env(\"NAME\"), got " + describe(property.value));
    }
}

void readRelationMode(Context& context, const Property& property, Datasource& datasource) {
    const auto& value = property.value;
    if (value.kind == ExpressionKind::String && value.text == "prisma") {
        datasource.relationMode = RelationMode::Prisma;
    } else if (value.kind != ExpressionKind::String || value.text != "foreignKeys") {
        context.diagnostics.report(value.position,
            property.key.text + R"( must be "foreignKeys" or "prisma", got )" + describe(value));
    }
}

void readDatasource(Context& context, const ConfigurationDeclaration& block) {
    Datasource datasource{.name = block.name.text};
    const auto before = context.diagnostics.count();
    datasource.provider = requiredText(context, block, "provider");
    if (context.diagnostics.count() == before && datasource.provider != "sqlite") {
        context.diagnostics.report(findProperty(block, "provider")->value.position,
            R"(provider must be "sqlite", got ")" + datasource.provider +
                "\"; other databases are not supported");
    }
    constexpr std::array<std::string_view, 3> ignored{"provider", "directUrl", "shadowDatabaseUrl"};
    for (const auto& property : block.properties) {
        const auto& key = property.key.text;
        if (key == "url") {
            readUrl(context, property, datasource);
        } else if (key == "relationMode" || key == "referentialIntegrity") {
            readRelationMode(context, property, datasource);
        } else if (std::find(ignored.begin(), ignored.end(), key) == ignored.end()) {
            context.diagnostics.report(property.key.position,
                "unknown property " + key + " in the datasource." +
                    suggestion(key,
                        {"provider", "url", "directUrl", "shadowDatabaseUrl", "relationMode"}));
        }
    }
    if (!context.schema.datasource) context.schema.datasource = std::move(datasource);
}

void readGenerator(Context& context, const ConfigurationDeclaration& block) {
    Generator generator{.name = block.name.text};
    const auto* provider = findProperty(block, "provider");
    if (provider == nullptr || !environmentVariable(provider->value)) {
        generator.provider = requiredText(context, block, "provider");
    }
    if (const auto* features = findProperty(block, "previewFeatures")) {
        for (const auto* item : listItems(features->value)) {
            if (item->kind == ExpressionKind::String) {
                generator.previewFeatures.push_back(item->text);
                continue;
            }
            context.diagnostics.report(item->position,
                "previewFeatures must be a list of strings in quotes, got " + describe(*item));
        }
    }
    context.schema.generators.push_back(std::move(generator));
}

}  // namespace

void readConfiguration(Context& context) {
    checkNames(context);
    bool hasDatasource = false;
    for (const auto& block : context.document.configurations) {
        checkDuplicates(context, block);
        if (!block.isDatasource) {
            readGenerator(context, block);
            continue;
        }
        if (hasDatasource) {
            context.diagnostics.report(block.name.position,
                "there can be only one datasource in a schema; remove this one");
        }
        hasDatasource = true;
        readDatasource(context, block);
    }
}

}  // namespace loam::runtime::schema
