#pragma once

#include <loam/intrinsics.hpp>
#include <loam/terraform.hpp>

#include <nlohmann/json.hpp>
#include <string>

#include "templates/src/json/json_writer.hpp"

namespace loam::terraform {

using Json = nlohmann::json;

inline Rendering renderStack(App& app, const Stack& stack) {
    return render(assemble(app).of(stack));
}

inline Json parsed(const Rendering& rendering) {
    return Json::parse(writeJson(rendering.document, JsonStyle::Compact));
}

/// The document of a stack that renders without findings; with some, the text of the first.
inline Json documentOf(App& app, const Stack& stack) {
    const auto rendering = renderStack(app, stack);
    if (!rendering.findings.all().empty()) return describe(rendering.findings.all().front());
    return parsed(rendering);
}

/// The messages of all findings, one a line, with path and property.
inline std::string messagesOf(App& app, const Stack& stack) {
    const auto rendering = renderStack(app, stack);
    std::string text;
    for (const auto& finding : rendering.findings.all()) {
        text += finding.id + " " + finding.path + " " + finding.property + ": " + finding.message +
                "\n";
    }
    return text;
}

inline RawResource&
addRaw(Construct& scope, const char* id, const char* type, Any properties = {}) {
    return scope.add<RawResource>(id, {.type = Str(type), .properties = std::move(properties)});
}

}  // namespace loam::terraform
