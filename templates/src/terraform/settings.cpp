#include "templates/src/terraform/settings.hpp"

#include <loam/error.hpp>

#include "templates/src/terraform/text.hpp"

namespace loam::terraform {

namespace {

constexpr const char* contextKey = "loam:terraform";

void requireLiteralObject(const Construct& scope, const Any& value, const char* what) {
    if (!value.present()) return;
    if (value.node()->kind != NodeKind::Map || value.node()->late) {
        throw ValidationError(scope.path(),
            std::string("terraform::configure: ") + what +
                " must be an object of literal values, since Terraform reads it before it "
                "evaluates "
                "anything; write Any::object({{\"bucket\", \"my-states\"}})");
    }
}

/// Writes the name of the stack for `{stack}`, at any depth.
Value withStackName(const Value& value, std::string_view stackName) {
    const Node& node = *value.node();
    if (node.kind == NodeKind::List) {
        std::vector<Value> items;
        for (const auto& item : as<ListNode>(node).items) {
            items.push_back(withStackName(item, stackName));
        }
        return make<ListNode>(std::move(items));
    }
    if (node.kind == NodeKind::Map) {
        std::vector<MapNode::Entry> entries;
        for (const auto& [key, item] : as<MapNode>(node).entries) {
            entries.emplace_back(key, withStackName(item, stackName));
        }
        return make<MapNode>(std::move(entries));
    }
    const auto* text = literal(value);
    if (text == nullptr) return value;
    constexpr std::string_view placeholder = "{stack}";
    std::string out = *text;
    for (auto at = out.find(placeholder); at != std::string::npos; at = out.find(placeholder, at)) {
        out.replace(at, placeholder.size(), stackName);
        at += stackName.size();
    }
    return make<StringNode>(std::move(out));
}

/// The settings of the backend with their defaults.
Value backendSettings(const Stack& stack, const Backend& backend) {
    detail::MapBuilder builder;
    if (backend.type == "s3") {
        builder.add("encrypt", Bool(true));
        builder.add("key", Str("{stack}/terraform.tfstate"));
        builder.add("use_lockfile", Bool(true));
    }
    if (backend.settings.present()) {
        for (const auto& [key, value] : as<MapNode>(*backend.settings.node()).entries) {
            builder.add(key, value);
        }
    }
    return withStackName(builder.take(), stack.stackName());
}

Str textAt(const Value& map, std::string_view key) {
    return Str::of(*as<MapNode>(*map.node()).find(key));
}

}  // namespace

void configure(Construct& scope, const TerraformProps& props) {
    requireLiteralObject(scope, props.backend.settings, "backend.settings");
    requireLiteralObject(scope, props.providerArguments, "providerArguments");
    if (props.backend.type.empty()) {
        throw ValidationError(scope.path(),
            "terraform::configure: backend.type is empty; give \"local\", \"s3\" or another "
            "backend "
            "of Terraform");
    }
    const auto orEmpty = [](const Any& value) { return value.present() ? value : Any::object({}); };
    scope.setContext(contextKey,
        Any::object({
            {"backend", props.backend.type},
            {"backendSettings", orEmpty(props.backend.settings)},
            {"cloudControl", props.cloudControl},
            {"protectRetained", props.protectRetained},
            {"providerArguments", orEmpty(props.providerArguments)},
            {"providerVersion", props.providerVersion},
            {"terraformVersion", props.terraformVersion},
        }));
}

TerraformProps settings(const Stack& stack) {
    TerraformProps props;
    const auto stored = stack.context(contextKey);
    if (!stored.present()) return props;
    const auto& map = as<MapNode>(*stored.node());
    const auto flag = [&](std::string_view key) {
        return as<BooleanNode>(*map.find(key)->node()).value;
    };
    props.backend.type = *literal(textAt(stored, "backend"));
    props.backend.settings = *map.find("backendSettings");
    props.providerVersion = *literal(textAt(stored, "providerVersion"));
    props.terraformVersion = *literal(textAt(stored, "terraformVersion"));
    props.providerArguments = *map.find("providerArguments");
    props.cloudControl = flag("cloudControl");
    props.protectRetained = flag("protectRetained");
    return props;
}

std::string directory(const Stack& stack) { return "terraform/" + std::string(stack.stackName()); }

Value backendOf(const Stack& stack) {
    const auto props = settings(stack);
    const auto values = backendSettings(stack, props.backend);
    if (props.backend.type == "local" && as<MapNode>(*values.node()).entries.empty()) return {};
    return Any::object({{props.backend.type, values}});
}

Value remoteStateOf(const Stack& producer) {
    const auto backend = settings(producer).backend;
    detail::MapBuilder config;
    const auto values = backendSettings(producer, backend);
    for (const auto& [key, value] : as<MapNode>(*values.node()).entries) {
        // Settings of the backend are plain text, those of the data source are templates.
        const auto* text = literal(value);
        config.add(key, text == nullptr ? value : Value(Str(escapeTemplate(*text))));
    }
    const bool isDefaultPath =
        backend.type == "local" && as<MapNode>(*values.node()).find("path") == nullptr;
    if (isDefaultPath) {
        config.add("path",
            Str("${path.module}/../" + std::string(producer.stackName()) + "/terraform.tfstate"));
    }
    return Any::object({{"backend", backend.type}, {"config", config.take()}});
}

}  // namespace loam::terraform
