#include "generator/synth/manifest.hpp"

#include <loam/cloudformation.hpp>

#include <algorithm>

#include "templates/src/json/json_writer.hpp"

namespace loam::synthesis {

namespace {

/// Increased when a reader of the manifest must change.
constexpr int manifestVersion = 1;

Any strings(const std::vector<std::string>& items) {
    detail::ListBuilder list;
    for (const auto& item : items) list.add(Str(item));
    return Any(list.take());
}

/// Quotes a word for a POSIX shell if it needs that.
std::string quoted(const std::string& word) {
    const bool plain = !word.empty() && std::ranges::all_of(word, [](unsigned char c) {
        return std::isalnum(c) != 0 ||
               std::string_view("-_./=:,+@").find(static_cast<char>(c)) != std::string_view::npos;
    });
    if (plain) return word;
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

std::vector<std::string> cloudFormationCommands(const StackFiles& files) {
    const Stack& stack = *files.stack->stack;
    const std::string name(stack.stackName());
    std::string region;
    if (!stack.env().region.empty()) region.append(" --region ").append(stack.env().region);
    const auto packaged = name + ".packaged.yaml";

    std::vector<std::string> commands;
    std::string deployed = files.cloudFormation;
    if (!files.stack->assets.empty()) {
        commands.push_back(
            "aws cloudformation package --template-file " + files.cloudFormation +
            " --s3-bucket \"${ARTIFACT_BUCKET}\" --output-template-file " + packaged + region);
        deployed = packaged;
    }
    auto deploy = "aws cloudformation deploy --template-file " + deployed + " --stack-name " + name;
    if (files.cloudFormationBytes > cloudformation::inlineBytes || !files.stack->assets.empty()) {
        deploy += " --s3-bucket \"${ARTIFACT_BUCKET}\"";
    }
    const auto needed = cloudformation::capabilities(*files.stack);
    if (!needed.empty()) deploy += " --capabilities";
    for (const auto& capability : needed) deploy += " " + capability;
    if (stack.props().tags.present()) {
        const auto& tags = as<MapNode>(*stack.props().tags.node()).entries;
        if (!tags.empty()) deploy += " --tags";
        for (const auto& [key, value] : tags) deploy += " " + quoted(key + "=" + *literal(value));
    }
    commands.push_back(deploy + region);
    if (stack.terminationProtection()) {
        commands.push_back(
            "aws cloudformation update-termination-protection --stack-name " + name +
            " --enable-termination-protection" + region);
    }
    return commands;
}

std::vector<std::string> terraformCommands(const StackFiles& files) {
    const auto folder = files.terraform.substr(
        0, files.terraform.size() - std::string_view("/main.tf.json").size());
    return {"terraform -chdir=" + folder + " init", "terraform -chdir=" + folder + " apply"};
}

std::vector<std::string> assetsOf(const AssembledStack& stack) {
    std::vector<std::string> names;
    for (const Asset* asset : stack.assets) names.push_back(asset->fileName());
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

Any stackEntry(const StackFiles& files) {
    const Stack& stack = *files.stack->stack;
    std::vector<std::string> dependencies;
    for (const Stack* other : files.stack->dependencies)
        dependencies.emplace_back(other->stackName());
    detail::MapBuilder entry;
    entry.add("assets", strings(assetsOf(*files.stack)));
    entry.add("capabilities", strings(cloudformation::capabilities(*files.stack)));
    entry.add("dependsOn", strings(dependencies));
    entry.add("name", Str(stack.stackName()));
    entry.add("path", Str(stack.path()));
    entry.add("resources", Num(files.stack->resources.size()));
    entry.add("terminationProtection", Bool(stack.terminationProtection()));
    if (!stack.env().account.empty()) entry.add("account", Str(stack.env().account));
    if (!stack.env().region.empty()) entry.add("region", Str(stack.env().region));
    if (!files.cloudFormation.empty()) {
        entry.add("cloudformation",
            Any::object({{"commands", strings(cloudFormationCommands(files))},
                {"template", files.cloudFormation},
                {"templateBytes", static_cast<std::int64_t>(files.cloudFormationBytes)}}));
    }
    if (!files.terraform.empty()) {
        entry.add("terraform",
            Any::object({{"commands", strings(terraformCommands(files))},
                {"retained", strings(files.retained)}, {"root", files.terraform}}));
    }
    return Any(entry.take());
}

Value treeEntry(const Construct& construct) {
    detail::MapBuilder entry;
    entry.add("id", Str(construct.id()));
    entry.add("path", Str(construct.path()));
    if (const auto* resource = dynamic_cast<const Resource*>(&construct)) {
        entry.add("type", Str(resource->typeName()));
    }
    if (const auto* element = dynamic_cast<const Element*>(&construct)) {
        entry.add("logicalId", Str(element->logicalId()));
    }
    // Sorted, so that the file does not depend on the order of creation.
    std::vector<const Construct*> children(
        construct.children().begin(), construct.children().end());
    std::ranges::sort(children, {}, [](const Construct* child) { return child->id(); });
    detail::ListBuilder list;
    for (const Construct* child : children) list.add(treeEntry(*child));
    if (!children.empty()) entry.add("children", list.take());
    return entry.take();
}

}  // namespace

std::string manifest(const std::vector<StackFiles>& stacks) {
    detail::ListBuilder entries;
    for (const auto& files : stacks) entries.add(stackEntry(files));
    const auto document = Any::object({{"loamVersion", LOAM_VERSION},
        {"manifestVersion", manifestVersion}, {"stacks", Any(entries.take())}});
    return writeJson(document, JsonStyle::Pretty) + "\n";
}

std::string tree(const App& app) {
    return writeJson(Any::object({{"tree", Any(treeEntry(app))}, {"version", manifestVersion}}),
               JsonStyle::Pretty) +
           "\n";
}

}  // namespace loam::synthesis
