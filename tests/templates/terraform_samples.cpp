#include "tests/templates/terraform_samples.hpp"

#include <loam/asset.hpp>
#include <loam/mapping.hpp>
#include <loam/node.hpp>
#include <loam/parameter.hpp>

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>

namespace loam::samples {

namespace {

Any readFile() {
    std::ifstream file(LOAM_TESTS_DIRECTORY "/templates/terraform_samples.json");
    std::ostringstream text;
    text << file.rdbuf();
    return Any::json(text.str());
}

class Samples {
  public:
    explicit Samples(App& app) : app_(app), file_(readFile()) {}

    /// Adds a stack: type and properties of each resource by its id. `"@Id"` in the properties
    /// stands for a Ref, `"@Id.Attribute"` for an attribute.
    Stack& add(const std::string& stackId) {
        auto& stack = app_.add<Stack>(stackId,
            StackProps{.env = {.account = "123456789012", .region = "eu-central-1"},
                .description = "samples"});
        const auto& samples =
            as<MapNode>(*as<MapNode>(*file_.node()).find(stackId)->node()).entries;
        // All resources exist before their properties, which may refer in either direction.
        for (const auto& [id, sample] : samples) {
            const auto& type = *as<MapNode>(*sample.node()).find("Type");
            resources_[id] =
                &stack.add<RawResource>(id, {.type = Str::of(type), .properties = Any::object({})});
        }
        for (const auto& [id, sample] : samples) {
            const auto* properties = as<MapNode>(*sample.node()).find("Properties");
            if (properties == nullptr) continue;
            for (const auto& [key, value] : as<MapNode>(*properties->node()).entries) {
                resources_[id]->addPropertyOverride(key, resolve(value));
            }
        }
        return stack;
    }
    Resource& at(const std::string& id) { return *resources_.at(id); }

  private:
    Value resolve(const Value& value) {
        const Node& node = *value.node();
        if (node.kind == NodeKind::List) {
            std::vector<Value> items;
            for (const auto& item : as<ListNode>(node).items) items.push_back(resolve(item));
            return make<ListNode>(std::move(items));
        }
        if (node.kind == NodeKind::Map) {
            std::vector<MapNode::Entry> entries;
            for (const auto& [key, item] : as<MapNode>(node).entries) {
                entries.emplace_back(key, resolve(item));
            }
            return make<MapNode>(std::move(entries));
        }
        const auto* text = literal(value);
        if (text == nullptr || !text->starts_with('@')) return value;
        const auto dot = text->find('.');
        const auto id = text->substr(1, dot == std::string::npos ? dot : dot - 1);
        if (resources_.count(id) == 0) throw std::logic_error("no sample " + id);
        auto& resource = *resources_[id];
        return dot == std::string::npos
                   ? Value(resource.ref())
                   : Value(resource.attribute(text->substr(dot + 1)));
    }

