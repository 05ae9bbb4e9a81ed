#include "runtime/queryplan/parser.hpp"

#include <array>
#include <string>

#include "runtime/queryplan/limits.hpp"

namespace loam::runtime::queryplan {
namespace {

constexpr std::array errorIdentifiers{
    std::pair{std::string_view("RELATION_VIOLATION"), ErrorIdentifier::RelationViolation},
    std::pair{std::string_view("MISSING_RELATED_RECORD"), ErrorIdentifier::MissingRelatedRecord},
    std::pair{std::string_view("MISSING_RECORD"), ErrorIdentifier::MissingRecord},
    std::pair{
        std::string_view("INCOMPLETE_CONNECT_INPUT"), ErrorIdentifier::IncompleteConnectInput},
    std::pair{
        std::string_view("INCOMPLETE_CONNECT_OUTPUT"), ErrorIdentifier::IncompleteConnectOutput},
    std::pair{std::string_view("RECORDS_NOT_CONNECTED"), ErrorIdentifier::RecordsNotConnected},
};

constexpr std::array fieldOperations{
    std::pair{std::string_view("set"), FieldOperation::Kind::Set},
    std::pair{std::string_view("add"), FieldOperation::Kind::Add},
    std::pair{std::string_view("subtract"), FieldOperation::Kind::Subtract},
    std::pair{std::string_view("multiply"), FieldOperation::Kind::Multiply},
    std::pair{std::string_view("divide"), FieldOperation::Kind::Divide},
};

/// Members that the message of a failed validation needs.
std::vector<std::string_view> contextMembers(ErrorIdentifier error) {
    switch (error) {
        case ErrorIdentifier::RelationViolation:
            return {"relation", "modelA", "modelB"};
        case ErrorIdentifier::MissingRelatedRecord:
            return {"model", "relation", "relationType", "operation"};
        case ErrorIdentifier::MissingRecord:
            return {"operation"};
        case ErrorIdentifier::IncompleteConnectInput:
            return {};
        case ErrorIdentifier::IncompleteConnectOutput:
            return {"relation", "relationType"};
        case ErrorIdentifier::RecordsNotConnected:
            return {"relation", "parent", "child"};
    }
    return {};
}

class Parser {
  public:
    explicit Parser(Names& names) : names_(names) {}

    Plan parse(const Reader& reader) {
        Plan plan;
        plan.root = node(reader);
        plan.isWrite = isWrite_;
        const auto* query = std::get_if<QueryNode>(&plan.root->content);
        plan.isRaw = query != nullptr && query->query.isRaw;
        plan.isOneStatement = statements_ <= 1 && !maySplit_;
        return plan;
    }

  private:
    using Build = Node (Parser::*)(const Reader&);

    NodePointer node(const Reader& reader) {
        if (++nodes_ > limits::nodes) {
            reader.fail("is beyond the limit of " + std::to_string(limits::nodes) + " nodes");
        }
        static constexpr std::array builders{
            std::pair{std::string_view("value"), &Parser::value},
            std::pair{std::string_view("get"), &Parser::get},
            std::pair{std::string_view("let"), &Parser::let},
            std::pair{std::string_view("seq"), &Parser::list<ListNode::Kind::Sequence>},
            std::pair{std::string_view("unit"), &Parser::unit},
            std::pair{std::string_view("query"), &Parser::query<false>},
            std::pair{std::string_view("execute"), &Parser::query<true>},
            std::pair{std::string_view("unique"), &Parser::wrap<WrapNode::Kind::Unique>},
            std::pair{std::string_view("required"), &Parser::wrap<WrapNode::Kind::Required>},
            std::pair{std::string_view("reverse"), &Parser::wrap<WrapNode::Kind::Reverse>},
            std::pair{std::string_view("transaction"), &Parser::wrap<WrapNode::Kind::Transaction>},
            std::pair{std::string_view("getFirstNonEmpty"), &Parser::firstNonEmpty},
            std::pair{std::string_view("mapField"), &Parser::mapField},
            std::pair{std::string_view("join"), &Parser::join},
            std::pair{std::string_view("concat"), &Parser::list<ListNode::Kind::Concatenation>},
            std::pair{std::string_view("sum"), &Parser::list<ListNode::Kind::Sum>},
            std::pair{std::string_view("diff"), &Parser::difference},
            std::pair{std::string_view("if"), &Parser::condition},
            std::pair{std::string_view("validate"), &Parser::validate},
            std::pair{std::string_view("process"), &Parser::process},
            std::pair{std::string_view("initializeRecord"), &Parser::initializeRecord},
            std::pair{std::string_view("mapRecord"), &Parser::mapRecord},
            std::pair{std::string_view("dataMap"), &Parser::dataMap},
        };
        const Build build = reader.member("type").choose(builders);
        return std::make_unique<Node>((this->*build)(reader));
    }

    NodePointer nodeAt(const Reader& args, std::string_view name) {
        return node(args.member(name));
    }

    Node value(const Reader& reader) {
        return {ValueNode{parseExpression(reader.member("args"), names_)}};
    }

    Node get(const Reader& reader) {
        const Reader args = reader.member("args");
        return {GetNode{parseVariable(args.member("name"), names_)}};
    }

    Node let(const Reader& reader) {
        const Reader args = reader.member("args");
        LetNode result;
        result.bindings = args.member("bindings").items([this](const Reader& binding) {
            Binding parsed{binding.member("name").text(), nodeAt(binding, "expr")};
            names_.add(parsed.name);
            return parsed;
        });
        result.expression = nodeAt(args, "expr");
        for (const Binding& binding : result.bindings) {
            names_.remove(binding.name);
        }
        return {std::move(result)};
    }

