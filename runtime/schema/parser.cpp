#include "runtime/schema/parser.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace loam::runtime::schema {

namespace {

/// Arrays and function calls nest in each other this deep at most, to bound the stack.
constexpr int maximumDepth = 32;

bool isPunctuation(const Token& token, std::string_view text) {
    return token.kind == TokenKind::Punctuation && token.text == text;
}

std::string describe(const Token& token) {
    switch (token.kind) {
        case TokenKind::Newline:
            return "the end of the line";
        case TokenKind::End:
            return "the end of the file";
        case TokenKind::String:
            return "the string \"" + token.text + '"';
        case TokenKind::Documentation:
            return "a comment";
        default:
            return '"' + token.text + '"';
    }
}

/// Ends the work on the current line; the mistake is reported already. It never leaves this file.
struct LineError {};

class Parser {
  public:
    Parser(const std::vector<Token>& tokens, Document& document, Diagnostics& diagnostics)
        : tokens_(tokens), document_(document), diagnostics_(diagnostics) {}

    void run() {
        while (peek().kind != TokenKind::End) {
            const auto start = next_;
            try {
                topLevel();
            } catch (const LineError&) {
                documentation_.clear();
                resume(start);
            }
        }
    }

  private:
    const Token& peek(std::size_t ahead = 0) const {
        return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
    }
    const Token& take() {
        const Token& token = peek();
        if (next_ + 1 < tokens_.size()) ++next_;
        return token;
    }
    bool accept(std::string_view punctuation) {
        if (!isPunctuation(peek(), punctuation)) return false;
        take();
        return true;
    }
    [[noreturn]] void fail(const Token& token, const std::string& expected) {
        diagnostics_.report(
            token.position, "expected " + expected + ", but found " + describe(token));
        throw LineError{};
    }
    void expect(std::string_view punctuation, const std::string& expected) {
        if (!accept(punctuation)) fail(peek(), expected);
    }
    Identifier identifier(const std::string& expected) {
        if (peek().kind != TokenKind::Identifier && peek().kind != TokenKind::Number) {
            fail(peek(), expected);
        }
        const Token& token = take();
        return {token.text, token.position};
    }
    void skipLine() {
        while (peek().kind != TokenKind::Newline && peek().kind != TokenKind::End) take();
        take();
    }
    /// Goes on with the next line, unless the mistake was found where one starts that is not
    /// `start`.
    void resume(std::size_t start) {
        if (next_ == start || tokens_[next_ - 1].kind != TokenKind::Newline) skipLine();
    }
    void skipLineBreaks() {
        while (peek().kind == TokenKind::Newline || peek().kind == TokenKind::Documentation) take();
    }
    /// A comment at the end of a line documents what the line declares.
    void endOfLine(std::string* documentation = nullptr) {
        if (peek().kind == TokenKind::Documentation) {
            const auto& text = take().text;
            if (documentation != nullptr) appendLine(*documentation, text);
        }
        if (peek().kind != TokenKind::Newline) fail(peek(), "the end of the line");
        take();
    }
    static void appendLine(std::string& text, const std::string& line) {
        if (!text.empty()) text += '\n';
        text += line;
    }
    std::string takeDocumentation() { return std::exchange(documentation_, {}); }

    /// Steps over an empty line or a comment of its own line; false when there is something else.
    bool emptyLine() {
        if (peek().kind == TokenKind::Newline) {
            take();
            return true;
        }
        if (peek().kind != TokenKind::Documentation) return false;
        appendLine(documentation_, take().text);
        take();
        return true;
    }

    /// Whether a block starts here: then the one before lacks its closing brace.
    bool startsBlock() const {
        constexpr std::array<std::string_view, 6> words{
            "model", "view", "enum", "datasource", "generator", "type"};
        return peek().kind == TokenKind::Identifier &&
               std::find(words.begin(), words.end(), peek().text) != words.end() &&
               peek(1).kind == TokenKind::Identifier && isPunctuation(peek(2), "{");
    }

    void topLevel() {
        if (emptyLine()) return;
        const Token keyword = take();
        const auto& word = keyword.text;
        if (keyword.kind != TokenKind::Identifier) {
            return invalidTop(keyword);
        }
        if (word == "model" || word == "view") return model(word == "view", keyword.position);
        if (word == "enum") return enumeration(keyword.position);
        if (word == "datasource" || word == "generator") {
            return configuration(word == "datasource", keyword.position);
        }
        if (word == "type") {
            diagnostics_.report(keyword.position,
                "composite types are not supported on SQLite; use a model with a relation, or a "
                "field of "
                "type Json");
            return skipBlock();
        }
        invalidTop(keyword);
    }