    App& app_;
    Any file_;
    std::map<std::string, Resource*> resources_;
};

/// Parameters, conditions, mappings, functions of all kinds, and outputs.
void addLanguage(Stack& stack, Samples& samples) {
    auto& size = stack.add<Parameter>("Size",
        {.type = ParameterType::Number, .defaultValue = "5", .minValue = 1, .maxValue = 10});
    auto& stage = stack.add<Parameter>("Stage",
        {.defaultValue = "prod", .allowedValues = {"dev", "prod"}, .allowedPattern = "[a-z]+"});
    auto& names = stack.add<Parameter>("Names",
        {.type = ParameterType::CommaDelimitedList, .defaultValue = "a, b", .minLength = 1});
    auto& hidden = stack.add<Parameter>("Hidden", {.defaultValue = "${secret}", .noEcho = true});
    auto& image = stack.add<Parameter>("Image",
        {.type = ParameterType::SsmString,
            .typeName = "AWS::EC2::Image::Id",
            .defaultValue = "/aws/service/ami"});
    auto& isProd = stack.add<Condition>("IsProd", {.expression = equals(stage.value(), "prod")});
    auto& isBig = stack.add<Condition>("IsBig",
        {.expression = anyOf({allOf({isProd, notOf(equals(size.value(), "3"))}), isProd})});
    auto& table = stack.add<Mapping>(
        "Table", {.values = {{"prod", {{"days", Any(30)}}}, {"dev", {{"days", Any(1)}}}}});
    auto& queue = stack.add<RawResource>("Optional",
        {.type = "AWS::SQS::Queue",
            .properties = Any::object({
                {"QueueName", sub("{}-{}-queue", stackName(), stage.value())},
                {"DelaySeconds", ifElse<Any>(isBig, 5, NoValue{})},
                {"MessageRetentionPeriod", findInMap(table, stage.value(), "days")},
                {"Tags", Any::list({Any::object({{"Key", "a"}, {"Value", size.value()}}),
                             ifElse<Any>(isBig, Any::object({{"Key", "big"}, {"Value", "yes"}}),
                                 NoValue{})})},
                {"RedriveAllowPolicy",
                    Any::object({{"redrivePermission", stage.value()},
                        {"list", Any::list({"x", ifElse<Any>(isProd, "y", NoValue{})})}})},
            })});
    queue.setCondition(isProd);
    stack.add<RawResource>("Bucket",
        {.type = "AWS::S3::Bucket",
            .properties = Any::object(
                {{"VersioningConfiguration",
                     ifElse<Any>(isProd, Any::object({{"Status", "Enabled"}}), NoValue{})},
                    {"LifecycleConfiguration",
                        Any::object({{"Rules",
                            Any::list({Any::object({{"Id", "one"}, {"Status", "Enabled"},
                                           {"ExpirationInDays", 1}}),
                                ifElse<Any>(isProd,
                                    Any::object({{"Id", "two"}, {"Status", "Enabled"},
                                        {"ExpirationInDays", 2}}),
                                    NoValue{})})}})}})});
    const auto output = [&](const char* id, Any value) {
        stack.add<Output>(
            std::string(id) + "Output", {.value = std::move(value), .description = "${d}"});
    };
    output("Join", join("-", names.list()));
    output("Select", select(1, split(",", "a,b")));
    output("Zone", select(0, getAzs()));
    output("OtherZone", select(0, getAzs("us-east-1")));
    output("Cidr", select(1, cidr("10.0.0.0/16", 4, 8)));
    output("Base64", base64(stage.value()));
    output("Account", sub("{}/{}/{}/{}", accountId(), region(), partition(), urlSuffix()));
    output("Hidden", hidden.value());
    output("Image", image.value());
    output("Length", length(names.list()));
    output("Json", toJsonString(Any::object({{"a", stage.value()}})));
    output("Queue", sub("${{x}} $$ {} costs 5$", queue.attribute("Arn")));
    output(
        "Endpoint", select(0, StrList::of(samples.at("SsmEndpoint").attributeList("DnsEntries"))));
    stack.add<Output>("OnlyProd", {.value = queue.ref()}).setCondition(isProd);
}

}  // namespace

void addEveryMappedType(App& app) {
    Samples samples(app);
    samples.add("Network");
    samples.add("Storage");
    auto& computed = samples.add("Compute");
    auto& language = app.add<Stack>("Language");
    addLanguage(language, samples);
    auto& asset = computed.add<Asset>(
        "Code", {.entries = {{.source = "bootstrap", .archivePath = "bootstrap"}}});
    asset.setPacked("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    auto& packed = computed.add<RawResource>("Packed",
        {.type = "AWS::Lambda::Function",
            .properties = Any::object({{"Code", asset.value()}, {"Handler", "x"},
                {"Runtime", "provided.al2023"}, {"Role", samples.at("Role").attribute("Arn")}})});
    packed.addDependency(samples.at("Inline"));
    samples.at("Files").setRemovalPolicy(RemovalPolicy::Retain);
    samples.at("SyncLogs").setRemovalPolicy(RemovalPolicy::Retain);
}

}  // namespace loam::samples
