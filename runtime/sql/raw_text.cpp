#include "runtime/sql/raw_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "runtime/sql/raw.hpp"

namespace loam::runtime::sql {
namespace {

constexpr std::array<std::string_view, 8> transactionWords{
    "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH"};

/// PRAGMA with a value that only tells something, or whose effect is kept in the file or ends with
/// the transaction.
constexpr std::array<std::string_view, 14> allowedPragmas{"TABLE_INFO", "TABLE_XINFO", "TABLE_LIST",
    "INDEX_LIST", "INDEX_INFO", "INDEX_XINFO", "FOREIGN_KEY_LIST", "FOREIGN_KEY_CHECK",
    "INTEGRITY_CHECK", "QUICK_CHECK", "USER_VERSION", "APPLICATION_ID", "DEFER_FOREIGN_KEYS",
    "JOURNAL_MODE"};

template <std::size_t Size>
bool contains(const std::array<std::string_view, Size>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isSpace(char character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\f' ||
           character == '\r';
}

bool isWordPart(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_' || character == '$' ||
           static_cast<unsigned char>(character) >= 0x80;
}

/// Reads the words at the start of a statement as SQLite does.
class Words {
  public:
    explicit Words(std::string_view text) : rest_(text) {}

    /// Leaves out white space and comments.
    void skipBlank() {
        constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
        for (std::size_t before = rest_.size() + 1; before != rest_.size();) {
            before = rest_.size();
            while (!rest_.empty() && isSpace(rest_.front())) {
                rest_.remove_prefix(1);
            }
            if (rest_.starts_with("--")) {
                removeThrough("\n");
            } else if (rest_.starts_with("/*")) {
                rest_.remove_prefix(2);
                removeThrough("*/");
            } else if (rest_.starts_with(byteOrderMark)) {
                rest_.remove_prefix(byteOrderMark.size());
            }
        }
    }

    /// Leaves out empty statements too.
    void skipEmpty() {
        skipBlank();
        while (!rest_.empty() && rest_.front() == ';') {
            rest_.remove_prefix(1);
            skipBlank();
        }
    }

    /// The word here in upper case, or nothing.
    std::string word() {
        skipBlank();
        std::string word;
        while (!rest_.empty() && isWordPart(rest_.front())) {
            const char letter = rest_.front();
            word += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
            rest_.remove_prefix(1);
        }
        return word;
    }

    bool take(char character) {
        skipBlank();
        if (rest_.empty() || rest_.front() != character) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }

    bool isAtEnd() const { return rest_.empty(); }

  private:
    void removeThrough(std::string_view mark) {
        const std::size_t end = rest_.find(mark);
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + mark.size());
    }

    std::string_view rest_;
};

/// The first word of the statement, also of one that is only to be explained.
std::string firstWord(Words& words) {
    words.skipEmpty();
    std::string word = words.word();
    if (word == "EXPLAIN") {
        word = words.word();
        if (word == "QUERY") {
            words.word();
            word = words.word();
        }
    }
    return word;
}

void checkPragma(Words& words) {
    std::string name = words.word();
    if (words.take('.')) {
        name = words.word();
    }
    const bool hasValue = words.take('=') || words.take('(');
    words.skipEmpty();
    const bool isPlain = !name.empty() && (hasValue || words.isAtEnd());
    if (!isPlain || (hasValue && !contains(allowedPragmas, name))) {
        throw rawError(
            "PRAGMA" + (name.empty() ? "" : " " + name) +
            " with a value is not taken in raw queries: settings of the connection belong to the "
            "server, which shares it between clients");
    }
}

}  // namespace

void checkRawText(std::string_view text) {
    Words words(text);
    const std::string first = firstWord(words);
    if (contains(transactionWords, first)) {
        throw rawError(
            first +
            " is not taken in raw queries, which share the connections of the server; "
            "use $transaction for transactions");
    }
    if (first == "PRAGMA") {
        checkPragma(words);
    }
}

bool isBlankSql(std::string_view text) {
    Words words(text);
    words.skipEmpty();
    return words.isAtEnd();
}

bool isPlainRead(std::string_view text) {
    Words words(text);
    words.skipEmpty();
    const std::string first = words.word();
    return first == "SELECT" || first == "VALUES";
}

bool isPragma(std::string_view text) {
    Words words(text);
    return firstWord(words) == "PRAGMA";
}

}  // namespace loam::runtime::sql
