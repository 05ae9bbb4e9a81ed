#include "templates/src/terraform/builder.hpp"

#include <algorithm>

namespace loam::terraform {

namespace {

Value listOf(std::vector<Value> items) { return make<ListNode>(std::move(items)); }

std::string joinPath(const std::string& path, std::string_view name) {
    return path.empty() ? std::string(name) : path + "." + std::string(name);
}

/// The ARN of a log group as the provider wants it.
Template withoutWildcard(const Template& arn) {
    if (!arn.isExpression()) return arn.withoutEnd(":*");
    return Template::expression("trimsuffix(" + arn.inExpression() + ", \":*\")");
}

}  // namespace

void Body::set(const std::string& argument, Value value) {
    if (value.present()) arguments_[argument] = std::move(value);
}

void Body::set(const std::string& argument, const char* literal) {
    arguments_[argument] = make<StringNode>(escapeTemplate(literal));
}

bool Body::has(const std::string& argument) const { return arguments_.count(argument) != 0; }

void Body::add(const std::string& name, const Body& content, const std::string& guard) {
    blocks_[name].push_back({guard, content.value()});
}

Value Body::value() const {
    detail::MapBuilder out;
    for (const auto& [name, value] : arguments_) out.add(name, value);
    detail::MapBuilder dynamic;
    bool anyDynamic = false;
    for (const auto& [name, blocks] : blocks_) {
        const bool guarded = std::any_of(blocks.begin(), blocks.end(), [](const Block& block) {
            return !block.guard.empty();
        });
        std::vector<Value> items;
        for (const auto& block : blocks) {
            if (!guarded) {
                items.push_back(block.content);
                continue;
            }
            // Static blocks become dynamic ones beside a dynamic one, so that their order stays.
            const auto each = block.guard.empty() ? "[1]" : block.guard + " ? [1] : []";
            items.push_back(Any::object(
                {{"content", Any(block.content)}, {"for_each", Any(jsonExpression(each))}}));
        }
        (guarded ? dynamic : out).add(name, listOf(std::move(items)));
        anyDynamic = anyDynamic || guarded;
    }
    if (anyDynamic) out.add("dynamic", dynamic.take());
    return out.take();
}

Builder::Builder(StackScope& scope, const AssembledResource& resource, const TypeMapping& mapping)
    : scope_(scope), resource_(resource), mapping_(mapping) {
    parts_.push_back({std::string(mapping.resource), resource.logicalId, {}, {}, {}});
}

void Builder::build() {
    if (resource_.properties.present()) {
        apply(mapping_.properties, {"", resource_.properties, ""}, main());
    }
    const std::string name(mapping_.nameArgument);
    if (!name.empty() && !main().has(name)) {
        auto made = std::string(scope_.stack().stack->stackName()) + "-" + resource_.logicalId;
        if (made.size() > mapping_.nameLength) {
            // The logical id ends in a hash that keeps the rest distinct.
            made.erase(0, made.size() - mapping_.nameLength);
            made.erase(0, made.find_first_not_of('-'));
        }
        main().set(name, made.c_str());
    }
    scope_.enter(*resource_.resource);
    if (mapping_.finish != nullptr) mapping_.finish(*this);
    if (mapping_.resource.empty()) parts_.pop_front();
}

Part& Builder::part(const std::string& type, const std::string& label, const std::string& guard) {
    auto name = resource_.logicalId;
    if (!label.empty()) name += "_" + label;
    const auto taken = [&](const std::string& candidate) {
        return std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) {
            return part.type == type && part.name == candidate;
        });
    };
    // Two parts of equal content would be one resource of the provider; the service would refuse
    // them.
    for (int i = 2; taken(name); ++i) name = resource_.logicalId + "_" + label + std::to_string(i);
    parts_.push_back({type, std::move(name), guard, {}, {}});
    return parts_.back();
}

Part& Builder::partOf(const Guarded& item, const std::string& type) {
    const bool first = std::none_of(parts_.begin(), parts_.end(), [&](const Part& part) {
        return part.type == type;
    });
    return part(type, first ? "" : labelOf(item.guard), item.guard);
}

Value Builder::property(std::string_view name) const {
    return propertyOf(resource_.properties, name);
}

Value Builder::mainAttribute(std::string_view attribute) const {
    return jsonExpression(StackScope::address(resource_, mapping_.resource, attribute));
}