    [[noreturn]] void invalidTop(const Token& token) {
        std::string hint;
        if (token.kind == TokenKind::Identifier) {
            hint = suggestion(token.text, {"model", "view", "enum", "datasource", "generator"});
        }
        diagnostics_.report(token.position,
            "expected a block that starts with model, view, enum, datasource or generator, but "
            "found " +
                describe(token) + "." + hint);
        // A misspelled keyword should not make every line of its block a mistake too.
        if (token.kind == TokenKind::Identifier) skipBlock();
        throw LineError{};
    }

    void skipBlock() {
        while (peek().kind != TokenKind::Newline && peek().kind != TokenKind::End &&
               !isPunctuation(peek(), "{")) {
            take();
        }
        if (!accept("{")) return;
        while (peek().kind != TokenKind::End && !isPunctuation(peek(), "}") && !startsBlock()) {
            skipLine();
        }
        accept("}");
    }

    /// Reads `X {`; after a mistake it leaves the whole block behind.
    Identifier blockStart(const char* word) {
        if (peek().kind != TokenKind::Identifier || !isPunctuation(peek(1), "{")) {
            const bool named = peek().kind == TokenKind::Identifier;
            diagnostics_.report(peek(named ? 1 : 0).position,
                std::string("expected ") + (named ? "\"{\" after the name" : "the name") +
                    " of the " + word + ", but found " + describe(peek(named ? 1 : 0)));
            skipBlock();
            throw LineError{};
        }
        auto name = identifier("a name");
        take();
        if (peek().kind == TokenKind::Documentation) take();
        if (peek().kind != TokenKind::Newline) {
            diagnostics_.report(peek().position,
                "expected the end of the line after \"{\", but found " + describe(peek()));
            const auto line = next_;
            skipLine();
            const auto closing = [](const Token& token) { return isPunctuation(token, "}"); };
            if (std::any_of(&tokens_[line], &tokens_[next_], closing)) throw LineError{};
        }
        return name;
    }

    /// Calls `line` for each line of a block up to its closing brace.
    template <typename Line>
    void block(const char* word, const std::string& name, const Position& start, Line line) {
        for (;;) {
            if (emptyLine()) continue;
            if (accept("}")) break;
            if (peek().kind == TokenKind::End || startsBlock()) {
                diagnostics_.report(start,
                    std::string("the ") + word + " " + name +
                        " is not closed; add \"}\" on a line after its last one");
                return;
            }
            const auto lineStart = next_;
            try {
                line();
            } catch (const LineError&) {
                resume(lineStart);
            }
            documentation_.clear();
        }
        documentation_.clear();
        if (peek().kind != TokenKind::Newline && peek().kind != TokenKind::Documentation) {
            fail(peek(), "the end of the line after \"}\"");
        }
    }

    void model(bool isView, const Position& start) {
        ModelDeclaration model;
        model.isView = isView;
        model.documentation = takeDocumentation();
        model.name = blockStart(model.word());
        document_.models.push_back({});
        const auto index = document_.models.size() - 1;
        const auto word = model.word();
        const auto name = model.name.text;
        document_.models[index] = std::move(model);
        block(word, name, start, [&] {
            auto& target = document_.models[index];
            if (isPunctuation(peek(), "@@")) {
                target.attributes.push_back(attribute());
                endOfLine();
            } else {
                target.fields.push_back(field());
            }
        });
    }

    void enumeration(const Position& start) {
        EnumDeclaration declaration;
        declaration.documentation = takeDocumentation();
        declaration.name = blockStart("enum");
        document_.enums.push_back(std::move(declaration));
        const auto index = document_.enums.size() - 1;
        const auto name = document_.enums[index].name.text;
        block("enum", name, start, [&] {
            auto& target = document_.enums[index];
            if (isPunctuation(peek(), "@@")) {
                target.attributes.push_back(attribute());
                endOfLine();
                return;
            }
            EnumValueDeclaration value;
            value.documentation = takeDocumentation();
            value.name = identifier("the name of an enum value");
            value.attributes = attributes();
            endOfLine(&value.documentation);
            target.values.push_back(std::move(value));
        });
    }

    void configuration(bool isDatasource, const Position& start) {
        documentation_.clear();
        ConfigurationDeclaration declaration;
        declaration.isDatasource = isDatasource;
        declaration.name = blockStart(declaration.word());
        document_.configurations.push_back(std::move(declaration));
        const auto index = document_.configurations.size() - 1;
        const auto& [name, word] = std::pair(
            document_.configurations[index].name.text, document_.configurations[index].word());
        block(word, name, start, [&] {
            auto key = identifier("the name of a property");
            expect("=", "\"=\" and a value after the property " + key.text);
            auto value = expression(0);
            endOfLine();
            document_.configurations[index].properties.push_back(
                {std::move(key), std::move(value)});
        });
    }

