#include <loam/construct.hpp>
#include <loam/error.hpp>
#include <loam/findings.hpp>
#include <loam/resource.hpp>
#include <loam/stack.hpp>

#include <algorithm>

#include "constructs/src/core/construct_state.hpp"

namespace loam {

namespace {

/// Lines inside of loam itself carry this prefix, see the compile options of the library.
constexpr std::string_view ownPrefix = "loam:";

bool isOwn(const SourceLocation& where) {
    return std::string_view(where.file).starts_with(ownPrefix);
}

}  // namespace

Construct::Construct(Scope scope) : state_(new ConstructState) {
    state_->parent = scope.parent_;
    state_->id = scope.id_;
    state_->where = scope.where_;
    if (scope.parent_ != nullptr) {
        const auto& above = scope.parent_->state_->path;
        state_->path = above.empty() ? state_->id : above + "/" + state_->id;
    }
    state_->target = std::make_shared<Target>(Target{this, state_->path});
}

Construct::~Construct() {
    for (auto child = state_->children.rbegin(); child != state_->children.rend(); ++child) {
        delete *child;
    }
    state_->target->construct = nullptr;
    delete state_;
}

Scope Construct::scopeFor(std::string_view childId, SourceLocation where) {
    if (childId.empty() || childId.find('/') != std::string_view::npos) {
        throw ValidationError(path(),
            "an id must have at least one character and no slash, got \"" + std::string(childId) +
                "\"; the id is the construct's name among its siblings");
    }
    if (state_->ids.contains(childId)) {
        throw ValidationError(path(),
            "the id \"" + std::string(childId) +
                "\" is taken by another construct in this scope; choose one that is not");
    }
    return {this, childId, where};
}

void Construct::adopt(Construct* child) {
    try {
        state_->ids.insert(child->id());
        state_->children.push_back(child);
    } catch (...) {
        delete child;
        throw;
    }
}

std::string_view Construct::id() const noexcept { return state_->id; }
std::string_view Construct::path() const noexcept { return state_->path; }
Construct* Construct::parent() const noexcept { return state_->parent; }
SourceLocation Construct::where() const noexcept { return state_->where; }

Children Construct::children() const noexcept {
    return {state_->children.data(), state_->children.size()};
}

Construct* Construct::find(std::string_view relativePath) const {
    const auto slash = relativePath.find('/');
    const auto first = relativePath.substr(0, slash);
    for (Construct* child : state_->children) {
        if (child->id() != first) continue;
        return slash == std::string_view::npos
                   ? child
                   : child->find(relativePath.substr(slash + 1));
    }
    return nullptr;
}

Stack& Construct::stack() const {
    for (auto* at = const_cast<Construct*>(this); at != nullptr; at = at->parent()) {
        if (auto* stack = dynamic_cast<Stack*>(at)) return *stack;
    }
    throw ValidationError(
        path(), "is in no stack; add a Stack to the app and this construct to it");
}

App& Construct::app() const {
    auto* at = const_cast<Construct*>(this);
    while (at->parent() != nullptr) at = at->parent();
    return dynamic_cast<App&>(*at);
}

SourceLocation Construct::userLocation() const noexcept {
    const auto* at = this;
    while (isOwn(at->where()) && at->parent() != nullptr) at = at->parent();
    return at->where();
}

void Construct::addDependency(const Construct& on) {
    auto& dependencies = state_->dependencies;
    if (std::ranges::find(dependencies, on.state_->target) == dependencies.end()) {
        dependencies.push_back(on.state_->target);
    }
}

Tags& Construct::tags() {
    if (state_->tags == nullptr) state_->tags = std::make_unique<Tags>();
    return *state_->tags;
}

void Construct::acknowledge(std::string_view findingId, std::string_view reason) {
    if (reason.empty()) {
        throw ValidationError(path(),
            "acknowledging \"" + std::string(findingId) +
                "\" needs a reason; say why the finding is fine here");
    }
    state_->acknowledgements.emplace_back(findingId, reason);
}

void Construct::addMetadata(std::string_view key, Any value) {
    state_->metadata.emplace_back(key, std::move(value));
}

void Construct::setContext(std::string_view key, Any value) {
    for (auto& [known, current] : state_->context) {
        if (known == key) {
            current = std::move(value);
            return;
        }
    }
    state_->context.emplace_back(key, std::move(value));
}

Any Construct::context(std::string_view key) const {
    for (const auto* at = this; at != nullptr; at = at->parent()) {
        for (const auto& [known, value] : at->state_->context) {
            if (known == key) return value;
        }
    }
    return {};
}

void Construct::applyRemovalPolicy(RemovalPolicy policy) {
    for (Construct* child : state_->children) child->applyRemovalPolicy(policy);
}

void Construct::validate(Findings&) const {}

std::shared_ptr<const Target> targetOf(const Construct& construct) {
    return construct.state().target;
}

const std::string* acknowledgement(const Construct& construct, std::string_view findingId) {
    for (const auto* at = &construct; at != nullptr; at = at->parent()) {
        for (const auto& [id, reason] : at->state().acknowledgements) {
            if (id == findingId) return &reason;
        }
    }
    return nullptr;
}

App::App(SourceLocation where) : Construct(Scope(nullptr, "", where)) {}

void addAspect(Construct& scope, Aspect aspect, int priority) {
    scope.state().aspects.push_back({std::move(aspect), priority, false});
}

}  // namespace loam
