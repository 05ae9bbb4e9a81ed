#pragma once

// A value as a client wrote it, whatever the notation: literals of GraphQL and JSON become the same
// tree. Numbers stay text, so that nothing is rounded before the type of their field is known.

#include <cstdint>
#include <deque>
#include <memory>
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
struct Children;

/// A literal, a list, an object, or a variable that was not replaced yet. The views point into the
/// body of the request or into its TextPool. Copies share what is inside a list or an object, which
/// never changes once it is made.
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

    /// What the JSON protocol of Prisma Client says about a value with `$type`.
    enum class Tag : std::uint8_t {
        None,
        DateTime,
        BigInt,
        Bytes,
        Decimal,
        /// An object with `_ref`, the field, and `_container`, its model.
        FieldReference,
        /// A word such as DbNull.
        Enum,
        /// The text of a document.
        Json,
    };

    Kind kind = Kind::Null;
    Tag tag = Tag::None;
    bool boolean = false;
    Location location = {};
    std::string_view text = {};
    /// Null for everything but lists and objects that are not empty.
    std::shared_ptr<const Children> children = {};

    static Value list(std::vector<Value> items, Location location = {});
    static Value object(std::vector<Member> members, Location location = {});

    /// Of a list; empty for anything else.
    const std::vector<Value>& items() const;
    /// Of an object; empty for anything else.
    const std::vector<Member>& members() const;
    bool isNull() const { return kind == Kind::Null; }
    bool isNumber() const { return kind == Kind::Integer || kind == Kind::Real; }
    /// The member of that name, or null.
    const Value* find(std::string_view name) const;
};

/// Whether two values are written alike, wherever they stand.
bool operator==(const Value& left, const Value& right);

/// A name and its value, in an object or a list of arguments.
struct Member {
    std::string_view name = {};
    Location location = {};
    Value value = {};
};

/// What a list or an object holds.
struct Children {
    std::vector<Value> items = {};
    std::vector<Member> members = {};
};

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
