// A stack as main.tf.json. Resources come first, since they tell which data sources are needed; the
// entries of the document are sorted anyway.
#include <loam/terraform.hpp>

#include <algorithm>

#include "templates/src/terraform/builder.hpp"
#include "templates/src/terraform/settings.hpp"
#include "templates/src/terraform/variables.hpp"

namespace loam::terraform {

namespace {

constexpr const char* cloudControlType = "aws_cloudcontrolapi_resource";

/// What one resource of CloudFormation became.
struct Rendered {
    const AssembledResource* resource;
    /// Whether the first part is the resource itself, the one that references name.
    bool hasMain;
    std::deque<Part> parts;
    std::set<const AssembledResource*> referenced;
};

bool isKept(RemovalPolicy policy) {
    return policy == RemovalPolicy::Retain || policy == RemovalPolicy::RetainExceptOnCreate;
}

class Renderer {
  public:
    explicit Renderer(const AssembledStack& stack) : stack_(stack), scope_(stack) {}

    Rendering render();

  private:
    void build(const AssembledResource& resource);
    std::deque<Part> cloudControlParts(const AssembledResource& resource);
    void applyRemovalPolicy(const AssembledResource& resource, std::deque<Part>& parts);
    /// The addresses of all parts; for a resource without any, of those that it depends on.
    std::set<std::string> addressesOf(const AssembledResource& resource, bool withMain) const;
    Value dependenciesOf(const Rendered& rendered, const Part& part) const;
    Value noteOf(const AssembledResource& resource, const Part& part);
    Value resourceBlocks();
    Value variables() const;
    Value locals();
    Value outputs();
    Value dataSources() const;
    Value terraformBlock() const;
    Value providerBlock();

