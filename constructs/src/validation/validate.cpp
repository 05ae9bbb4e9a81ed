#include <loam/assembly.hpp>

#include "constructs/src/validation/declarations.hpp"
#include "constructs/src/validation/dependency_cycles.hpp"
#include "constructs/src/validation/function_file_system.hpp"
#include "constructs/src/validation/outputs.hpp"
#include "constructs/src/validation/physical_names.hpp"
#include "constructs/src/validation/property_check.hpp"

namespace loam {

Findings validate(const Assembly& assembly) {
    Findings findings = assembly.findings;
    Patterns patterns;
    PhysicalNames names;
    OutputCheck outputs(findings);
    const Value none = make<MapNode>();
    for (const AssembledStack& stack : assembly.stacks) {
        for (const AssembledResource& resource : stack.resources) {
            const ResourceType* type = resource.resource->type();
            if (type == nullptr) {
                checkTypeName(*resource.resource, findings);
                continue;
            }
            PropertyCheck check(*resource.resource, patterns, findings);
            check.checkStruct(
                resource.properties.present() ? resource.properties : none, *type->properties, {});
            names.add(stack, resource, findings);
        }
        for (const Parameter* parameter : stack.parameters) checkParameter(*parameter, findings);
        for (const Mapping* mapping : stack.mappings) checkMapping(*mapping, findings);
        outputs.add(stack);
        const StackGraph graph(stack, findings);
        checkCycles(graph, findings);
        checkFunctionFileSystems(graph, findings);
    }
    findings.sort();
    return findings;
}

}  // namespace loam
