#include "generator/codegen/facts.hpp"

#include <set>
#include <utility>

namespace loam::codegen {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const auto at = text.find(separator);
        parts.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

/// Reads one file line by line; every line adds to the resource or definition before it.
class Reader {
  public:
    Reader(std::string file, std::string_view text) : file_(std::move(file)), text_(text) {}

    Service read() {
        service_.name = file_.substr(0, file_.rfind('.'));
        while (!text_.empty()) {
            const auto end = text_.find('\n');
            const auto line = text_.substr(0, end);
            text_.remove_prefix(end == std::string_view::npos ? text_.size() : end + 1);
            ++line_;
            if (!line.empty()) readLine(split(line, '\t'));
        }
        for (const auto& one : service_.resources) checkTypes(one);
        return std::move(service_);
    }

  private:
    using Words = std::vector<std::string>;

    /// Every type must be a plain one or a definition of the resource.
    void checkTypes(const Resource& checked) {
        std::set<std::string> known = {"str", "num", "int", "bool", "any", "tag"};
        for (const auto& one : checked.definitions) known.insert(one.name);
        checkTypes(checked.properties, known);
        for (const auto& one : checked.definitions) checkTypes(one, known);
    }

    void checkTypes(const Definition& checked, const std::set<std::string>& known) {
        for (const auto& one : checked.properties) {
            const auto first = one.type.find_first_not_of("[{");
            const auto leaf = one.type.substr(first, one.type.find_first_of("]}") - first);
            line_ = one.line;
            if (known.count(leaf) == 0) {
                fail("property " + one.name + " has the unknown type \"" + leaf + "\"");
            }
        }
    }

    void readLine(const Words& words) {
        const auto& word = words[0];
        if (word == "service") {
            service_.cloudFormationNamespace = argument(words, 1);
        } else if (word == "resource") {
            startResource(argument(words, 1));
        } else if (word == "type") {
            resource().definitions.push_back({argument(words, 1), {}, {}});
        } else if (word == "p") {
            definition().properties.push_back(property(words));
        } else if (word == "a") {
            resource().attributes.push_back({argument(words, 1), argument(words, 2)});
        } else if (word == "xor" || word == "or" || word == "needs" || word == "excludes") {
            definition().combinations.push_back({word, split(argument(words, 1), ',')});
        } else {
            readResourceFact(words);
        }
    }

    void readResourceFact(const Words& words) {
        const auto& word = words[0];
        if (word == "id") {
            resource().primaryIdentifier = split(argument(words, 1), ',');
        } else if (word == "ref") {
            resource().refReturns = argument(words, 1);
        } else if (word == "arn") {
            resource().arnTemplate = argument(words, 1);
        } else if (word == "tags") {
            resource().tagProperty = argument(words, 1);
            resource().tagShape = argument(words, 2);
        } else if (word == "stateful") {
            resource().stateful = true;
        } else if (word != "transform") {
            fail("unknown fact \"" + word + "\"");
        }
    }

    void startResource(const std::string& type) {
        service_.resources.emplace_back();
        resource().type = type;
        resource().properties.name = type.substr(type.rfind(':') + 1);
    }

    Resource& resource() {
        if (service_.resources.empty()) fail("a fact stands before the first resource");
        return service_.resources.back();
    }

    Definition& definition() {
        auto& owner = resource();
        return owner.definitions.empty() ? owner.properties : owner.definitions.back();
    }

    const std::string& argument(const Words& words, std::size_t index) const {
        if (index >= words.size() || words[index].empty()) {
            fail("\"" + words[0] + "\" needs " + std::to_string(index) + " or more arguments");
        }
        return words[index];
    }

    Property property(const Words& words) const {
        Property result;
        result.name = argument(words, 1);
        result.type = argument(words, 2);
        result.line = line_;
        for (std::size_t i = 3; i < words.size(); ++i) {
            const auto equals = words[i].find('=');
            if (equals == std::string::npos) {
                readFlag(result, words[i]);
            } else {
                readLimit(result, words[i].substr(0, equals), words[i].substr(equals + 1));
            }
        }
        return result;
    }

    void readFlag(Property& result, const std::string& flag) const {
        bool* const known =
            flag == "required"      ? &result.required
            : flag == "replace"     ? &result.replaces
            : flag == "may-replace" ? &result.mayReplace
            : flag == "write-only"  ? &result.writeOnly
            : flag == "deprecated"  ? &result.deprecated
            : flag == "unique"
                ? &result.unique
                : nullptr;
        if (!known) fail("unknown flag \"" + flag + "\" of property " + result.name);
        *known = true;
    }

    void readLimit(Property& result, const std::string& key, const std::string& value) const {
        if (key == "items") {
            result.items = limit(value);
        } else if (key == "length") {
            result.length = limit(value);
        } else if (key == "range") {
            result.range = limit(value);
        } else if (key == "enum" || key == "enum-any-case") {
            result.values = split(value, '|');
            result.anyCase = key == "enum-any-case";
        } else if (key == "takes") {
            for (const auto& target : split(value, ',')) {
                const auto dot = target.find('.');
                if (dot == std::string::npos)
                    fail(std::string("\"") + target + "\" names no attribute");
                result.takes.push_back({target.substr(0, dot), target.substr(dot + 1)});
            }
        } else if (key == "pattern") {
            result.pattern = value;
        } else {
            fail("unknown limit \"" + key + "\" of property " + result.name);
        }
    }

    Limit limit(const std::string& text) const {
        const auto dots = text.find("..");
        if (dots == std::string::npos) fail("\"" + text + "\" is not a limit; write low..high");
        return {text.substr(0, dots), text.substr(dots + 2)};
    }

    [[noreturn]] void fail(const std::string& message) const {
        throw FactError(file_, line_, message);
    }

    std::string file_;
    std::string_view text_;
    std::size_t line_ = 0;
    Service service_;
};

}  // namespace

Service readFacts(const std::string& file, std::string_view text) {
    return Reader(file, text).read();
}

}  // namespace loam::codegen