    const AssembledStack& stack_;
    StackScope scope_;
    std::map<const AssembledResource*, Rendered> rendered_;
    std::vector<std::string> retained_;
};

void addUnlessEmpty(detail::MapBuilder& map, const char* key, Value value) {
    if (value.present() && !as<MapNode>(*value.node()).entries.empty())
        map.add(key, std::move(value));
}

Rendering Renderer::render() {
    for (const auto& resource : stack_.resources) build(resource);
    detail::MapBuilder document;
    addUnlessEmpty(document, "resource", resourceBlocks());
    addUnlessEmpty(document, "variable", variables());
    addUnlessEmpty(document, "locals", locals());
    addUnlessEmpty(document, "output", outputs());
    addUnlessEmpty(document, "data", dataSources());
    document.add("provider", providerBlock());
    document.add("terraform", terraformBlock());
    detail::MapBuilder note;
    note.add("path", Str(stack_.stack->path()));
    if (!stack_.stack->description().empty()) {
        note.add("description", Str(stack_.stack->description()));
    }
    document.add("//", note.take());
    std::sort(retained_.begin(), retained_.end());
    scope_.findings().sort();
    return {document.take(), std::move(scope_.findings()), std::move(retained_)};
}

void Renderer::build(const AssembledResource& resource) {
    scope_.enter(*resource.resource);
    scope_.takeReferenced();
    for (const auto& [name, value] : resource.attributes) {
        scope_.error("terraform-attribute",
            "has the entry " + name +
                " outside of its properties, which Terraform has no equal of; remove the override, "
                "or "
                "synthesize this stack for CloudFormation");
    }
    const auto* mapping = findMapping(resource.resource->typeName());
    std::deque<Part> parts;
    if (mapping != nullptr) {
        Builder builder(scope_, resource, *mapping);
        builder.build();
        parts = std::move(builder.parts());
    } else if (scope_.settings().cloudControl) {
        parts = cloudControlParts(resource);
    } else {
        scope_.error("terraform-type",
            "has the type " + std::string(resource.resource->typeName()) +
                ", which has no mapping to the provider hashicorp/aws; use another type, or opt in "
                "to "
                "Cloud Control for this stack with terraform::configure(stack, {.cloudControl = "
                "true})");
    }
    applyRemovalPolicy(resource, parts);
    auto referenced = scope_.takeReferenced();
    referenced.erase(&resource);
    const bool hasMain = mapping == nullptr || !mapping->resource.empty();
    rendered_.emplace(
        &resource, Rendered{&resource, hasMain, std::move(parts), std::move(referenced)});
}

std::deque<Part> Renderer::cloudControlParts(const AssembledResource& resource) {
    Part part{cloudControlType, resource.logicalId, {}, {}, {}};
    part.body.set("type_name", std::string(resource.resource->typeName()).c_str());
    const auto state =
        resource.properties.present() ? documentOf(scope_, resource.properties) : Value(Str("{}"));
    part.body.set("desired_state", state);
    std::deque<Part> parts;
    parts.push_back(std::move(part));
    return parts;
}

void Renderer::applyRemovalPolicy(const AssembledResource& resource, std::deque<Part>& parts) {
    if (!isKept(resource.deletionPolicy) || parts.empty()) return;
    const auto* mapping = findMapping(resource.resource->typeName());
    if (mapping != nullptr && !mapping->retainArgument.empty()) {
        parts.front().body.set(std::string(mapping->retainArgument), Bool(true));
    } else if (scope_.settings().protectRetained) {
        parts.front().body.set("lifecycle", Any::object({{"prevent_destroy", true}}));
    } else {
        for (const auto& part : parts) retained_.push_back(part.address());
    }
}

std::set<std::string>
Renderer::addressesOf(const AssembledResource& resource, bool withMain) const {
    std::set<std::string> addresses;
    const auto& rendered = rendered_.at(&resource);
    for (const auto& part : rendered.parts) {
        const bool isMain = rendered.hasMain && &part == &rendered.parts.front();
        if (withMain || !isMain) addresses.insert(part.address());
    }
    if (!rendered.parts.empty()) return addresses;
    for (const auto* other : rendered.referenced) addresses.merge(addressesOf(*other, withMain));
    for (const auto* other : resource.dependsOn) {
        if (const auto* found = scope_.find(*other)) addresses.merge(addressesOf(*found, true));
    }
    return addresses;
}

Value Renderer::dependenciesOf(const Rendered& rendered, const Part& part) const {
    std::set<std::string> addresses(part.after.begin(), part.after.end());
    // An expression waits for the part it names; CloudFormation waits for the whole resource.
    for (const auto* other : rendered.referenced) addresses.merge(addressesOf(*other, false));
    for (const auto* other : rendered.resource->dependsOn) {
        if (const auto* found = scope_.find(*other)) addresses.merge(addressesOf(*found, true));
    }
    addresses.erase(part.address());
    if (addresses.empty()) return {};
    return StrList(addresses);
}

Value Renderer::noteOf(const AssembledResource& resource, const Part& part) {
    detail::MapBuilder note;
    note.add("path", Str(resource.resource->path()));
    note.add("type", Str(resource.resource->typeName()));
    if (std::find(retained_.begin(), retained_.end(), part.address()) != retained_.end()) {
        note.add("removalPolicy",
            Str("Retain; terraform destroy deletes it unless `terraform state rm " +
                part.address() + "` runs before"));
    }
    const auto& parts = rendered_.at(&resource).parts;
    if (&part == &parts.front() && !resource.metadata.empty()) {
        detail::MapBuilder metadata;
        scope_.enter(*resource.resource, "Metadata");
        for (const auto& [key, value] : resource.metadata) {
            auto written = argumentOf(scope_, value);
            if (written.present()) metadata.add(key, std::move(written));
        }
        note.add("metadata", metadata.take());
    }
    return note.take();
}

Value Renderer::resourceBlocks() {
    std::map<std::string, detail::MapBuilder> byType;
    for (const auto& resource : stack_.resources) {
        const auto& rendered = rendered_.at(&resource);
        for (const auto& part : rendered.parts) {
            auto body = part.body;
            body.set("//", noteOf(resource, part));
            body.set("depends_on", dependenciesOf(rendered, part));
            std::string guard = part.guard;
            if (resource.condition != nullptr) {
                const auto local = "local." + std::string(resource.condition->logicalId());
                guard = guard.empty() ? local : local + " && " + guard;
            }
            if (!guard.empty()) body.set("count", jsonExpression(guard + " ? 1 : 0"));
            byType[part.type].add(part.name, body.value());
        }
    }
    detail::MapBuilder out;
    for (auto& [type, blocks] : byType) out.add(type, blocks.take());
    return out.take();
}

Value Renderer::variables() const {
    detail::MapBuilder out;
    for (const auto* parameter : stack_.parameters) {
        out.add(variableName(parameter->logicalId()), variableOf(*parameter));
    }
    return out.take();
}

Value Renderer::locals() {
    detail::MapBuilder out;
    for (const auto& [condition, expression] : stack_.conditions) {
        scope_.enter(*condition);
        out.add(condition->logicalId(), jsonExpression(expressionOf(scope_, expression)));
    }
    for (const auto* mapping : stack_.mappings) {
        scope_.enter(*mapping);
        detail::MapBuilder table;
        for (const auto& [top, entries] : mapping->props().values) {
            detail::MapBuilder row;
            for (const auto& [key, value] : entries) {
                row.add(escapeTemplate(key), argumentOf(scope_, value));
            }
            table.add(escapeTemplate(top), row.take());
        }
        out.add(mapping->logicalId(), table.take());
    }
    return out.take();
}

Value Renderer::outputs() {
    detail::MapBuilder out;
    for (const auto& output : stack_.outputs) {
        scope_.enter(*stack_.stack, "Outputs." + output.logicalId);
        detail::MapBuilder block;
        block.add("//", Any::object({{"path", output.path}}));
        if (!output.description.empty()) block.add("description", Str(output.description));
        if (output.condition != nullptr) {
            block.add("value",
                jsonExpression(
                    "local." + std::string(output.condition->logicalId()) + " ? " +
                    expressionOf(scope_, output.value) + " : null"));
        } else {
            auto value = argumentOf(scope_, output.value);
            block.add("value", value.present() ? value : jsonExpression("null"));
        }
        if (output.sensitive || showsHidden(output.value)) block.add("sensitive", Bool(true));
        out.add(output.logicalId, block.take());
    }
    return out.take();
}

Value Renderer::dataSources() const {
    detail::MapBuilder out;
    for (const auto& [type, sources] : scope_.dataSources()) {
        detail::MapBuilder blocks;
        for (const auto& [name, body] : sources) blocks.add(name, body);
        out.add(type, blocks.take());
    }
    return out.take();
}

Value Renderer::terraformBlock() const {
    detail::MapBuilder out;
    out.add("required_version", Str(scope_.settings().terraformVersion));
    out.add("required_providers",
        Any::object({{"aws",
            Any::object(
                {{"source", "hashicorp/aws"}, {"version", scope_.settings().providerVersion}})}}));
    if (auto backend = backendOf(*stack_.stack); backend.present()) out.add("backend", backend);
    return out.take();
}

Value Renderer::providerBlock() {
    detail::MapBuilder aws;
    const auto& env = stack_.stack->env();
    if (!env.region.empty()) aws.add("region", Str(env.region));
    if (!env.account.empty()) aws.add("allowed_account_ids", Any::list({env.account}));
    const auto& further = scope_.settings().providerArguments;
    if (further.present()) {
        scope_.enter(*stack_.stack, "providerArguments");
        for (const auto& [key, value] : as<MapNode>(*further.node()).entries) {
            aws.add(key, argumentOf(scope_, value));
        }
    }
    return Any::object({{"aws", aws.take()}});
}

}  // namespace

Rendering render(const AssembledStack& stack) { return Renderer(stack).render(); }

}  // namespace loam::terraform
