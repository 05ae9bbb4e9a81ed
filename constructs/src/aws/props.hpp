#pragma once

// Small steps from props of constructs to properties of resources.

#include <loam/error.hpp>
#include <loam/iam.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loam {

/// A construct that only groups others.
class Group : public Construct {
  public:
    using Props = NoProps;
    Group(Scope scope, Props) : Construct(std::move(scope)) {}
};

/// An empty text is an absent value.
inline Str given(const std::string& text) { return text.empty() ? Str() : Str(text); }

/// An empty list is an absent value.
inline StrList given(const std::vector<Str>& items) {
    return items.empty() ? StrList() : StrList(items);
}

template <class T>
Num given(const std::optional<T>& number) {
    return number ? Num(*number) : Num();
}

/// `Articles/MyLamDB/Api` becomes `Articles-MyLamDB-Api`, for names that take no slash.
std::string pathWithHyphens(const Construct& construct);

/// The statement of a resource policy that refuses whatever comes without TLS.
PolicyStatement denyWithoutTls(std::vector<std::string> actions, std::vector<Str> resources);

/// Throws ValidationError with the construct's path unless the condition holds.
void require(bool condition, const Construct& at, const std::string& message);

}  // namespace loam
