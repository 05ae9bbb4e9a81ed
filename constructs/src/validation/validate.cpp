#include <loam/assembly.hpp>

#include "constructs/src/validation/function_file_system.hpp"
#include "constructs/src/validation/physical_names.hpp"
#include "constructs/src/validation/property_check.hpp"
#include "constructs/src/validation/stack_graph.hpp"

namespace loam {

Findings validate(const Assembly& assembly) {
    Findings findings = assembly.findings;
    Patterns patterns;
    PhysicalNames names;
    const Value none = make<MapNode>();
    for (const AssembledStack& stack : assembly.stacks) {
        for (const AssembledResource& resource : stack.resources) {
            const ResourceType* type = resource.resource->type();
            if (type == nullptr) continue;
            PropertyCheck check(*resource.resource, patterns, findings);
            check.checkStruct(
                resource.properties.present() ? resource.properties : none, *type->properties, {});
            names.add(stack, resource, findings);
        }
        const StackGraph graph(stack, findings);
        graph.checkCycles(findings);
        checkFunctionFileSystems(graph, findings);
    }
    findings.sort();
    return findings;
}

}  // namespace loam
