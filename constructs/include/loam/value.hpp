#pragma once

// Values of properties. A Value is one pointer to an immutable node: a literal, a reference to a
// construct, an attribute of a resource, a CloudFormation function of other values. Literals
// convert into values and nothing converts back, so code that would inspect a value known only at
// deployment does not compile. An empty value means that the property is absent.
//
// This header and those of the typed resources are read by every user file, so they include next to
// nothing: even <string> would double the time to compile one.

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>
#include <utility>

namespace loam {

struct Node;
struct StructTable;
class Any;
class Str;

/// A value of any kind, or none. Copying shares the node. Not thread-safe: an app belongs to one
/// thread.
class Value {
  public:
    constexpr Value() noexcept = default;
    Value(const Value& other) noexcept;
    Value(Value&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
    Value& operator=(const Value& other) noexcept;
    Value& operator=(Value&& other) noexcept;
    ~Value();

    /// Takes shared ownership of a node; a null node is an absent value.
    explicit Value(const Node* node) noexcept;

    /// Whether there is a value at all.
    bool present() const noexcept { return node_ != nullptr; }

    /// The node, for code that renders or checks values; null when absent.
    const Node* node() const noexcept { return node_; }

  private:
    const Node* node_ = nullptr;
};

/// Removes a property when given for it: `{"Ref": "AWS::NoValue"}`. Useful in a branch of `ifElse`.
struct NoValue {
    /// Explicit, so that `{}` never means this.
    explicit NoValue() = default;
};

/// One allowed value of an enumerated property; the generated headers list them by name.
struct Constant {
    const char* text;
};

namespace detail {
/// std::string and the like, without including them.
template <class T>
concept StringLike = std::is_class_v<T> && std::is_convertible_v<const T&, std::string_view> &&
    !std::is_same_v<T, std::string_view>;
}  // namespace detail

/// A text that is known while the program runs, such as the name of a stack. What is known only at
/// deployment does not convert into it.
class Text : public Value {
  public:
    Text() noexcept = default;
    Text(const char* text) : Text(std::string_view(text)) {}
    Text(std::string_view text);
    template <class T>
    requires(!std::is_same_v<T, Text> && detail::StringLike<T>) Text(const T& text)
        : Text(std::string_view(text)) {}

    /// Valid as long as this text or a copy of it.
    operator std::string_view() const noexcept;
    bool empty() const noexcept { return std::string_view(*this).empty(); }
};

/// A string: literal, or known only at deployment.
class Str : public Value {
  public:
    Str() noexcept = default;
    Str(const char* text) : Str(std::string_view(text)) {}
    Str(std::string_view text);
    template <detail::StringLike T>
    Str(const T& text) : Str(std::string_view(text)) {}
    Str(Constant constant) : Str(std::string_view(constant.text)) {}
    Str(NoValue none);
    /// Declares a value of unknown type to be a string.
    static Str of(Value value) { return Str(std::move(value), 0); }

  private:
    Str(Value value, int) : Value(std::move(value)) {}
};

/// A number: integers up to 64 bits exactly, or a double.
class Num : public Value {
  public:
    Num() noexcept = default;
    template <class T>
    requires(std::is_arithmetic_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char>)
        Num(T number)
        : Num(make(number)) {}
    Num(NoValue none);
    /// Declares a value of unknown type to be a number.
    static Num of(Value value) { return Num(std::move(value)); }

  private:
    explicit Num(Value value) : Value(std::move(value)) {}
    template <class T>
    static Value make(T number) {
        if constexpr (std::is_floating_point_v<T>) {
            return fromDouble(static_cast<double>(number));
        } else {
            return fromInteger(static_cast<std::int64_t>(number));
        }
    }
    static Value fromInteger(std::int64_t number);
    static Value fromDouble(double number);
};

/// A boolean.
class Bool : public Value {
  public:
    Bool() noexcept = default;
    template <class T>
    requires std::is_same_v<T, bool> Bool(T value) : Bool(make(value)) {}
    Bool(NoValue none);
    /// Declares a value of unknown type to be a boolean.
    static Bool of(Value value) { return Bool(std::move(value)); }

  private:
    explicit Bool(Value value) : Value(std::move(value)) {}
    static Value make(bool value);
};

namespace detail {
Value makeList(const Value* items, std::size_t count);
/// A list that is filled item by item; used by the conversions from ranges.
class ListBuilder {
  public:
    ListBuilder();
    ~ListBuilder();
    ListBuilder(const ListBuilder&) = delete;
    ListBuilder& operator=(const ListBuilder&) = delete;
    void add(Value item);
    Value take();

  private:
    Node* node_;
};
/// A map that is filled entry by entry; its keys come out sorted. A repeated key is replaced.
class MapBuilder {
  public:
    MapBuilder();
    ~MapBuilder();
    MapBuilder(const MapBuilder&) = delete;
    MapBuilder& operator=(const MapBuilder&) = delete;
    void add(std::string_view key, Value item);
    Value take();

  private:
    Node* node_;
};
Value makeObject(const StructTable& table, const Value* fields);
Value noValue();

template <class R>
concept Range = requires(const R& range) {
    range.begin();
    range.end();
}
&&!std::is_convertible_v<R, std::string_view> && !std::is_base_of_v<Value, R>;
}  // namespace detail

/// A list of strings.
class StrList : public Value {
  public:
    StrList() noexcept = default;
    StrList(std::initializer_list<Str> items) : Value(fromRange(items)) {}
    template <detail::Range R>
    StrList(const R& items) : Value(fromRange(items)) {}
    StrList(NoValue) : Value(detail::noValue()) {}
    /// Declares a value of unknown type to be a list of strings.
    static StrList of(Value value) { return StrList(std::move(value), 0); }

