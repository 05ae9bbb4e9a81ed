#pragma once

// A value as a client wrote it, whatever the notation: literals of GraphQL and JSON become the same
// tree. Numbers stay text, so that nothing is rounded before the type of their field is known.

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loam::runtime::request {

/// A place in the text of a request; both count from 1, the column in bytes. Line 0 means unknown.
struct Location {
    std::uint32_t line = 0;
    std::uint32_t column = 0;

    bool isKnown() const { return line != 0; }
};

struct Member;

/// A literal, a list, an object, or a variable that was not replaced yet. The views point into the
/// body of the request or into its TextPool.
struct Value {
    enum class Kind : std::uint8_t {
        Null,
        Boolean,
        /// Digits with an optional sign; `text` holds them.
        Integer,
        /// A number with a fraction or an exponent; `text` holds it.
        Real,
        String,
        /// A bare word of GraphQL, such as `asc`.
        Enum,
        List,
        Object,
        /// A variable of GraphQL; `text` is its name without the dollar sign.
        Variable,
    };

    Kind kind = Kind::Null;
    bool boolean = false;
    Location location = {};
    std::string_view text = {};
    // Without initializers, which would need the types to be complete here.
    std::vector<Value> items;
    std::vector<Member> members;

    bool isNull() const { return kind == Kind::Null; }
    bool isNumber() const { return kind == Kind::Integer || kind == Kind::Real; }
    /// The member of that name, or null.
    const Value* find(std::string_view name) const;
};

/// A name and its value, in an object or a list of arguments.
struct Member {
    std::string_view name = {};
    Location location = {};
    Value value = {};
};

inline const Value* Value::find(std::string_view name) const {
    for (const Member& member : members) {
        if (member.name == name) {
            return &member.value;
        }
    }
    return nullptr;
}

/// Owns the texts that a request contains only in escaped form. Views stay valid while it lives,
/// also when it is moved.
class TextPool {
  public:
    /// Keeps the text and returns a view of it.
    std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  private:
    std::deque<std::string> texts_;
};

}  // namespace loam::runtime::request
