#pragma once

// The construct tree. A scope owns its children and a construct is born inside a scope:
//
//     auto& db = stack.add<LamDB>("MyLamDB", {...});
//
// The reference is valid as long as the app. If the constructor throws, nothing was added.

#include <loam/props.hpp>
#include <loam/source_location.hpp>
#include <loam/value.hpp>

namespace loam {

class App;
class Construct;
class Findings;
class Stack;
class Tags;
struct ConstructState;

/// What happens to a resource when it leaves the stack or is replaced.
enum class RemovalPolicy : std::uint8_t {
    /// Retain for types that hold data, otherwise CloudFormation's own, which is to delete.
    Default,
    /// It is deleted.
    Destroy,
    /// It stays.
    Retain,
    /// It stays, unless its creation failed.
    RetainExceptOnCreate,
    /// A snapshot stays; only for types that support it.
    Snapshot,
};

/// The right to be born at a place in the tree. Only `Construct::add` makes one.
class Scope {
  public:
    Scope(Scope&&) = default;
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    Scope& operator=(Scope&&) = delete;
    ~Scope() = default;

  private:
    friend class Construct;
    friend class App;
    Scope(Construct* parent, std::string_view id, SourceLocation where)
        : parent_(parent), id_(id), where_(where) {}
    Construct* parent_;
    std::string_view id_;
    SourceLocation where_;
};

/// The children of a construct, in the order of creation.
class Children {
  public:
    Children(Construct* const* first, std::size_t count) : first_(first), count_(count) {}
    Construct* const* begin() const noexcept { return first_; }
    Construct* const* end() const noexcept { return first_ + count_; }
    std::size_t size() const noexcept { return count_; }
    bool empty() const noexcept { return count_ == 0; }

  private:
    Construct* const* first_;
    std::size_t count_;
};

/// Anything in the tree. Aspects are in aspect.hpp, tags in tags.hpp.
class Construct {
  public:
    explicit Construct(Scope scope);
    virtual ~Construct();
    Construct(const Construct&) = delete;
    Construct& operator=(const Construct&) = delete;

    /// Makes a child. Throws ValidationError if the id is empty, holds a slash or is taken.
    template <class T>
    T& add(std::string_view childId, typename T::Props props,
        SourceLocation where = SourceLocation::current()) {
        T* child = new T(scopeFor(childId, where), std::move(props));
        adopt(child);
        return *child;
    }
    /// Makes a child with default props.
    template <class T>
    T& add(std::string_view childId, SourceLocation where = SourceLocation::current()) {
        return add<T>(childId, typename T::Props{}, where);
    }

    std::string_view id() const noexcept;
    /// Ids from below the app down to this construct, joined by slashes: `Articles/MyLamDB/Writer`.
    std::string_view path() const noexcept;
    /// Null for the app.
    Construct* parent() const noexcept;
    Children children() const noexcept;
    /// The child with this id or relative path (`"Vpc/PrivateSubnet1"`), or null.
    Construct* find(std::string_view relativePath) const;
    /// The nearest enclosing stack. Throws ValidationError outside of one.
    Stack& stack() const;
    App& app() const;
    /// The line that made this construct.
    SourceLocation where() const noexcept;
    /// The line of the user's program: that of the nearest construct not made by loam itself.
    SourceLocation userLocation() const noexcept;

    /// Every resource in this construct is created after every resource in the other one.
    void addDependency(const Construct& on);

    /// Tags of every taggable resource in this construct.
    Tags& tags();

    /// Accepts findings of this rule on this construct and those below. The reason is recorded.
    /// Throws ValidationError if the reason is empty.
    void acknowledge(std::string_view findingId, std::string_view reason);

    /// Writes an entry into the template metadata of this construct's resource: the construct
    /// itself, or its child `Resource`. Throws ValidationError when assembled if there is none.
    void addMetadata(std::string_view key, Any value);

    /// Settings that code below finds by key, for example those of a back end.
    void setContext(std::string_view key, Any value);
    /// The nearest value of the key, here or above; absent if there is none.
    Any context(std::string_view key) const;

    /// Sets the removal policy of every stateful resource in this construct.
    virtual void applyRemovalPolicy(RemovalPolicy policy);

    /// Checks of the finished tree; all are reported together. See findings.hpp.
    virtual void validate(Findings& findings) const;

    /// For code that works on the whole tree; see core/construct_state.hpp.
    ConstructState& state() const noexcept { return *state_; }

  private:
    Scope scopeFor(std::string_view childId, SourceLocation where);
    void adopt(Construct* child);

    ConstructState* state_;
};

/// The root of the tree. Made by `main`; everything else is made by `add`.
class App : public Construct {
  public:
    explicit App(SourceLocation where = SourceLocation::current());
};

}  // namespace loam
