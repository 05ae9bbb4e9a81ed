// Reading: order, pages, selections and relations.

#include <algorithm>

#include "tests/runtime/model/oracle.hpp"

namespace loam::modeltest {

/// One part of the place of a record in an order.
struct Reader::Key {
    Value value;
    bool isDescending = false;
    bool nullsFirst = true;

    /// Below zero when this comes before the other.
    int compare(const Key& other) const {
        if (value == other.value) {
            return 0;
        }
        if (isNull(value) || isNull(other.value)) {
            return isNull(value) == nullsFirst ? -1 : 1;
        }
        return (value < other.value) != isDescending ? -1 : 1;
    }
};

namespace {

template <typename Keys>
int compareAll(const Keys& left, const Keys& right) {
    for (std::size_t index = 0; index < left.size(); ++index) {
        if (const int result = left[index].compare(right[index]); result != 0) {
            return result;
        }
    }
    return 0;
}

Number numberAt(const Node& arguments, const char* name, Number otherwise) {
    const Node* node = arguments.find(name);
    return node == nullptr ? otherwise : static_cast<Number>(std::stoll(node->text));
}

template <typename T>
void cut(std::vector<T>& list, Number skip, Number take) {
    const auto size = static_cast<Number>(list.size());
    list.erase(list.begin(), list.begin() + std::min(skip, size));
    if (take < static_cast<Number>(list.size())) {
        list.resize(static_cast<std::size_t>(take));
    }
}

constexpr Number everything = 1'000'000;

}  // namespace

End opposite(const Shape& shape, const End& end) { return *shape.end(end.other, end.otherName); }

std::vector<Value> valuesAt(const Record& record, const std::vector<std::size_t>& columns) {
    std::vector<Value> values;
    for (const std::size_t column : columns) {
        values.push_back(record.values[column]);
    }
    return values;
}

bool hasNull(const std::vector<Value>& values) {
    return std::any_of(values.begin(), values.end(), [](const Value& value) {
        return isNull(value);
    });
}

const Record& Reader::record(std::size_t model, Number number) const {
    const auto& records = state_.tables[model].records;
    const auto found = std::find_if(records.begin(), records.end(), [&](const Record& record) {
        return record.number == number;
    });
    if (found == records.end()) {
        // A nested write has removed the record around it.
        throw Unclear{};
    }
    return *found;
}

bool Reader::has(std::size_t model, Number number) const {
    const auto& records = state_.tables[model].records;
    return std::any_of(records.begin(), records.end(), [&](const Record& record) {
        return record.number == number;
    });
}

std::vector<const Record*> Reader::all(std::size_t model) const {
    std::vector<const Record*> found;
    for (const Record& record : state_.tables[model].records) {
        found.push_back(&record);
    }
    return found;
}

std::vector<const Record*>
Reader::related(const End& end, std::size_t, const Record& record) const {
    const Relation& relation = shape_.relations[end.relation];
    std::vector<const Record*> found;
    if (end.isManyToMany) {
        for (const auto& [index, left, right] : state_.links) {
            if (index == end.relation && (end.isHolder ? left : right) == record.number) {
                found.push_back(&this->record(end.other, end.isHolder ? right : left));
            }
        }
        return found;
    }
    const auto& mine = end.isHolder ? relation.columns : relation.references;
    const auto& theirs = end.isHolder ? relation.references : relation.columns;
    const std::vector<Value> key = valuesAt(record, mine);
    if (!hasNull(key)) {
        for (const Record& other : state_.tables[end.other].records) {
            if (valuesAt(other, theirs) == key) {
                found.push_back(&other);
            }
        }
    }
    return found;
}

void Reader::key(
    std::size_t model, const Record* record, const Node& order, std::vector<Key>& out) const {
    const auto& [name, direction] = order.members.front();
    const Model& shape = shape_.models[model];
    const Node* sort = direction.isObject() ? direction.find("sort") : &direction;
    const auto column = shape.column(name);
    if (column) {
        const bool isDescending = sort->text == "desc";
        const Node* nulls = direction.find("nulls");
        out.push_back({record == nullptr ? Value{} : record->values[*column], isDescending,
            nulls == nullptr ? !isDescending : nulls->text == "first"});
        return;
    }
    const End end = *shape_.end(model, name);
    std::vector<const Record*> others;
    if (record != nullptr) {
        others = related(end, model, *record);
    }
    if (const Node* count = direction.find("_count")) {
        out.push_back({static_cast<Number>(others.size()), count->text == "desc"});
        return;
    }
    key(end.other, others.empty() ? nullptr : others.front(), direction, out);
}

std::vector<Reader::Key>
Reader::keys(std::size_t model, const Record& record, const Node& order) const {
    std::vector<Key> found;
    for (const Node* item : order.items()) {
        key(model, &record, *item, found);
    }
    return found;
}

std::vector<const Record*> Reader::page(
    std::size_t model, const Node& arguments, std::vector<const Record*> candidates) const {
    // A cursor is looked for among all of these, whatever the filter says.
    const std::vector<const Record*> records = candidates;
    const Node order = arguments.find("orderBy") != nullptr ? *arguments.find("orderBy") : list();
    if (const Node* where = arguments.find("where")) {
        std::erase_if(candidates, [&](const Record* record) {
            return holds(model, *record, *where) != Truth::True;
        });
    }
    std::stable_sort(
        candidates.begin(), candidates.end(), [&](const Record* left, const Record* right) {
            return compareAll(keys(model, *left, order), keys(model, *right, order)) < 0;
        });
    const Number take = numberAt(arguments, "take", everything);
    if (take < 0) {
        std::reverse(candidates.begin(), candidates.end());
    }
    if (const Node* cursor = arguments.find("cursor")) {
        const auto start = std::find_if(records.begin(), records.end(), [&](const Record* record) {
            return holds(model, *record, *cursor) == Truth::True;
        });
        std::erase_if(candidates, [&](const Record* record) {
            if (start == records.end()) {
                return true;
            }
            const int place = compareAll(keys(model, *record, order), keys(model, **start, order));
            return take < 0 ? place > 0 : place < 0;
        });
    }
    if (const Node* distinct = arguments.find("distinct")) {
        std::vector<std::size_t> columns;
        for (const Node* item : distinct->items()) {
            columns.push_back(*shape_.models[model].column(item->text));
        }
        std::set<std::vector<Value>> seen;
        std::erase_if(candidates, [&](const Record* record) {
            return !seen.insert(valuesAt(*record, columns)).second;
        });
    }
    cut(candidates, numberAt(arguments, "skip", 0), take < 0 ? -take : take);
    if (take < 0) {
        std::reverse(candidates.begin(), candidates.end());
    }
    return candidates;
}

std::string
Reader::counts(const Selection& selection, std::size_t model, const Record& record) const {
    std::string text;
    for (const Selection& field : selection.fields) {
        const End end = *shape_.end(model, field.name);
        const auto found = page(end.other, field.arguments, related(end, model, record));
        text +=
            (text.empty() ? "" : ",") + jsonString(field.name) + ":" + std::to_string(found.size());
    }
    return "{" + text + "}";
}

std::string
Reader::json(std::size_t model, const Record& record, const std::vector<Selection>& fields) const {
    std::string text;
    for (const Selection& field : fields) {
        text += (text.empty() ? "" : ",") + jsonString(field.name) + ":";
        const Model& shape = shape_.models[model];
        if (const auto column = shape.column(field.name)) {
            text += jsonOf(shape.columns[*column].type, record.values[*column]);
            continue;
        }
        if (field.name == "_count") {
            text += counts(field, model, record);
            continue;
        }
        const End end = *shape_.end(model, field.name);
        std::string others;
        for (const Record* other : page(end.other, field.arguments, related(end, model, record))) {
            others += (others.empty() ? "" : ",") + json(end.other, *other, field.fields);
        }
        if (end.isList) {
            text += "[" + others + "]";
        } else {
            text += others.empty() ? "null" : others;
        }
    }
    return "{" + text + "}";
}

/// The records by the values of columns.
std::vector<Reader::Group> Reader::grouped(std::size_t model, const Node& arguments) const {
    Node filter = object();
    if (const Node* where = arguments.find("where")) {
        filter.add("where", *where);
    }
    const Node* by = arguments.find("by");
    std::vector<std::size_t> columns;
    for (const Node* item : by->items()) {
        columns.push_back(*shape_.models[model].column(item->text));
    }
    std::vector<Group> groups;
    for (const Record* record : page(model, filter, all(model))) {
        const auto same = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
            return valuesAt(*group.front(), columns) == valuesAt(*record, columns);
        });
        if (same == groups.end()) {
            groups.push_back({record});
        } else {
            same->push_back(record);
        }
    }
    return groups;
}

