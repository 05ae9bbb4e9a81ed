#include <loam/error.hpp>
#include <loam/testing.hpp>

#include <nlohmann/json.hpp>
#include <vector>

#include "templates/src/testing/json_match.hpp"

namespace loam::testing {

namespace {

using nlohmann::json;

/// Resources printed in full when none matches.
constexpr std::size_t shownResources = 3;

struct Candidate {
    std::string name;
    /// Owned by the document; null if the resource has no such part.
    const json* part;
};

json parse(std::string_view text, std::string_view what) {
    try {
        return json::parse(text);
    } catch (const json::parse_error& error) {
        throw ValidationError({},
            "the " + std::string(what) + " is not JSON at byte " + std::to_string(error.byte) +
                ": " + std::string(text.substr(0, 200)));
    }
}

const json* find(const json& object, std::string_view key) {
    const auto entry = object.find(key);
    return entry == object.end() ? nullptr : &*entry;
}

bool isTerraform(const json& document) { return !document.contains("Resources"); }

std::vector<Candidate> terraformResources(const json& document, std::string_view type) {
    std::vector<Candidate> candidates;
    const json* resources = find(document, "resource");
    const json* ofType = resources == nullptr ? nullptr : find(*resources, type);
    if (ofType == nullptr) return candidates;
    for (const auto& [name, body] : ofType->items()) candidates.push_back({name, &body});
    return candidates;
}

std::vector<Candidate> resources(const json& document, std::string_view type, Part part) {
    if (isTerraform(document)) return terraformResources(document, type);
    std::vector<Candidate> candidates;
    for (const auto& [name, entry] : document["Resources"].items()) {
        if (entry.value("Type", "") != type) continue;
        candidates.push_back({name, part == Part::Entry ? &entry : find(entry, "Properties")});
    }
    return candidates;
}

std::string countOf(const std::vector<Candidate>& candidates, std::string_view type) {
    return std::to_string(candidates.size()) +
           (candidates.size() == 1 ? " resource" : " resources") + " of type " + std::string(type);
}

std::string sectionName(HasEntry::Section section, bool terraform) {
    if (section == HasEntry::Section::Outputs) return terraform ? "output" : "Outputs";
    return terraform ? "variable" : "Parameters";
}

std::string namesIn(const json* section) {
    if (section == nullptr || section->empty()) return "there are none";
    std::string names = "there are";
    for (const auto& [name, entry] : section->items()) names += " " + name;
    return names;
}

}  // namespace

bool HasResource::match(std::string_view document) const {
    const json parsed = parse(document, "document");
    const json expected = parse(expected_, "expectation");
    const auto candidates = resources(parsed, type_, part_);
    const json nothing = json::object();
    std::string differences;
    std::string details;
    std::size_t printed = 0;
    for (const auto& [name, part] : candidates) {
        const json& actual = part == nullptr ? nothing : *part;
        const auto differs = firstDifference(expected, &actual);
        if (!differs) {
            explanation_ = "has a " + type_ + " like " + expected.dump(2);
            return true;
        }
        differences += "\n  " + name + ": " + *differs;
        if (printed++ < shownResources) details += "\n" + name + ": " + actual.dump(2);
    }
    explanation_ =
        "should have a " + type_ + " like " + expected.dump(2) + "\nbut of the " +
        countOf(candidates, type_) + " none matches" + differences + details;
    return false;
}

bool ResourceCount::match(std::string_view document) const {
    const json parsed = parse(document, "document");
    const auto candidates = resources(parsed, type_, Part::Entry);
    explanation_ = "should have " + std::to_string(count_) + ", has " + countOf(candidates, type_);
    for (const auto& [name, part] : candidates) explanation_ += "\n  " + name;
    return candidates.size() == count_;
}

bool HasEntry::match(std::string_view document) const {
    const json parsed = parse(document, "document");
    const json expected = parse(expected_, "expectation");
    if (section_ == Section::Whole) {
        const auto differs = firstDifference(expected, &parsed);
        explanation_ = differs ? "differs: " + *differs : "matches";
        return !differs;
    }
    const std::string sectionKey = sectionName(section_, isTerraform(parsed));
    const json* section = find(parsed, sectionKey);
    const json* entry = section == nullptr ? nullptr : find(*section, name_);
    if (entry == nullptr) {
        explanation_ =
            "should have \"" + name_ + "\" in " + sectionKey + ", but " + namesIn(section);
        return false;
    }
    const auto differs = firstDifference(expected, entry);
    explanation_ =
        sectionKey + " " + name_ + (differs ? ": " + *differs + "\n" + entry->dump(2) : " matches");
    return !differs;
}

}  // namespace loam::testing
