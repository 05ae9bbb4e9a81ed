#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/request/value.hpp"

namespace loam::runtime::queryplan {

/// A place in the JSON of a request together with the way to it, so that a refusal can say where.
/// Lives on the stack; must not outlive the reader that it came from.
class Reader {
  public:
    explicit Reader(const request::Value& value, std::string_view name = "request")
        : value_(value), name_(name) {}

    const request::Value& value() const { return value_; }

    /// Throws RequestError P2009 with status 400 that names the place.
    [[noreturn]] void fail(const std::string& problem) const;

    /// The way from the root, such as `request.plan.args.bindings[0].expr`.
    std::string place() const;

    bool isNull() const { return value_.isNull(); }
    /// Whether the object has the member, with a value other than null. Throws when the value is
    /// no object.
    bool has(std::string_view name) const;
    /// The member of the object. Throws when it is missing.
    Reader member(std::string_view name) const;
    /// The item of the list, which must be there.
    Reader item(std::size_t index) const;
    /// Number of items of the list. Throws when the value is no list.
    std::size_t size() const;
    /// The members of the object. Throws when the value is none.
    const std::vector<request::Member>& members() const;
    /// The member at that place in the object.
    Reader member(const request::Member& found) const { return {found.value, this, found.name}; }

    std::string_view text() const;
    std::int64_t integer() const;
    /// True or false; false when the object has no such member.
    bool flag(std::string_view name) const;
    /// The texts in the list.
    std::vector<std::string_view> texts() const;

    /// What the member is called, for a reader of one.
    std::string_view name() const { return name_; }
    /// What the function makes of each item of the list. Throws when the value is no list.
    template <typename Read>
    auto items(const Read& read) const;
    /// What the function makes of each member of the object. Throws when the value is none.
    template <typename Read>
    auto members(const Read& read) const;

    /// The entry of a table of names for the text. Throws with all the names when there is none.
    template <typename Table>
    auto choose(const Table& table) const;

  private:
    Reader(const request::Value& value, const Reader* parent, std::string_view name,
        std::optional<std::size_t> index = {})
        : value_(value), parent_(parent), name_(name), index_(index) {}

    const request::Value& value_;
    const Reader* parent_ = nullptr;
    std::string_view name_ = {};
    std::optional<std::size_t> index_ = {};
};

template <typename Read>
auto Reader::items(const Read& read) const {
    std::vector<decltype(read(item(0)))> results;
    for (std::size_t index = 0; index < size(); ++index) {
        results.push_back(read(item(index)));
    }
    return results;
}

template <typename Read>
auto Reader::members(const Read& read) const {
    std::vector<decltype(read(*this))> results;
    for (const request::Member& found : members()) {
        results.push_back(read(member(found)));
    }
    return results;
}

template <typename Table>
auto Reader::choose(const Table& table) const {
    const std::string_view written = text();
    std::string names;
    for (const auto& [name, choice] : table) {
        if (name == written) {
            return choice;
        }
        names.append(names.empty() ? "" : ", ").append(name);
    }
    fail("is \"" + std::string(written) + "\", expected one of " + names);
}

}  // namespace loam::runtime::queryplan
