#include <loam/assembly.hpp>
#include <loam/error.hpp>

#include <algorithm>
#include <map>
#include <set>

#include "constructs/src/core/assembly_steps.hpp"
#include "constructs/src/core/construct_state.hpp"

namespace loam {

namespace {

/// Deeper trees are made by an aspect that adds to whatever it visits, and have no end.
constexpr int deepestTree = 1000;

void visitBelow(Construct& construct, const Aspect& aspect, int depth = 0) {
    if (depth > deepestTree) {
        throw ValidationError(construct.path().substr(0, 200),
            "an aspect adds a construct to every construct it visits, its own included, without "
            "end; "
            "let it tell its own constructs apart");
    }
    aspect(construct);
    // By index: the aspect may add children, which are then visited too.
    const auto& children = construct.state().children;
    // NOLINTNEXTLINE(modernize-loop-convert): a range would miss children added on the way.
    for (std::size_t i = 0; i < children.size(); ++i) visitBelow(*children[i], aspect, depth + 1);
}

/// The aspect that runs next: not yet run, lowest priority, outermost, earliest added. Null if
/// none.
ConstructState::AspectEntry* nextAspect(Construct& construct, Construct*& at) {
    ConstructState::AspectEntry* best = nullptr;
    for (auto& entry : construct.state().aspects) {
        if (!entry.done && (best == nullptr || entry.priority < best->priority)) {
            best = &entry;
            at = &construct;
        }
    }
    for (Construct* child : construct.state().children) {
        Construct* childAt = nullptr;
        auto* entry = nextAspect(*child, childAt);
        if (entry != nullptr && (best == nullptr || entry->priority < best->priority)) {
            best = entry;
            at = childAt;
        }
    }
    return best;
}

/// The elements of one stack, before their values are resolved.
struct StackElements {
    const Stack* stack;
    std::vector<const Resource*> resources = {};
    std::vector<const Parameter*> parameters = {};
    std::vector<const Mapping*> mappings = {};
    std::vector<const Condition*> conditions = {};
    std::vector<const Output*> outputs = {};
    std::vector<const Asset*> assets = {};
};

void collectElements(const Construct& construct, StackElements* current,
    std::vector<std::unique_ptr<StackElements>>& stacks, Findings& findings) {
    if (const auto* stack = dynamic_cast<const Stack*>(&construct)) {
        stacks.push_back(std::make_unique<StackElements>(StackElements{.stack = stack}));
        current = stacks.back().get();
    } else if (const auto* asset = dynamic_cast<const Asset*>(&construct)) {
        if (current != nullptr) current->assets.push_back(asset);
    } else if (const auto* element = dynamic_cast<const Element*>(&construct)) {
        if (current == nullptr) {
            findings.error(construct, "outside-of-stack",
                "is in no stack, so it would not be deployed; add it to a Stack");
        } else if (const auto* resource = dynamic_cast<const Resource*>(element)) {
            current->resources.push_back(resource);
        } else if (const auto* parameter = dynamic_cast<const Parameter*>(element)) {
            current->parameters.push_back(parameter);
        } else if (const auto* mapping = dynamic_cast<const Mapping*>(element)) {
            current->mappings.push_back(mapping);
        } else if (const auto* condition = dynamic_cast<const Condition*>(element)) {
            current->conditions.push_back(condition);
        } else if (const auto* output = dynamic_cast<const Output*>(element)) {
            current->outputs.push_back(output);
        }
    }
    construct.validate(findings);
    for (const Construct* child : construct.children()) {
        collectElements(*child, current, stacks, findings);
    }
}

template <class T>
void sortById(std::vector<const T*>& elements) {
    std::ranges::sort(elements, {}, [](const T* element) { return element->logicalId(); });
}

/// CloudFormation has one name space for each section, but a name used twice confuses its readers
/// and Terraform's addresses, so ids are unique in the whole stack, outputs apart.
void checkLogicalIds(const StackElements& elements, Findings& findings) {
    std::map<std::string_view, const Element*> seen;
    const auto check = [&](const auto& list) {
        for (const Element* element : list) {
            const auto [entry, isNew] = seen.emplace(element->logicalId(), element);
            if (isNew) continue;
            findings.error(*element, "duplicate-logical-id",
                "has the logical id \"" + std::string(element->logicalId()) + "\", which [" +
                    std::string(entry->second->path()) +
                    "] has too; rename one of them or use overrideLogicalId");
        }
    };
    check(elements.resources);
    check(elements.parameters);
    check(elements.mappings);
    check(elements.conditions);
    seen.clear();
    check(elements.outputs);
}

void checkMetadata(const Construct& construct, Findings& findings) {
    const bool isElement = dynamic_cast<const Resource*>(&construct) != nullptr;
    if (!construct.state().metadata.empty() && !isElement &&
        dynamic_cast<const Resource*>(construct.find("Resource")) == nullptr) {
        findings.error(construct, "metadata-without-resource",
            "has metadata but no resource to write it to; add it to a resource below");
    }
    for (const Construct* child : construct.children()) checkMetadata(*child, findings);
}

AssembledStack assembleStack(StackElements& elements, Resolver& resolver, Findings& findings) {
    AssembledStack result{.stack = elements.stack};
    sortById(elements.resources);
    sortById(elements.parameters);
    sortById(elements.mappings);
    sortById(elements.conditions);
    sortById(elements.outputs);
    std::ranges::sort(elements.assets, {}, [](const Asset* asset) { return asset->path(); });
    checkLogicalIds(elements, findings);

    result.resources.reserve(elements.resources.size());
    for (const Resource* resource : elements.resources) {
        result.resources.push_back(assembleResource(*resource, resolver, findings));
    }
    for (const Condition* condition : elements.conditions) {
        result.conditions.emplace_back(
            condition, resolver.resolve(*condition, condition->expression()));
    }
    for (const Output* output : elements.outputs) {
        const auto& props = output->props();
        result.outputs.push_back({.logicalId = std::string(output->logicalId()),
            .value = resolver.resolve(*output, props.value),
            .description = std::string(std::string_view(props.description)),
            .exportName = resolver.resolve(*output, props.exportName),
            .condition = output->condition(),
            .sensitive = props.sensitive,
            .path = std::string(output->path())});
    }
    result.parameters = std::move(elements.parameters);
    result.mappings = std::move(elements.mappings);
    result.assets = std::move(elements.assets);
    return result;
}

/// Producers before consumers; otherwise by path.
std::vector<AssembledStack> deploymentOrder(std::vector<AssembledStack> stacks) {
    std::vector<AssembledStack> ordered;
    std::set<const Stack*> done;
    while (!stacks.empty()) {
        const auto next = std::ranges::find_if(stacks, [&](const AssembledStack& stack) {
            return std::ranges::all_of(stack.dependencies, [&](const Stack* other) {
                return done.contains(other);
            });
        });
        if (next == stacks.end()) {
            std::string names;
            for (const auto& stack : stacks) {
                names += (names.empty() ? "" : ", ") + std::string(stack.stack->path());
            }
            throw ValidationError("",
                "the stacks " + names +
                    " depend on each other, so none can be deployed first; move the constructs "
                    "that "
                    "refer to each other into one stack");
        }
        done.insert(next->stack);
        ordered.push_back(std::move(*next));
        stacks.erase(next);
    }
    return ordered;
}

void checkStackNames(const std::vector<AssembledStack>& stacks, Findings& findings) {
    std::map<std::string_view, const Stack*> seen;
    for (const auto& stack : stacks) {
        const auto [entry, isNew] = seen.emplace(stack.stack->stackName(), stack.stack);
        if (isNew) continue;
        findings.error(*stack.stack, "duplicate-stack-name",
            "has the name \"" + std::string(stack.stack->stackName()) + "\", which [" +
                std::string(entry->second->path()) + "] has too; set another stackName");
    }
}

}  // namespace

void runAspects(App& app) {
    // Aspects may add aspects, so the next one is looked up after each.
    Construct* at = nullptr;
    while (auto* entry = nextAspect(app, at)) {
        entry->done = true;
        const Aspect aspect = entry->aspect;
        visitBelow(*at, aspect);
    }
}

Assembly assemble(App& app) {
    Assembly assembly;
    runAspects(app);

    std::vector<std::unique_ptr<StackElements>> elements;
    collectElements(app, nullptr, elements, assembly.findings);
    checkMetadata(app, assembly.findings);
    std::ranges::sort(elements, {}, [](const auto& stack) { return stack->stack->path(); });

    Resolver resolver(assembly.findings);
    for (auto& stack : elements) {
        assembly.stacks.push_back(assembleStack(*stack, resolver, assembly.findings));
    }
    for (auto& stack : assembly.stacks) {
        resolver.addExports(stack);
        resolveDependencies(stack);
        resolver.addStackDependencies(stack);
    }
    checkStackNames(assembly.stacks, assembly.findings);
    assembly.stacks = deploymentOrder(std::move(assembly.stacks));
    return assembly;
}

const AssembledStack& Assembly::of(const Stack& stack) const {
    const auto found = std::ranges::find(stacks, &stack, &AssembledStack::stack);
    if (found == stacks.end()) {
        throw ValidationError(stack.path(), "is not part of the assembled app");
    }
    return *found;
}

}  // namespace loam
