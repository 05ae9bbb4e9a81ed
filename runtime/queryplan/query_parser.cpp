#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "runtime/queryplan/parser.hpp"

// Statements: their templates, arguments and types, and what may be told from their words.

namespace loam::runtime::queryplan {
namespace {

constexpr std::array argumentTypes{
    std::pair{std::string_view("string"), ArgumentType::String},
    std::pair{std::string_view("int"), ArgumentType::Int},
    std::pair{std::string_view("bigint"), ArgumentType::BigInt},
    std::pair{std::string_view("float"), ArgumentType::Float},
    std::pair{std::string_view("decimal"), ArgumentType::Decimal},
    std::pair{std::string_view("boolean"), ArgumentType::Boolean},
    std::pair{std::string_view("enum"), ArgumentType::Enum},
    std::pair{std::string_view("uuid"), ArgumentType::Uuid},
    std::pair{std::string_view("json"), ArgumentType::Json},
    std::pair{std::string_view("datetime"), ArgumentType::DateTime},
    std::pair{std::string_view("bytes"), ArgumentType::Bytes},
    std::pair{std::string_view("unknown"), ArgumentType::Unknown},
};

constexpr std::array fragmentKinds{
    std::pair{std::string_view("stringChunk"), Fragment::Kind::Text},
    std::pair{std::string_view("parameter"), Fragment::Kind::Parameter},
    std::pair{std::string_view("parameterTuple"), Fragment::Kind::Tuple},
    std::pair{std::string_view("parameterTupleList"), Fragment::Kind::TupleList},
};

enum class Arity : std::uint8_t { Scalar, List, Tuple };

constexpr std::array arities{
    std::pair{std::string_view("scalar"), Arity::Scalar},
    std::pair{std::string_view("list"), Arity::List},
    std::pair{std::string_view("tuple"), Arity::Tuple},
};

ArgumentType parseScalarType(const Reader& reader) {
    if (reader.member("arity").choose(arities) != Arity::Scalar) {
        reader.member("arity").fail("must be scalar, since SQLite has no lists");
    }
    return reader.member("scalarType").choose(argumentTypes);
}

ArgumentTypes parseTypes(const Reader& reader) {
    ArgumentTypes types;
    types.isTuple = reader.member("arity").choose(arities) == Arity::Tuple;
    if (!types.isTuple) {
        types.elements.push_back(parseScalarType(reader));
        return types;
    }
    const Reader elements = reader.member("elements");
    types.elements = elements.items(parseScalarType);
    if (types.elements.empty()) {
        elements.fail("must not be empty");
    }
    return types;
}

Fragment parseFragment(const Reader& reader) {
    Fragment fragment;
    fragment.kind = reader.member("type").choose(fragmentKinds);
    if (fragment.kind == Fragment::Kind::Text) {
        fragment.text = reader.member("chunk").text();
    } else if (fragment.kind != Fragment::Kind::Parameter) {
        fragment.itemPrefix = reader.member("itemPrefix").text();
        fragment.itemSeparator = reader.member("itemSeparator").text();
        fragment.itemSuffix = reader.member("itemSuffix").text();
    }
    if (fragment.kind == Fragment::Kind::TupleList) {
        fragment.groupSeparator = reader.member("groupSeparator").text();
    }
    return fragment;
}

void parseTemplate(const Reader& reader, DbQuery& query) {
    query.fragments = reader.member("fragments").items(parseFragment);
    const auto taken = std::count_if(query.fragments.begin(), query.fragments.end(),
        [](const Fragment& fragment) { return fragment.kind != Fragment::Kind::Text; });
    if (static_cast<std::size_t>(taken) != query.arguments.size()) {
        reader.fail(
            "has " + std::to_string(query.arguments.size()) + " arguments for " +
            std::to_string(taken) + " places in its fragments");
    }
    query.isChunkable = reader.flag("chunkable");
    const Reader format = reader.member("placeholderFormat");
    if (format.member("prefix").text() != "?") {
        format.member("prefix").fail("must be ?, as SQLite writes parameters");
    }
    query.hasNumbering = format.flag("hasNumbering");
}

/// The words of SQL one after the other, without comments and quoted texts.
class Words {
  public:
    explicit Words(std::string_view sql) : rest_(sql) {}