std::vector<Reader::Key>
Reader::keysOf(std::size_t model, const Group& group, const Node& order) const {
    std::vector<Key> found;
    for (const Node* item : order.items()) {
        const auto& [name, sort] = item->members.front();
        if (!name.starts_with('_')) {
            key(model, group.front(), *item, found);
            continue;
        }
        const Model& shape = shape_.models[model];
        const auto& [column, direction] = sort.members.front();
        const bool isDescending = direction.text == "desc";
        found.push_back({aggregated(shape, name, *shape.column(column), group).value, isDescending,
            !isDescending});
    }
    return found;
}

std::string Reader::groups(const Request& request) const {
    const Model& model = shape_.models[request.model];
    const Node& arguments = request.root.arguments;
    std::vector<Group> groups = grouped(request.model, arguments);
    if (const Node* having = arguments.find("having")) {
        std::erase_if(groups, [&](const Group& group) {
            return holdsOf(model, group, *having) != Truth::True;
        });
    }
    const Node& order = *arguments.find("orderBy");
    std::sort(groups.begin(), groups.end(), [&](const auto& left, const auto& right) {
        return compareAll(keysOf(request.model, left, order), keysOf(request.model, right, order)) <
               0;
    });
    cut(groups, numberAt(arguments, "skip", 0), numberAt(arguments, "take", everything));
    std::string text;
    for (const Group& group : groups) {
        std::string row;
        for (const Selection& field : request.root.fields) {
            const auto column = model.column(field.name);
            row += (row.empty() ? "" : ",") + jsonString(field.name) + ":";
            row += column ? jsonOf(model.columns[*column].type, group.front()->values[*column])
                          : aggregateJson(model, field, group);
        }
        text += (text.empty() ? "{" : ",{") + row + "}";
    }
    return "[" + text + "]";
}

std::string Reader::answer(const Request& request) const {
    if (request.action == "groupBy") {
        return groups(request);
    }
    auto found = page(request.model, request.root.arguments, all(request.model));
    std::string text;
    if (request.action == "aggregate") {
        for (const Selection& field : request.root.fields) {
            text += (text.empty() ? "" : ",") + jsonString(field.name) + ":" +
                    aggregateJson(shape_.models[request.model], field, found);
        }
        return "{" + text + "}";
    }
    if (request.action != "findMany") {
        // Negative for the last ones: findFirst is the last of them.
        if (numberAt(request.root.arguments, "take", 1) < 0) {
            std::reverse(found.begin(), found.end());
        }
        return found.empty() ? "null" : json(request.model, *found.front(), request.root.fields);
    }
    for (const Record* record : found) {
        text += (text.empty() ? "" : ",") + json(request.model, *record, request.root.fields);
    }
    return "[" + text + "]";
}

}  // namespace loam::modeltest
