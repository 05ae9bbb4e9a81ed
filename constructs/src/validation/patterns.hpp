#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <unordered_map>

namespace re2 {
class RE2;
}

namespace loam {

/// Whether the pattern describes the whole text, as CloudFormation wants it of parameters. One that
/// RE2 does not know describes every text.
bool describes(std::string_view pattern, std::string_view text);

/// The regular expressions of the fact tables, compiled when first needed.
class Patterns {
  public:
    Patterns();
    ~Patterns();
    Patterns(const Patterns&) = delete;
    Patterns& operator=(const Patterns&) = delete;

    /// Whether the pattern, a constant of the tables, is found in the text. A pattern that RE2 does
    /// not know (look-ahead, repetitions above 1,000) is found in every text.
    bool accepts(const char* pattern, std::string_view text);

    /// How many of the patterns met could not be compiled.
    std::size_t ignored() const { return ignored_; }

  private:
    std::unordered_map<const char*, std::unique_ptr<re2::RE2>> compiled_;
    std::size_t ignored_ = 0;
};

}  // namespace loam