  private:
    StrList(Value value, int) : Value(std::move(value)) {}
    template <class R>
    static Value fromRange(const R& items) {
        detail::ListBuilder list;
        for (const auto& item : items) list.add(Str(item));
        return list.take();
    }
};

/// A list of numbers.
class NumList : public Value {
  public:
    NumList() noexcept = default;
    NumList(std::initializer_list<Num> items) : Value(fromRange(items)) {}
    template <detail::Range R>
    NumList(const R& items) : Value(fromRange(items)) {}
    NumList(NoValue) : Value(detail::noValue()) {}
    static NumList of(Value value) { return NumList(std::move(value), 0); }

  private:
    NumList(Value value, int) : Value(std::move(value)) {}
    template <class R>
    static Value fromRange(const R& items) {
        detail::ListBuilder list;
        for (const auto& item : items) list.add(Num(item));
        return list.take();
    }
};

/// A map from string to string. Keys are literal; they come out sorted.
class StrMap : public Value {
  public:
    StrMap() noexcept = default;
    StrMap(std::initializer_list<std::pair<std::string_view, Str>> entries)
        : Value(fromRange(entries)) {}
    template <detail::Range R>
    StrMap(const R& entries) : Value(fromRange(entries)) {}
    StrMap(NoValue) : Value(detail::noValue()) {}
    static StrMap of(Value value) { return StrMap(std::move(value), 0); }

  private:
    StrMap(Value value, int) : Value(std::move(value)) {}
    template <class R>
    static Value fromRange(const R& entries) {
        detail::MapBuilder map;
        for (const auto& [key, value] : entries) map.add(key, Str(value));
        return map.take();
    }
};

/// A nested property struct. Written with double braces: `.code = {{.zipFile = "x"}}`.
template <class P>
class Obj : public Value {
  public:
    Obj() noexcept = default;
    Obj(const P& properties) : Value(make(properties)) {}
    Obj(NoValue) : Value(detail::noValue()) {}
    /// Declares a value of unknown type to be such a struct, for example an asset or a lazy value.
    static Obj of(Value value) { return Obj(std::move(value), 0); }

  private:
    Obj(Value value, int) : Value(std::move(value)) {}
    static Value make(const P& properties) {
        static_assert(sizeof(P) % sizeof(Value) == 0, "a property struct holds values only");
        return detail::makeObject(P::table, reinterpret_cast<const Value*>(&properties));
    }
};

/// A list of nested property structs.
template <class P>
class List : public Value {
  public:
    List() noexcept = default;
    List(std::initializer_list<P> items) : Value(fromRange(items)) {}
    template <detail::Range R>
    List(const R& items) : Value(fromRange(items)) {}
    List(NoValue) : Value(detail::noValue()) {}
    static List of(Value value) { return List(std::move(value), 0); }

  private:
    List(Value value, int) : Value(std::move(value)) {}
    template <class R>
    static Value fromRange(const R& items) {
        detail::ListBuilder list;
        for (const auto& item : items) list.add(Obj<P>(item));
        return list.take();
    }
};

/// A map from string to nested property structs.
template <class P>
class Map : public Value {
  public:
    Map() noexcept = default;
    Map(std::initializer_list<std::pair<std::string_view, P>> entries)
        : Value(fromRange(entries)) {}
    template <detail::Range R>
    Map(const R& entries) : Value(fromRange(entries)) {}
    Map(NoValue) : Value(detail::noValue()) {}
    static Map of(Value value) { return Map(std::move(value), 0); }

  private:
    Map(Value value, int) : Value(std::move(value)) {}
    template <class R>
    static Value fromRange(const R& entries) {
        detail::MapBuilder map;
        for (const auto& [key, value] : entries) map.add(key, Obj<P>(value));
        return map.take();
    }
};

/// A free JSON value, for properties without a fixed shape and for escape hatches.
class Any : public Value {
  public:
    Any() noexcept = default;
    Any(const char* text) : Value(Str(text)) {}
    Any(std::string_view text) : Value(Str(text)) {}
    template <detail::StringLike T>
    Any(const T& text) : Value(Str(std::string_view(text))) {}
    Any(Constant constant) : Value(Str(constant)) {}
    Any(NoValue) : Value(detail::noValue()) {}
    template <class T>
    requires std::is_arithmetic_v<T> Any(T value) : Value(fromArithmetic(value)) {}
    Any(Value value) : Value(std::move(value)) {}
    static Any of(Value value) { return Any(std::move(value)); }

    /// An object. Keys come out sorted. `Any::object({{"Effect", "Allow"}, {"Action", action}})`.
    static Any object(std::initializer_list<std::pair<std::string_view, Any>> entries);
    /// A list. `Any::list({"a", 1, token})`.
    static Any list(std::initializer_list<Any> items);
    /// Reads a JSON text. Throws ValidationError with line and column if it is not JSON.
    static Any json(std::string_view text);

  private:
    template <class T>
    static Value fromArithmetic(T value) {
        if constexpr (std::is_same_v<T, bool>) {
            return Bool(value);
        } else {
            return Num(value);
        }
    }
};

/// Joins strings without a delimiter. Literals are merged; the rest becomes Fn::Sub or Fn::Join.
Str operator+(const Str& left, const Str& right);

namespace detail {
Str subFormat(std::string_view format, const Value* arguments, std::size_t count);
}

/// Fills each `{}` of the format with the next argument; `{{` and `}}` stand for single braces.
/// `sub("arn:{}:s3:::{}", partition(), bucket.ref())`. Throws ValidationError if the numbers
/// differ.
template <class... Args>
Str sub(std::string_view format, const Args&... arguments) {
    const Value values[] = {Str(arguments)..., Value()};
    return detail::subFormat(format, values, sizeof...(Args));
}

}  // namespace loam
