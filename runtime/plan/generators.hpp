#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "runtime/plan/scalar.hpp"
#include "runtime/schema/schema.hpp"

namespace loam::runtime::plan {

/// Time and randomness of one request.
struct Sources {
    /// The one instant that the whole request uses, in milliseconds since 1970.
    std::int64_t nowMilliseconds = 0;
    /// Fills the bytes with random ones.
    std::function<void(std::span<std::uint8_t>)> random = {};
};

/// The operating system's clock and randomness.
Sources systemSources();

/// Identifiers as the functions of `@default(...)` make them.
std::string makeUuid(int version, const Sources& sources);
std::string makeCuid(int version, const Sources& sources);
std::string makeNanoid(std::size_t length, const Sources& sources);
std::string makeUlid(const Sources& sources);

/// The value of the field's default, or nothing when it has none or the database makes it.
std::optional<Scalar>
defaultValue(const schema::Schema& schema, const schema::Field& field, const Sources& sources);

}  // namespace loam::runtime::plan
