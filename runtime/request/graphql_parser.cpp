#include <algorithm>
#include <utility>

#include "runtime/request/error.hpp"
#include "runtime/request/graphql_document.hpp"
#include "runtime/request/graphql_lexer.hpp"
#include "runtime/request/limits.hpp"
#include "runtime/request/text.hpp"
#include "runtime/request/unique_names.hpp"

namespace loam::runtime::request {
namespace {

/// Counts levels of nesting for as long as it lives.
class Level {
  public:
    explicit Level(std::size_t& depth) : depth_(++depth) {}
    ~Level() { --depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

  private:
    std::size_t& depth_;
};

class Parser {
  public:
    Parser(std::string_view text, TextPool& pool) : lexer_(text, pool), token_(lexer_.next()) {}

    Document parseDocument() {
        Document document;
        while (token_.kind != Token::Kind::End) {
            if (token_.isName("fragment")) {
                document.fragments.push_back(parseFragment());
            } else {
                document.operations.push_back(parseOperation());
            }
        }
        return document;
    }

  private:
    [[noreturn]] void fail(const std::string& problem) const {
        const Location where = token_.location;
        throw RequestError("P2009",
            "Error parsing GraphQL query at line " + std::to_string(where.line) + ", column " +
                std::to_string(where.column) + ": " + problem + ".")
            .at(where);
    }

    [[noreturn]] void failExpected(std::string_view what) const {
        const std::string found =
            token_.kind == Token::Kind::End ? "the end" : "\"" + std::string(token_.text) + "\"";
        fail("expected " + std::string(what) + ", found " + found);
    }

    Token advance() { return std::exchange(token_, lexer_.next()); }

    bool take(std::string_view mark) {
        if (!token_.isMark(mark)) {
            return false;
        }
        advance();
        return true;
    }

    void expect(std::string_view mark) {
        if (!take(mark)) {
            failExpected(mark);
        }
    }

    std::string_view name(std::string_view what) {
        if (token_.kind != Token::Kind::Name) {
            failExpected(what);
        }
        return advance().text;
    }

    void checkDepth() const {
        if (depth_ > limits::depth) {
            fail("nested deeper than the limit of " + std::to_string(limits::depth) + " levels");
        }
    }

    void countNode() {
        if (++nodes_ > limits::documentNodes) {
            fail("the document has more than the limit of " +
                 std::to_string(limits::documentNodes) + " selections, directives and variables");
        }
    }

    void countValue() {
        if (++values_ > limits::values) {
            fail("the document has more than the limit of " + std::to_string(limits::values) +
                 " values");
        }
    }

    OperationDefinition parseOperation() {
        OperationDefinition operation;
        operation.location = token_.location;
        if (token_.isName("query") || token_.isName("mutation")) {
            operation.kind =
                advance().text == "query" ? OperationKind::Query : OperationKind::Mutation;
            if (token_.kind == Token::Kind::Name) {
                operation.name = advance().text;
            }
            if (take("(")) {
                do {
                    operation.variables.push_back(parseVariable());
                } while (!take(")"));
            }
            operation.directives = parseDirectives(false);
        } else if (token_.isName("subscription")) {
            fail("subscriptions are not supported; send a query or a mutation");
        } else if (!token_.isMark("{")) {
            failExpected("query, mutation, fragment or {");
        }
        operation.selections = parseSelections();
        return operation;
    }

    Fragment parseFragment() {
        Fragment fragment;
        fragment.location = advance().location;
        if (token_.isName("on")) {
            fail("a fragment must not be named \"on\"");
        }
        fragment.name = name("the name of the fragment");
        if (!token_.isName("on")) {
            failExpected("on");
        }
        advance();
        fragment.typeCondition = name("the type of the fragment");
        fragment.directives = parseDirectives(false);
        fragment.selections = parseSelections();
        return fragment;
    }

    VariableDefinition parseVariable() {
        VariableDefinition variable;
        variable.location = token_.location;
        expect("$");
        variable.name = name("the name of a variable");
        expect(":");
        variable.type = parseType();
        if (take("=")) {
            variable.defaultValue = parseValue(true);
        }
        parseDirectives(true);
        return variable;
    }

    TypeReference parseType() {
        const Level level(depth_);
        checkDepth();
        countNode();
        TypeReference type;
        if (take("[")) {
            type.element.push_back(parseType());
            expect("]");
        } else {
            type.name = name("a type");
        }
        type.isRequired = take("!");
        return type;
    }

    std::vector<Directive> parseDirectives(bool isConstant) {
        std::vector<Directive> directives;
        while (token_.isMark("@")) {
            countNode();
            Directive directive;
            directive.location = advance().location;
            directive.name = name("the name of a directive");
            directive.arguments = parseArguments(isConstant);
            directives.push_back(std::move(directive));
        }
        return directives;
    }