    /// The next word in upper case; empty at the end.
    std::string next() {
        while (!rest_.empty()) {
            if (rest_.starts_with("--")) {
                skipTo("\n");
            } else if (rest_.starts_with("/*")) {
                rest_.remove_prefix(2);
                skipTo("*/");
            } else if (const char mark = rest_.front();
                       mark == '\'' || mark == '"' || mark == '`') {
                rest_.remove_prefix(1);
                skipTo({&mark, 1});
            } else if (mark == '[') {
                skipTo("]");
            } else if (isLetter(mark)) {
                return takeWord();
            } else {
                rest_.remove_prefix(1);
            }
        }
        return "";
    }

  private:
    static bool isLetter(char mark) {
        return std::isalnum(static_cast<unsigned char>(mark)) != 0 || mark == '_';
    }

    void skipTo(std::string_view end) {
        const std::size_t at = rest_.find(end);
        rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + end.size());
    }

    std::string takeWord() {
        std::string word;
        while (!rest_.empty() && isLetter(rest_.front())) {
            word.push_back(
                static_cast<char>(std::toupper(static_cast<unsigned char>(rest_.front()))));
            rest_.remove_prefix(1);
        }
        return word;
    }

    std::string_view rest_;
};

/// The text of the statement, whatever its arguments are.
std::string textOf(const DbQuery& query) {
    std::string text(query.sql);
    for (const Fragment& fragment : query.fragments) {
        text += fragment.kind == Fragment::Kind::Text ? fragment.text : std::string_view("?");
    }
    return text;
}

/// A statement that would end the transaction of the request, or reach another file.
void refuseControl(const Reader& reader, const DbQuery& query) {
    constexpr std::array<std::string_view, 8> refused{
        "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH"};
    const std::string text = textOf(query);
    Words words(text);
    const std::string word = words.next();
    if (word == "VACUUM") {
        for (std::string next = words.next(); !next.empty(); next = words.next()) {
            if (next == "INTO") {
                reader.fail("is a statement VACUUM INTO, which is refused: it writes another file");
            }
        }
    }
    if (std::find(refused.begin(), refused.end(), word) != refused.end()) {
        reader.fail(
            "is a statement " + word +
            ", which is refused: the server begins and ends transactions and opens files; use "
            "$transaction");
    }
}

}  // namespace

DbQuery parseQuery(const Reader& reader, const Names& names) {
    constexpr std::array kinds{
        std::pair{std::string_view("rawSql"), true},
        std::pair{std::string_view("templateSql"), false},
    };
    DbQuery query;
    query.isRaw = reader.member("type").choose(kinds);
    query.arguments = reader.member("args").items([&](const Reader& argument) {
        return parseExpression(argument, names);
    });
    const Reader types = reader.member("argTypes");
    query.types = types.items([&](const Reader& type) {
        ArgumentTypes parsed = parseTypes(type);
        if (query.isRaw && parsed.isTuple) {
            type.fail("must be a scalar type");
        }
        return parsed;
    });
    if (query.types.size() != query.arguments.size()) {
        types.fail(
            "must hold a type for each of the " + std::to_string(query.arguments.size()) +
            " arguments");
    }
    if (query.isRaw) {
        query.sql = reader.member("sql").text();
        refuseControl(reader, query);
        return query;
    }
    parseTemplate(reader, query);
    refuseControl(reader, query);
    return query;
}

bool mayWrite(const DbQuery& query) {
    const std::string text = textOf(query);
    Words words(text);
    const std::string first = words.next();
    if (first == "SELECT" || first == "VALUES") {
        return false;
    }
    if (first != "WITH") {
        return true;
    }
    constexpr std::array<std::string_view, 4> writing{"INSERT", "UPDATE", "DELETE", "REPLACE"};
    for (std::string word = words.next(); !word.empty(); word = words.next()) {
        if (std::find(writing.begin(), writing.end(), word) != writing.end()) {
            return true;
        }
    }
    return false;
}

}  // namespace loam::runtime::queryplan
