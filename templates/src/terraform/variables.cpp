#include "templates/src/terraform/variables.hpp"

#include <charconv>

namespace loam::terraform {

namespace {

std::vector<std::string> splitList(std::string_view text) {
    std::vector<std::string> items;
    while (!text.empty()) {
        const auto comma = text.find(',');
        auto item = text.substr(0, comma);
        while (item.starts_with(' ')) item.remove_prefix(1);
        while (item.ends_with(' ')) item.remove_suffix(1);
        items.emplace_back(item);
        if (comma == std::string_view::npos) break;
        text.remove_prefix(comma + 1);
    }
    return items;
}

Value numberOf(const std::string& text) {
    std::int64_t integer = 0;
    const auto* end = text.data() + text.size();
    if (std::from_chars(text.data(), end, integer).ptr == end) return make<NumberNode>(integer);
    double real = 0;
    if (std::from_chars(text.data(), end, real).ptr == end) return make<NumberNode>(real);
    return make<StringNode>(text);
}

std::string numberText(double number) {
    char buffer[64];
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, number);
    return {buffer, result.ptr};
}

/// SSM parameters are given by name, which is a string whatever the value is.
bool takesList(const Parameter& parameter) {
    return parameter.isList() && parameter.props().type != ParameterType::SsmString;
}

/// The default, which Terraform reads as it stands, without templates.
Value defaultOf(const Parameter& parameter) {
    const auto& text = *parameter.props().defaultValue;
    const bool numeric =
        parameter.props().type == ParameterType::NumberList ||
        parameter.props().type == ParameterType::Number;
    const auto item = [&](const std::string& one) {
        return numeric ? numberOf(one) : make<StringNode>(one);
    };
    if (!takesList(parameter)) return item(text);
    std::vector<Value> items;
    for (const auto& one : splitList(text)) items.push_back(item(one));
    return make<ListNode>(std::move(items));
}

const char* typeOf(const Parameter& parameter) {
    if (parameter.props().type == ParameterType::Number) return "number";
    if (parameter.props().type == ParameterType::NumberList) return "list(number)";
    return takesList(parameter) ? "list(string)" : "string";
}

class Validations {
  public:
    explicit Validations(const Parameter& parameter)
        : parameter_(parameter),
          variable_("var." + variableName(parameter.logicalId())),
          item_(takesList(parameter) ? "x" : variable_) {}

    /// Adds a rule; in lists every item has to hold it.
    void add(const std::string& condition, const std::string& allowed) {
        const auto whole =
            takesList(parameter_)
                ? "alltrue([for x in " + variable_ + " : " + condition + "])"
                : condition;
        const auto& described = parameter_.props().constraintDescription;
        const auto message =
            described.empty()
                ? std::string(parameter_.logicalId()) + " must be " + allowed + "."
                : described;
        rules_.push_back(Any::object(
            {{"condition", "${" + whole + "}"}, {"error_message", escapeTemplate(message)}}));
    }
    const std::string& item() const { return item_; }
    std::vector<Value> take() { return std::move(rules_); }

  private:
    const Parameter& parameter_;
    std::string variable_;
    std::string item_;
    std::vector<Value> rules_;
};

std::vector<Value> validationsOf(const Parameter& parameter) {
    const auto& props = parameter.props();
    Validations rules(parameter);
    const auto text = "tostring(" + rules.item() + ")";
    if (!props.allowedValues.empty()) {
        std::string values;
        std::string shown;
        for (const auto& value : props.allowedValues) {
            values += (values.empty() ? "" : ", ") + quoted(value);
            shown += (shown.empty() ? "" : ", ") + value;
        }
        rules.add("contains([" + values + "], " + text + ")", "one of " + shown);
    }
    if (!props.allowedPattern.empty()) {
        const auto whole = "^(?:" + props.allowedPattern + ")$";
        rules.add("can(regex(" + quoted(whole) + ", " + text + "))",
            "matched by " + props.allowedPattern);
    }
    const auto limit =
        [&](const std::string& measured, const char* sign, const std::string& value,
            const std::string& what) { rules.add(measured + " " + sign + " " + value, what); };
    const auto length = "length(" + text + ")";
    if (props.minLength) {
        const auto value = std::to_string(*props.minLength);
        limit(length, ">=", value, "at least " + value + " characters long");
    }
    if (props.maxLength) {
        const auto value = std::to_string(*props.maxLength);
        limit(length, "<=", value, "at most " + value + " characters long");
    }
    const auto number = "tonumber(" + rules.item() + ")";
    if (props.minValue) {
        limit(number, ">=", numberText(*props.minValue), "at least " + numberText(*props.minValue));
    }
    if (props.maxValue) {
        limit(number, "<=", numberText(*props.maxValue), "at most " + numberText(*props.maxValue));
    }
    return rules.take();
}

}  // namespace

Value variableOf(const Parameter& parameter) {
    const auto& props = parameter.props();
    detail::MapBuilder block;
    block.add("//", Any::object({{"path", parameter.path()}}));
    block.add("type", Str(typeOf(parameter)));
    block.add("nullable", Bool(false));
    if (!props.description.empty()) block.add("description", Str(props.description));
    if (props.defaultValue) block.add("default", defaultOf(parameter));
    if (props.noEcho) block.add("sensitive", Bool(true));
    auto rules = validationsOf(parameter);
    if (!rules.empty()) block.add("validation", make<ListNode>(std::move(rules)));
    return block.take();
}

bool showsHidden(const Value& value) {
    bool found = false;
    if (!value.present()) return found;
    visit(value, [&](const Node& node, const std::string&) {
        if (node.kind != NodeKind::Reference) return;
        const auto* parameter =
            dynamic_cast<const Parameter*>(as<ReferenceNode>(node).target->construct);
        found = found || (parameter != nullptr && parameter->props().noEcho);
    });
    return found;
}

}  // namespace loam::terraform
