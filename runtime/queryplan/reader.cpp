#include "runtime/queryplan/reader.hpp"

#include <charconv>

#include "runtime/request/error.hpp"

namespace loam::runtime::queryplan {

using request::Value;

std::string Reader::place() const {
    const std::string before = parent_ == nullptr ? "" : parent_->place();
    if (index_) {
        return before + "[" + std::to_string(*index_) + "]";
    }
    constexpr std::size_t longest = 100;
    return before + (parent_ == nullptr ? "" : ".") + std::string(name_.substr(0, longest));
}

void Reader::fail(const std::string& problem) const {
    throw request::RequestError(
        "P2009", "The query plan is not valid: " + place() + " " + problem + ".")
        .withStatus(400);
}

bool Reader::has(std::string_view name) const {
    static_cast<void>(members());
    const Value* found = value_.find(name);
    return found != nullptr && !found->isNull();
}

Reader Reader::member(std::string_view name) const {
    static_cast<void>(members());
    const Value* found = value_.find(name);
    if (found == nullptr) {
        fail("has no member \"" + std::string(name) + "\"");
    }
    return {*found, this, name};
}

Reader Reader::item(std::size_t index) const { return {value_.items()[index], this, "", index}; }

std::size_t Reader::size() const {
    if (value_.kind != Value::Kind::List) {
        fail("must be a list");
    }
    return value_.items().size();
}

const std::vector<request::Member>& Reader::members() const {
    if (value_.kind != Value::Kind::Object) {
        fail("must be an object");
    }
    return value_.members();
}

std::string_view Reader::text() const {
    if (value_.kind != Value::Kind::String) {
        fail("must be a text");
    }
    return value_.text;
}

std::int64_t Reader::integer() const {
    std::int64_t number = 0;
    const char* end = value_.text.data() + value_.text.size();
    if (value_.kind != Value::Kind::Integer ||
        std::from_chars(value_.text.data(), end, number).ec != std::errc{}) {
        fail("must be a whole number of 64 bits");
    }
    return number;
}

bool Reader::flag(std::string_view name) const {
    if (!has(name)) {
        return false;
    }
    const Reader found = member(name);
    if (found.value_.kind != Value::Kind::Boolean) {
        found.fail("must be true or false");
    }
    return found.value_.boolean;
}

std::vector<std::string_view> Reader::texts() const {
    return items([](const Reader& item) { return item.text(); });
}

}  // namespace loam::runtime::queryplan
