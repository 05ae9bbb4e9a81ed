#pragma once

#include <loam/value.hpp>

#include <functional>

namespace loam {

namespace detail {
Value makeLazy(std::function<Value()> produce);
}

/// A value computed when the app is assembled, after all aspects ran. The constructs that the
/// function uses must live as long as the app. `lazy<StrList>([this] { return StrList(names_); })`.
template <class T, class F>
T lazy(F produce) {
    return T::of(detail::makeLazy([produce = std::move(produce)]() -> Value {
        return T(produce());
    }));
}

}  // namespace loam
