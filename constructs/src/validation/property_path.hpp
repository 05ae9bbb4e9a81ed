#pragma once

#include <string>
#include <string_view>

namespace loam {

/// Where a check is within the properties of a resource. Lives on the stack of the checks and
/// becomes text only when there is something to report.
class PropertyPath {
  public:
    PropertyPath() = default;
    /// A name that stands in nothing else.
    explicit PropertyPath(std::string_view name) : name_(name) {}
    PropertyPath(const PropertyPath& parent, std::string_view name)
        : parent_(&parent), name_(name) {}
    PropertyPath(const PropertyPath& parent, std::size_t index)
        : parent_(&parent), index_(index), isIndex_(true) {}

    /// `VpcConfig.SubnetIds.0`; empty for the properties as a whole.
    std::string text() const {
        if (parent_ == nullptr) return std::string(name_);
        const std::string before = parent_->text();
        const std::string last = isIndex_ ? std::to_string(index_) : std::string(name_);
        return before.empty() ? last : before + "." + last;
    }

  private:
    const PropertyPath* parent_ = nullptr;
    std::string_view name_;
    std::size_t index_ = 0;
    bool isIndex_ = false;
};

}  // namespace loam
