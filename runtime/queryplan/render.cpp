#include <algorithm>

#include "runtime/queryplan/statement.hpp"

// From templates to SQL, split over several statements where there are too many parameters.

namespace loam::runtime::queryplan {
namespace {

using request::RequestError;

RequestError malformed(const std::string& problem) {
    return RequestError("P2009", "The query plan is not valid: " + problem + ".").withStatus(400);
}

/// Number of parameters that the argument becomes. Also checks its shape.
std::size_t parametersOf(const Fragment& fragment, const Value& argument) {
    const std::vector<Value>* items = itemsOf(argument);
    switch (fragment.kind) {
        case Fragment::Kind::Text:
            return 0;
        case Fragment::Kind::Parameter:
            return 1;
        case Fragment::Kind::Tuple:
            return items == nullptr ? 1 : items->size();
        case Fragment::Kind::TupleList:
            break;
    }
    if (items == nullptr || items->empty()) {
        throw malformed("an argument of a statement must be a list of tuples that is not empty");
    }
    std::size_t count = 0;
    for (const Value& tuple : *items) {
        const std::vector<Value>* elements = itemsOf(tuple);
        if (elements == nullptr || elements->empty()) {
            throw malformed("an argument of a statement holds something that is no tuple");
        }
        count += elements->size();
    }
    return count;
}

/// Writes one statement.
class Renderer {
  public:
    explicit Renderer(const DbQuery& query) : query_(query) {}

    Statement render(const std::vector<Value>& arguments) {
        std::size_t index = 0;
        for (const Fragment& fragment : query_.fragments) {
            if (fragment.kind == Fragment::Kind::Text) {
                statement_.sql += fragment.text;
                continue;
            }
            place(fragment, arguments[index], query_.types[index]);
            ++index;
        }
        return std::move(statement_);
    }

  private:
    void place(const Fragment& fragment, const Value& argument, const ArgumentTypes& types) {
        const std::size_t before = statement_.parameters.size();
        if (fragment.kind == Fragment::Kind::Parameter) {
            addParameter(argument, types, 0);
        } else if (fragment.kind == Fragment::Kind::Tuple) {
            addTuple(fragment, argument, types);
        } else {
            bool isFirst = true;
            for (const Value& tuple : *itemsOf(argument)) {
                statement_.sql += isFirst ? std::string_view() : fragment.groupSeparator;
                addGroup(fragment, *itemsOf(tuple), types);
                isFirst = false;
            }
        }
        if ((statement_.parameters.size() - before) % types.elements.size() != 0) {
            throw malformed("a tuple of a statement has another size than its type");
        }
    }

    void addTuple(const Fragment& fragment, const Value& argument, const ArgumentTypes& types) {
        const std::vector<Value>* items = itemsOf(argument);
        statement_.sql += '(';
        if (items == nullptr) {
            addItem(fragment, argument, types, 0);
        } else if (items->empty()) {
            statement_.sql += "NULL";
        } else {
            for (std::size_t index = 0; index < items->size(); ++index) {
                statement_.sql += index == 0 ? std::string_view() : fragment.itemSeparator;
                addItem(fragment, (*items)[index], types, index);
            }
        }
        statement_.sql += ')';
    }

    void addItem(const Fragment& fragment, const Value& item, const ArgumentTypes& types,
        std::size_t index) {
        statement_.sql += fragment.itemPrefix;
        addParameter(item, types, index);
        statement_.sql += fragment.itemSuffix;
    }

    void addGroup(
        const Fragment& fragment, const std::vector<Value>& tuple, const ArgumentTypes& types) {
        statement_.sql += fragment.itemPrefix;
        for (std::size_t index = 0; index < tuple.size(); ++index) {
            statement_.sql += index == 0 ? std::string_view() : fragment.itemSeparator;
            addParameter(tuple[index], types, index);
        }
        statement_.sql += fragment.itemSuffix;
    }

    void addParameter(const Value& value, const ArgumentTypes& types, std::size_t index) {
        statement_.parameters.push_back(value);
        statement_.types.push_back(types.elements[index % types.elements.size()]);
        statement_.sql += '?';
        if (query_.hasNumbering) {
            statement_.sql += std::to_string(statement_.parameters.size());
        }
    }

    const DbQuery& query_;
    Statement statement_;
};

/// The lists that one long list is split into, each small enough for its statement.
std::vector<Value> split(const Fragment& fragment, const Value& argument, std::size_t room) {
    std::vector<Value> parts;
    std::vector<Value> part;
    std::size_t size = 0;
    for (const Value& item : *itemsOf(argument)) {
        const std::size_t more =
            fragment.kind == Fragment::Kind::TupleList ? itemsOf(item)->size() : 1;
        if (!part.empty() && size + more > room) {
            parts.push_back(makeList(std::move(part)));
            part = {};
            size = 0;
        }
        part.push_back(item);
        size += more;
    }
    parts.push_back(makeList(std::move(part)));
    return parts;
}

RequestError tooMany(std::size_t count, std::size_t limit) {
    return RequestError("P2029",
        "The query parameter limit supported by your database is exceeded: a statement has " +
            std::to_string(count) + " parameters, and at most " + std::to_string(limit) +
            " are possible.")
        .withStatus(422);
}

}  // namespace

std::vector<Statement>
render(const DbQuery& query, std::vector<Value> arguments, std::size_t maxParameters) {
    if (query.isRaw) {
        if (arguments.size() > maxParameters) {
            throw tooMany(arguments.size(), maxParameters);
        }
        Statement statement{std::string(query.sql), std::move(arguments), {}};
        for (const ArgumentTypes& types : query.types) {
            statement.types.push_back(types.elements.front());
        }
        return {std::move(statement)};
    }
    std::size_t total = 0;
    std::size_t longest = 0;
    std::size_t longestIndex = 0;
    const Fragment* longestFragment = nullptr;
    std::size_t index = 0;
    for (const Fragment& fragment : query.fragments) {
        if (fragment.kind == Fragment::Kind::Text) {
            continue;
        }
        const std::size_t count = parametersOf(fragment, arguments[index]);
        total += count;
        if (fragment.kind != Fragment::Kind::Parameter && count > longest) {
            longest = count;
            longestIndex = index;
            longestFragment = &fragment;
        }
        ++index;
    }
    if (total <= maxParameters) {
        return {Renderer(query).render(arguments)};
    }
    const std::size_t others = total - longest;
    if (!query.isChunkable || longestFragment == nullptr || others >= maxParameters) {
        throw tooMany(total, maxParameters);
    }
    std::vector<Statement> statements;
    for (Value& part : split(*longestFragment, arguments[longestIndex], maxParameters - others)) {
        arguments[longestIndex] = std::move(part);
        statements.push_back(Renderer(query).render(arguments));
        if (statements.back().parameters.size() > maxParameters) {
            throw tooMany(statements.back().parameters.size(), maxParameters);
        }
    }
    return statements;
}

}  // namespace loam::runtime::queryplan