    std::vector<Member> parseArguments(bool isConstant) {
        std::vector<Member> arguments;
        if (take("(")) {
            UniqueNames names;
            do {
                addMember(names, arguments, parseMember(isConstant, "the name of an argument"));
            } while (!take(")"));
        }
        return arguments;
    }

    Member parseMember(bool isConstant, std::string_view what) {
        Member member;
        member.location = token_.location;
        member.name = name(what);
        expect(":");
        member.value = parseValue(isConstant);
        return member;
    }

    /// Of members with one name the last one counts, as in Prisma.
    static void addMember(UniqueNames& names, std::vector<Member>& members, Member member) {
        if (names.insert(member.name, members)) {
            members.push_back(std::move(member));
            return;
        }
        *std::find_if(members.begin(), members.end(), [&](const Member& candidate) {
            return candidate.name == member.name;
        }) = std::move(member);
    }

    std::vector<Selection> parseSelections() {
        const Level level(depth_);
        checkDepth();
        expect("{");
        std::vector<Selection> selections;
        do {
            selections.push_back(parseSelection());
        } while (!take("}"));
        return selections;
    }

    Selection parseSelection() {
        countNode();
        Selection selection;
        selection.location = token_.location;
        if (take("...")) {
            if (token_.kind == Token::Kind::Name && !token_.isName("on")) {
                selection.kind = Selection::Kind::Spread;
                selection.name = advance().text;
                selection.directives = parseDirectives(false);
                return selection;
            }
            selection.kind = Selection::Kind::Inline;
            if (token_.isName("on")) {
                advance();
                selection.typeCondition = name("the type of the fragment");
            }
            selection.directives = parseDirectives(false);
            selection.selections = parseSelections();
            return selection;
        }
        selection.name = selection.key = name("a field, ... or }");
        if (take(":")) {
            selection.name = name("the field that the alias stands for");
        }
        selection.arguments = parseArguments(false);
        selection.directives = parseDirectives(false);
        if (token_.isMark("{")) {
            selection.selections = parseSelections();
        }
        return selection;
    }

    Value parseValue(bool isConstant) {
        const Level level(depth_);
        checkDepth();
        countValue();
        if (token_.isMark("[")) {
            return parseList(isConstant);
        }
        if (token_.isMark("{")) {
            return parseObject(isConstant);
        }
        Value value;
        value.location = token_.location;
        if (take("$")) {
            if (isConstant) {
                fail("a default value must not contain variables");
            }
            value.kind = Value::Kind::Variable;
            value.text = name("the name of a variable");
            return value;
        }
        switch (token_.kind) {
            case Token::Kind::Integer:
                value.kind = Value::Kind::Integer;
                break;
            case Token::Kind::Real:
                value.kind = Value::Kind::Real;
                break;
            case Token::Kind::String:
                value.kind = Value::Kind::String;
                break;
            case Token::Kind::Name:
                value.kind = Value::Kind::Enum;
                if (token_.text == "true" || token_.text == "false") {
                    value.kind = Value::Kind::Boolean;
                    value.boolean = token_.text == "true";
                } else if (token_.text == "null") {
                    value.kind = Value::Kind::Null;
                }
                break;
            default:
                failExpected("a value");
        }
        value.text = advance().text;
        return value;
    }

    Value parseList(bool isConstant) {
        const Location location = advance().location;
        std::vector<Value> items;
        while (!take("]")) {
            items.push_back(parseValue(isConstant));
        }
        return Value::list(std::move(items), location);
    }

    Value parseObject(bool isConstant) {
        const Location location = advance().location;
        std::vector<Member> members;
        UniqueNames names;
        while (!take("}")) {
            addMember(names, members, parseMember(isConstant, "a name or }"));
        }
        return Value::object(std::move(members), location);
    }

    GraphqlLexer lexer_;
    Token token_;
    std::size_t depth_ = 0;
    std::size_t nodes_ = 0;
    std::size_t values_ = 0;
};

}  // namespace

std::string TypeReference::toString() const {
    const std::string inner = isList() ? "[" + element.front().toString() + "]" : std::string(name);
    return inner + (isRequired ? "!" : "");
}

Document parseGraphql(std::string_view text, TextPool& pool) {
    if (const std::size_t invalid = findInvalidUtf8(text); invalid != std::string_view::npos) {
        throw RequestError("P2009",
            "Error parsing GraphQL query: invalid UTF-8 at byte " + std::to_string(invalid + 1) +
                ".");
    }
    return Parser(text, pool).parseDocument();
}

}  // namespace loam::runtime::request