void Builder::refuse(const std::string& path, const std::string& reason) {
    scope_.enter(*resource_.resource, path);
    scope_.error("terraform-property",
        std::string(mapping_.type) + " has " + path +
            ", which Terraform cannot express: " + reason);
}

void Builder::apply(const Table& table, const Guarded& object, Body& body) {
    scope_.enter(*resource_.resource, object.path);
    for (auto& [name, value] : fieldsOf(scope_, object)) {
        const Guarded field{"", std::move(value), joinPath(object.path, name)};
        const auto found = std::find_if(table.begin(), table.end(),
            [&, wanted = std::string_view(name)](const Property& p) { return p.from == wanted; });
        scope_.enter(*resource_.resource, field.path);
        if (found != table.end()) {
            applyField(*found, field, body);
        } else {
            refuse(field.path,
                "loam has no mapping for this property; leave it out, or synthesize this stack for "
                "CloudFormation");
        }
    }
}

void Builder::applyField(const Property& property, const Guarded& field, Body& body) {
    switch (property.form) {
        case Form::Argument:
            body.set(property.to, argument(field.value));
            return;
        case Form::Block:
            for (const auto& item : itemsOf(scope_, field.value, field.path)) {
                body.add(property.to, bodyOf(property.nested, item), item.guard);
            }
            return;
        case Form::Flatten:
            for (const auto& item : itemsOf(scope_, field.value, field.path)) {
                if (!item.guard.empty()) {
                    refuse(item.path, "a condition here; put it on the fields inside");
                }
                apply(property.nested, item, body);
            }
            return;
        case Form::Pairs:
            body.set(property.to,
                pairsOf(scope_, field.value, property.pairKey, property.pairValue, field.path));
            return;
        case Form::Document:
            body.set(property.to, documentOf(scope_, field.value));
            return;
        case Form::LogGroupArn: {
            const auto text = textOf(scope_, field.value);
            body.set(property.to, jsonString(withoutWildcard(text)));
            return;
        }
        case Form::Custom:
            return;
        case Form::Refused:
            refuse(field.path, property.to);
            return;
    }
}

Body Builder::bodyOf(const Table& table, const Guarded& object) {
    Body body;
    apply(table, object, body);
    return body;
}

std::vector<Guarded> Builder::items(std::string_view name) {
    scope_.enter(*resource_.resource, std::string(name));
    return itemsOf(scope_, property(name), std::string(name));
}

void Builder::partFor(std::string_view propertyName, const std::string& type, const Table& table,
    const std::string& idArgument, std::string_view idAttribute) {
    for (const auto& item : items(propertyName)) {
        auto& made = partOf(item, type);
        made.body.set(idArgument, mainAttribute(idAttribute));
        apply(table, item, made.body);
    }
}

void Builder::documentPart(std::string_view propertyName, const std::string& type,
    const std::string& argument, const std::string& idArgument, std::string_view idAttribute) {
    for (const auto& item : items(propertyName)) {
        auto& made = partOf(item, type);
        made.body.set(idArgument, mainAttribute(idAttribute));
        made.body.set(argument, documentOf(scope_, item.value));
    }
}

void Builder::policyParts(
    std::string_view propertyName, const std::string& type, const std::string& idArgument) {
    const auto owners = items(propertyName);
    if (owners.empty()) return;
    scope_.enter(*resource_.resource, "PolicyDocument");
    const auto policy = documentOf(scope_, property("PolicyDocument"));
    for (const auto& owner : owners) {
        scope_.enter(*resource_.resource, owner.path);
        auto& made = part(type, label(owner.value), owner.guard);
        made.body.set(idArgument, argument(owner.value));
        made.body.set("name", argument(property("PolicyName")));
        made.body.set("policy", policy);
    }
}

std::string Builder::label(const Value& value) {
    const Node& node = *value.node();
    const Target* target = nullptr;
    if (node.kind == NodeKind::Reference) target = as<ReferenceNode>(node).target.get();
    if (node.kind == NodeKind::Attribute) target = as<AttributeNode>(node).target.get();
    if (target != nullptr) {
        const auto* element = dynamic_cast<const Element*>(target->construct);
        if (element != nullptr) return std::string(element->logicalId());
    }
    return labelOf(textOf(scope_, value).inJson());
}

}  // namespace loam::terraform
