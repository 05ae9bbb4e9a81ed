#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loam {

struct TagOptions {
    /// Resource types that get the tag; empty: all taggable ones.
    std::vector<std::string> includeTypes = {};
    /// Resource types that do not get the tag.
    std::vector<std::string> excludeTypes = {};
    /// Among tags with one key the highest priority wins, then the one nearest to the resource.
    /// Tags given as a property of the resource itself win over inherited ones up to this priority
    /// 200.
    int priority = 100;
};

/// Tags of a construct; every taggable resource in it inherits them.
class Tags {
  public:
    /// Adds a tag, or removes an inherited one (`remove`), for the resources in this construct.
    void add(std::string key, std::string value, TagOptions options = {});
    void remove(std::string key, TagOptions options = {.priority = 200});

    struct Entry {
        std::string key;
        std::string value;
        bool removed = false;
        TagOptions options;
    };
    const std::vector<Entry>& entries() const noexcept { return entries_; }

  private:
    std::vector<Entry> entries_;
};

}  // namespace loam
