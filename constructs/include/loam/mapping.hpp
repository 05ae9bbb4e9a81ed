#pragma once

#include <loam/resource.hpp>

#include <map>
#include <string>

namespace loam {

struct MappingProps {
    /// Top-level key, second-level key, value.
    std::map<std::string, std::map<std::string, Any>> values = {};
};

/// A table of constants.
class Mapping : public Element {
  public:
    using Props = MappingProps;
    Mapping(Scope scope, Props props);
    const Props& props() const noexcept { return props_; }

  private:
    Props props_;
};

}  // namespace loam