    Node unit(const Reader& /*reader*/) { return {UnitNode{}}; }

    template <ListNode::Kind kind>
    Node list(const Reader& reader) {
        return {ListNode{
            kind, reader.member("args").items([this](const Reader& item) { return node(item); })}};
    }

    template <bool isExecute>
    Node query(const Reader& reader) {
        QueryNode result{parseQuery(reader.member("args"), names_), isExecute};
        ++statements_;
        isWrite_ = isWrite_ || isExecute || mayWrite(result.query);
        for (const Fragment& fragment : result.query.fragments) {
            maySplit_ =
                maySplit_ ||
                (result.query.isChunkable &&
                    (fragment.kind == Fragment::Kind::Tuple ||
                        fragment.kind == Fragment::Kind::TupleList));
        }
        return {std::move(result)};
    }

    template <WrapNode::Kind kind>
    Node wrap(const Reader& reader) {
        return {WrapNode{kind, nodeAt(reader, "args")}};
    }

    Node firstNonEmpty(const Reader& reader) {
        const Reader args = reader.member("args");
        return {FirstNonEmptyNode{args.member("names").items([this](const Reader& name) {
            return parseVariable(name, names_);
        })}};
    }

    Node mapField(const Reader& reader) {
        const Reader args = reader.member("args");
        return {MapFieldNode{args.member("field").text(), nodeAt(args, "records")}};
    }

    Node join(const Reader& reader) {
        const Reader args = reader.member("args");
        JoinNode result;
        result.parent = nodeAt(args, "parent");
        result.isStrict = args.flag("canAssumeStrictEquality");
        result.children = args.member("children").items([this](const Reader& child) {
            return joinChild(child);
        });
        return {std::move(result)};
    }

    JoinChild joinChild(const Reader& reader) {
        JoinChild child;
        child.child = nodeAt(reader, "child");
        child.parentField = reader.member("parentField").text();
        child.isUnique = reader.flag("isRelationUnique");
        const Reader on = reader.member("on");
        for (std::size_t index = 0; index < on.size(); ++index) {
            const Reader pair = on.item(index);
            if (pair.size() != 2) {
                pair.fail("must hold two columns");
            }
            child.parentColumns.push_back(pair.item(0).text());
            child.childColumns.push_back(pair.item(1).text());
        }
        return child;
    }

    Node difference(const Reader& reader) {
        const Reader args = reader.member("args");
        return {DifferenceNode{
            nodeAt(args, "from"), nodeAt(args, "to"), args.member("fields").texts()}};
    }

    Node condition(const Reader& reader) {
        const Reader args = reader.member("args");
        IfNode result;
        result.value = nodeAt(args, "value");
        result.rule = parseRule(args.member("rule"));
        result.then = nodeAt(args, "then");
        result.otherwise = nodeAt(args, "else");
        return {std::move(result)};
    }

    Node validate(const Reader& reader) {
        const Reader args = reader.member("args");
        ValidateNode result;
        result.expression = nodeAt(args, "expr");
        result.rules = args.member("rules").items(parseRule);
        result.error = args.member("errorIdentifier").choose(errorIdentifiers);
        const Reader context = args.member("context");
        for (const std::string_view name : contextMembers(result.error)) {
            static_cast<void>(context.member(name).text());
        }
        if (result.error == ErrorIdentifier::IncompleteConnectInput ||
            result.error == ErrorIdentifier::IncompleteConnectOutput) {
            static_cast<void>(context.member("expectedRows").integer());
        }
        if (context.has("neededFor")) {
            static_cast<void>(context.member("neededFor").text());
        }
        result.context = &context.value();
        return {std::move(result)};
    }

    Node process(const Reader& reader) {
        const Reader args = reader.member("args");
        return {
            ProcessNode{nodeAt(args, "expr"), parseOperations(args.member("operations"), names_)}};
    }

    Node initializeRecord(const Reader& reader) {
        const Reader args = reader.member("args");
        InitializeRecordNode result;
        result.expression = nodeAt(args, "expr");
        result.fields = args.member("fields").members([this](const Reader& field) {
            constexpr std::array kinds{
                std::pair{std::string_view("value"), true},
                std::pair{std::string_view("lastInsertId"), false},
            };
            const bool isValue = field.member("type").choose(kinds);
            return FieldInitializer{
                field.name(), isValue ? parseExpression(field.member("value"), names_) : nullptr};
        });
        return {std::move(result)};
    }

    Node mapRecord(const Reader& reader) {
        const Reader args = reader.member("args");
        MapRecordNode result;
        result.expression = nodeAt(args, "expr");
        result.fields = args.member("fields").members([this](const Reader& field) {
            return FieldOperation{field.name(), field.member("type").choose(fieldOperations),
                parseExpression(field.member("value"), names_)};
        });
        return {std::move(result)};
    }

    Node dataMap(const Reader& reader) {
        const Reader args = reader.member("args");
        DataMapNode result;
        result.expression = nodeAt(args, "expr");
        if (args.has("enums")) {
            result.enums = args.member("enums").members([](const Reader& values) {
                return std::pair{values.name(),
                    std::make_unique<EnumNames>(values.members([](const Reader& value) {
                        return std::pair{value.name(), value.text()};
                    }))};
            });
        }
        result.structure = parseStructure(args.member("structure"), result);
        return {std::move(result)};
    }

    Names& names_;
    std::size_t nodes_ = 0;
    std::size_t statements_ = 0;
    bool maySplit_ = false;
    bool isWrite_ = false;
};

}  // namespace

Plan parsePlan(const Reader& reader, Names& names) { return Parser(names).parse(reader); }

}  // namespace loam::runtime::queryplan
