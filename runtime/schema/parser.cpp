#include "runtime/schema/parser.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "runtime/schema/token_reader.hpp"

namespace loam::runtime::schema {

namespace {

class Parser {
  public:
    Parser(const std::vector<Token>& tokens, Document& document, Diagnostics& diagnostics)
        : reader_(tokens, diagnostics), document_(document), diagnostics_(diagnostics) {}

    void run() {
        while (peek().kind != TokenKind::End) {
            const auto start = reader_.place();
            try {
                topLevel();
            } catch (const LineError&) {
                documentation_.clear();
                reader_.resume(start);
            }
        }
    }

  private:
    const Token& peek(std::size_t ahead = 0) const { return reader_.peek(ahead); }

    /// A comment at the end of a line documents what the line declares.
    void endOfLine(std::string* documentation = nullptr) {
        if (peek().kind == TokenKind::Documentation) {
            const auto& text = reader_.take().text;
            if (documentation != nullptr) appendLine(*documentation, text);
        }
        if (peek().kind != TokenKind::Newline) reader_.fail(peek(), "the end of the line");
        reader_.take();
    }
    static void appendLine(std::string& text, const std::string& line) {
        if (!text.empty()) text += '\n';
        text += line;
    }
    std::string takeDocumentation() { return std::exchange(documentation_, {}); }

    /// Steps over an empty line or a comment of its own line; false when there is something else.
    bool emptyLine() {
        if (peek().kind == TokenKind::Newline) {
            reader_.take();
            return true;
        }
        if (peek().kind != TokenKind::Documentation) return false;
        appendLine(documentation_, reader_.take().text);
        reader_.take();
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
        const Token keyword = reader_.take();
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
            reader_.take();
        }
        if (!reader_.accept("{")) return;
        while (peek().kind != TokenKind::End && !isPunctuation(peek(), "}") && !startsBlock()) {
            reader_.skipLine();
        }
        reader_.accept("}");
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
        auto name = reader_.identifier("a name");
        reader_.take();
        if (peek().kind == TokenKind::Documentation) reader_.take();
        if (peek().kind != TokenKind::Newline) {
            diagnostics_.report(peek().position,
                "expected the end of the line after \"{\", but found " + describe(peek()));
            const auto line = reader_.place();
            reader_.skipLine();
            if (reader_.took("}", line)) throw LineError{};
        }
        return name;
    }

    /// Calls `line` for each line of a block up to its closing brace.
    template <typename Line>
    void block(const char* word, const std::string& name, const Position& start, Line line) {
        for (;;) {
            if (emptyLine()) continue;
            if (reader_.accept("}")) break;
            if (peek().kind == TokenKind::End || startsBlock()) {
                diagnostics_.report(start,
                    std::string("the ") + word + " " + name +
                        " is not closed; add \"}\" on a line after its last one");
                return;
            }
            const auto lineStart = reader_.place();
            try {
                line();
            } catch (const LineError&) {
                reader_.resume(lineStart);
            }
            documentation_.clear();
        }
        documentation_.clear();
        if (peek().kind != TokenKind::Newline && peek().kind != TokenKind::Documentation) {
            reader_.fail(peek(), "the end of the line after \"}\"");
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
                target.attributes.push_back(reader_.attribute());
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
                target.attributes.push_back(reader_.attribute());
                endOfLine();
                return;
            }
            EnumValueDeclaration value;
            value.documentation = takeDocumentation();
            value.name = reader_.identifier("the name of an enum value");
            value.attributes = reader_.attributes();
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
            auto key = reader_.identifier("the name of a property");
            reader_.expect("=", "\"=\" and a value after the property " + key.text);
            auto value = reader_.expression();
            endOfLine();
            document_.configurations[index].properties.push_back(
                {std::move(key), std::move(value)});
        });
    }

    FieldDeclaration field() {
        FieldDeclaration field;
        field.documentation = takeDocumentation();
        field.name = reader_.identifier(R"(the name of a field, "@@" or "}")");
        if (isPunctuation(peek(), ":")) {
            reader_.fail(
                peek(), "the type of the field " + field.name.text + " (without \":\" before it)");
        }
        if (isPunctuation(peek(), "[")) {
            reader_.fail(peek(),
                "the type of the field " + field.name.text +
                    " (a list is written with the brackets after the type: Type[])");
        }
        field.type = reader_.identifier("the type of the field " + field.name.text);
        if (field.type.text == "Unsupported" && reader_.accept("(")) {
            if (peek().kind != TokenKind::String)
                reader_.fail(peek(), "a type in quotes, as in Unsupported(\"circle\")");
            field.type.text = reader_.take().text;
            field.isUnsupported = true;
            reader_.expect(")", "\")\" after the type");
        }
        field.arity = arity(field);
        field.attributes = reader_.attributes();
        endOfLine(&field.documentation);
        return field;
    }

    Arity arity(const FieldDeclaration& field) {
        const auto start = peek();
        if (reader_.accept("[")) {
            reader_.expect("]", "\"]\"");
            if (isPunctuation(peek(), "?")) {
                diagnostics_.report(peek().position,
                    "the list " + field.name.text +
                        " cannot be optional: a list without items is empty; "
                        "remove \"?\"");
                reader_.take();
            }
            return Arity::List;
        }
        if (reader_.accept("?")) {
            if (isPunctuation(peek(), "[")) {
                diagnostics_.report(
                    peek().position, "a list holds no optional items; write Type[]");
                throw LineError{};
            }
            return Arity::Optional;
        }
        if (reader_.accept("!")) {
            diagnostics_.report(
                start.position, R"(fields are required unless marked with "?"; remove "!")");
        }
        return Arity::Required;
    }

    TokenReader reader_;
    Document& document_;
    Diagnostics& diagnostics_;
    /// `///` lines that wait for what they document.
    std::string documentation_;
};

}  // namespace

void parseTokens(const std::vector<Token>& tokens, Document& document, Diagnostics& diagnostics) {
    Parser(tokens, document, diagnostics).run();
}

}  // namespace loam::runtime::schema
