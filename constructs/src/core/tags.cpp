#include <loam/error.hpp>
#include <loam/tags.hpp>

namespace loam {

namespace {

/// AWS's limits of a tag: the key 1 to 128 characters, the value up to 256, `aws:` is its own.
void check(const std::string& key, const std::string& value) {
    if (key.empty() || key.size() > 128 || key.starts_with("aws:")) {
        throw ValidationError("",
            "a tag's key must have 1 to 128 characters and not start with aws:, got \"" + key +
                "\"");
    }
    if (value.size() > 256) {
        throw ValidationError("",
            "the value of tag \"" + key + "\" must have at most 256 characters, got " +
                std::to_string(value.size()));
    }
}

}  // namespace

void Tags::add(std::string key, std::string value, TagOptions options) {
    check(key, value);
    entries_.push_back({std::move(key), std::move(value), false, std::move(options)});
}

void Tags::remove(std::string key, TagOptions options) {
    check(key, "");
    entries_.push_back({std::move(key), "", true, std::move(options)});
}

}  // namespace loam
