#include "constructs/src/validation/outputs.hpp"

#include <algorithm>

#include "constructs/src/core/assembly_steps.hpp"
#include "constructs/src/validation/late_values.hpp"
#include "constructs/src/validation/messages.hpp"
#include "constructs/src/validation/rules.hpp"

namespace loam {

namespace {

/// Reports an output that is a list, which CloudFormation refuses when it is deployed.
void checkShape(const Value& value, const Construct& at, Findings& findings) {
    if (!value.present()) return;
    const NodeKind kind = value.node()->kind;
    if (kind == NodeKind::Function && as<FunctionNode>(*value.node()).function == Intrinsic::If) {
        for (const Value& branch : as<FunctionNode>(*value.node()).arguments)
            checkShape(branch, at, findings);
        return;
    }
    const bool isText =
        kind != NodeKind::List && kind != NodeKind::Map && kind != NodeKind::Object &&
        shapeOf(*value.node()) != LateShape::List;
    if (isText) return;
    findings.error(at, rules::wrongType,
        "an output takes a text, got " + shown(value) +
            "; give join(\",\", list) or toJsonString(value)",
        "Value");
}

}  // namespace

const Construct& constructOf(const AssembledOutput& output, const Stack& stack) {
    const std::string_view stackPath = stack.path();
    const Construct* found = nullptr;
    if (output.path.size() > stackPath.size() && output.path.starts_with(stackPath)) {
        found = stack.find(std::string_view(output.path).substr(stackPath.size() + 1));
    }
    return found != nullptr ? *found : stack;
}

void OutputCheck::add(const AssembledStack& stack) {
    for (const AssembledOutput& output : stack.outputs) {
        const Construct& at = constructOf(output, *stack.stack);
        checkShape(output.value, at, findings_);
        const std::string* name = literal(output.exportName);
        // Of two exports under conditions perhaps only one exists.
        if (name != nullptr && output.condition == nullptr) addExport(*name, {stack.stack, &at});
    }
}

void OutputCheck::addExport(const std::string& name, const Export& entry) {
    std::vector<Export>& others = exports_[name];
    const auto same = std::ranges::find_if(others, [&](const Export& other) {
        return !isElsewhere(*other.stack, *entry.stack);
    });
    if (same != others.end()) {
        findings_.error(*entry.construct, rules::duplicateName,
            shown(Str(name)) + " is the name of the export of [" +
                std::string(same->construct->path()) + "] too; choose another name" +
                (same->stack == entry.stack
                        ? ""
                        : ", or set env of both stacks if they are for different accounts or "
                          "regions"),
            "ExportName");
    }
    others.push_back(entry);
}

}  // namespace loam