    FieldDeclaration field() {
        FieldDeclaration field;
        field.documentation = takeDocumentation();
        field.name = identifier(R"(the name of a field, "@@" or "}")");
        if (isPunctuation(peek(), ":")) {
            fail(peek(), "the type of the field " + field.name.text + " (without \":\" before it)");
        }
        if (isPunctuation(peek(), "[")) {
            fail(peek(),
                "the type of the field " + field.name.text +
                    " (a list is written with the brackets after the type: Type[])");
        }
        field.type = identifier("the type of the field " + field.name.text);
        if (field.type.text == "Unsupported" && accept("(")) {
            if (peek().kind != TokenKind::String)
                fail(peek(), "a type in quotes, as in Unsupported(\"circle\")");
            field.type.text = take().text;
            field.isUnsupported = true;
            expect(")", "\")\" after the type");
        }
        field.arity = arity(field);
        field.attributes = attributes();
        endOfLine(&field.documentation);
        return field;
    }

    Arity arity(const FieldDeclaration& field) {
        const auto start = peek();
        if (accept("[")) {
            expect("]", "\"]\"");
            if (isPunctuation(peek(), "?")) {
                diagnostics_.report(peek().position,
                    "the list " + field.name.text +
                        " cannot be optional: a list without items is empty; "
                        "remove \"?\"");
                take();
            }
            return Arity::List;
        }
        if (accept("?")) {
            if (isPunctuation(peek(), "[")) {
                diagnostics_.report(
                    peek().position, "a list holds no optional items; write Type[]");
                throw LineError{};
            }
            return Arity::Optional;
        }
        if (accept("!")) {
            diagnostics_.report(
                start.position, R"(fields are required unless marked with "?"; remove "!")");
        }
        return Arity::Required;
    }

    std::vector<Attribute> attributes() {
        std::vector<Attribute> list;
        while (isPunctuation(peek(), "@")) list.push_back(attribute());
        return list;
    }

    Attribute attribute() {
        Attribute attribute;
        attribute.position = peek().position;
        const auto sign = take().text;
        attribute.name = identifier("the name of an attribute after \"" + sign + "\"").text;
        while (accept(".")) attribute.name += '.' + identifier("a name after \".\"").text;
        if (accept("(")) attribute.arguments = arguments(")", 0);
        return attribute;
    }

    /// Comma-separated arguments up to the closing bracket; they may go over several lines.
    std::vector<Argument> arguments(std::string_view close, int depth) {
        std::vector<Argument> list;
        skipLineBreaks();
        while (!accept(close)) {
            list.push_back(argument(depth));
            skipLineBreaks();
            if (accept(close)) break;
            const auto comma = peek().position;
            expect(",", R"("," or ")" + std::string(close) + '"');
            skipLineBreaks();
            if (isPunctuation(peek(), close)) {
                diagnostics_.report(comma, "remove the comma after the last item");
            }
        }
        return list;
    }

    Argument argument(int depth) {
        Argument argument;
        if (peek().kind == TokenKind::Identifier && isPunctuation(peek(1), ":")) {
            argument.name = identifier("the name of an argument");
            take();
            skipLineBreaks();
        }
        argument.value = expression(depth);
        return argument;
    }

    Expression expression(int depth) {
        const Token& token = peek();
        if (depth > maximumDepth) {
            diagnostics_.report(token.position,
                "brackets are nested deeper than " + std::to_string(maximumDepth) + " levels");
            throw LineError{};
        }
        Expression value;
        value.position = token.position;
        switch (token.kind) {
            case TokenKind::String:
                value.kind = ExpressionKind::String;
                value.text = take().text;
                return value;
            case TokenKind::Number:
                value.kind = ExpressionKind::Number;
                value.text = take().text;
                return value;
            case TokenKind::Identifier:
                value.text = take().text;
                while (accept(".")) value.text += '.' + identifier("a name after \".\"").text;
                if (!accept("(")) return value;
                value.kind = ExpressionKind::Function;
                value.arguments = arguments(")", depth + 1);
                return value;
            default:
                break;
        }
        if (!accept("[")) fail(token, "a value");
        value.kind = ExpressionKind::Array;
        value.arguments = arguments("]", depth + 1);
        return value;
    }

    const std::vector<Token>& tokens_;
    Document& document_;
    Diagnostics& diagnostics_;
    std::size_t next_ = 0;
    /// `///` lines that wait for what they document.
    std::string documentation_;
};

}  // namespace

std::string describe(const Expression& expression) {
    switch (expression.kind) {
        case ExpressionKind::String:
            return '"' + expression.text + '"';
        case ExpressionKind::Array:
            return "a list";
        case ExpressionKind::Function:
            return expression.text + "()";
        default:
            return expression.text;
    }
}

void parseTokens(const std::vector<Token>& tokens, Document& document, Diagnostics& diagnostics) {
    Parser(tokens, document, diagnostics).run();
}

}  // namespace loam::runtime::schema
