#include <loam/asset.hpp>
#include <loam/error.hpp>
#include <loam/node.hpp>

#include "constructs/src/core/construct_state.hpp"
#include "constructs/src/core/logical_id.hpp"

namespace loam {

Asset::Asset(Scope scope, Props props) : Construct(std::move(scope)), props_(std::move(props)) {
    if (props_.entries.empty()) {
        throw ValidationError(path(), "an asset needs at least one file, directory or function");
    }
    for (const auto& entry : props_.entries) {
        if (entry.source.empty()) {
            throw ValidationError(path(), "an asset's source must not be empty");
        }
    }
}

std::string Asset::fileName() const {
    // Without packing, as in tests, the name follows from the path, so that it is stable.
    return "assets/" + (sha256_.empty() ? sha256Hex(path()) : sha256_) + ".zip";
}

Value Asset::value() const { return make<AssetNode>(targetOf(*this)); }

}  // namespace loam
