#pragma once

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "runtime/request/value.hpp"

namespace loam::runtime::request {

/// Tells whether a name occurs twice in one object: by comparing while there are few members, by
/// hashing when there are many, so that the time grows with their number and not with its square.
class UniqueNames {
  public:
    /// Whether none of the earlier members, to which each name is to be added, has that name.
    bool insert(std::string_view name, const std::vector<Member>& earlier) {
        constexpr std::size_t few = 16;
        if (earlier.size() < few) {
            return std::none_of(earlier.begin(), earlier.end(), [name](const Member& member) {
                return member.name == name;
            });
        }
        if (names_.empty()) {
            for (const Member& member : earlier) {
                names_.insert(member.name);
            }
        }
        return names_.insert(name).second;
    }

  private:
    std::unordered_set<std::string_view> names_;
};

}  // namespace loam::runtime::request
