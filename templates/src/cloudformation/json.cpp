#include <loam/cloudformation.hpp>

#include "templates/src/json/json_writer.hpp"

namespace loam::cloudformation {

std::string json(const Value& document) {
    std::string pretty = writeJson(document, JsonStyle::Pretty);
    pretty += '\n';
    if (pretty.size() <= inlineBytes) return pretty;
    // Blanks take about a third, so a much larger text does not come below the first limit without
    // them.
    const bool inlineInReach = pretty.size() <= 2 * inlineBytes;
    if (!inlineInReach && pretty.size() <= templateBytes) return pretty;
    std::string compact = writeJson(document, JsonStyle::Compact);
    compact += '\n';
    return compact.size() <= inlineBytes || pretty.size() > templateBytes ? compact : pretty;
}

}  // namespace loam::cloudformation
