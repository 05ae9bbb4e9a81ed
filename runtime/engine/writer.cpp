#include "runtime/engine/writer.hpp"

#include <algorithm>
#include <iterator>

#include "runtime/engine/deferral.hpp"
#include "runtime/engine/missing.hpp"
#include "runtime/engine/rows.hpp"
#include "runtime/sql/command.hpp"
#include "runtime/sql/cursor.hpp"

namespace loam::runtime::engine {
namespace {

using plan::Assignment;
using plan::Data;
using plan::Filter;
using plan::Link;
using plan::NestedWrite;
using plan::Scalar;
using schema::Model;
using Kind = NestedWrite::Kind;

/// Adds columns of a new record; of those that are there already the last value holds.
void assign(std::vector<Assignment>& assignments, const std::vector<Assignment>& further) {
    for (const Assignment& added : further) {
        const auto found = std::find_if(assignments.begin(), assignments.end(),
            [&](const Assignment& present) { return present.field == added.field; });
        if (found == assignments.end()) {
            assignments.push_back(added);
        } else {
            *found = added;
        }
    }
}

/// Whether a write that is nested in a record of the model may change that record by a way other
/// than its own link: through records that are nested further, a relation of the model to itself,
/// or actions that follow a changed or removed key.
bool mayReach(const NestedWrite& write, const Model& model) {
    switch (write.kind) {
        case Kind::Create:
        case Kind::Connect:
        case Kind::ConnectOrCreate:
        case Kind::Set:
        case Kind::Disconnect:
            return write.link->related == &model || !write.create.nested.empty();
        case Kind::Update:
        case Kind::UpdateMany:
        case Kind::Upsert:
        case Kind::Delete:
        case Kind::DeleteMany:
            return true;
    }
    return true;
}

using Writes = std::vector<NestedWrite>::const_iterator;

/// The end of the createMany that begins with a write, or what follows the write.
Writes endOfMany(Writes write, Writes end) {
    return std::find_if_not(std::next(write), end, [&](const NestedWrite& other) {
        return write->isOfMany && other.isOfMany && other.link == write->link;
    });
}

}  // namespace

Row Writer::create(const Model& model, const Data& data, const Assignments& extra) {
    Assignments assignments = data.assignments;
    assign(assignments, extra);
    for (const NestedWrite& write : data.nested) {
        if (write.link->holdsForeignKey()) {
            const Row other = referenced(write);
            if (isOneToOne(*write.link)) {
                free(links_.opposite(*write.link), other, nullptr);
            }
            assign(assignments, foreignKey(*write.link, other));
        }
    }
    Row row = insert(model, assignments);
    runAll(data.nested, row, true);
    return row;
}

Row Writer::update(const Row& row, const Data& data) {
    Row current = data.assignments.empty() ? row : set(row, data.assignments);
    runAll(data.nested, current, false);
    return current;
}

/// What is nested in a record. Each write is told what those before it did to the record. A new
/// record has its foreign keys already.
void Writer::runAll(const std::vector<NestedWrite>& writes, Row& row, bool isNew) {
    bool isCurrent = true;
    for (auto write = writes.begin(); write != writes.end();) {
        const auto next = endOfMany(write, writes.end());
        if (isNew && write->link->holdsForeignKey()) {
            write = next;
            continue;
        }
        if (!isCurrent) {
            std::optional<Row> found = find(*row.model, only(row));
            if (!found) {
                throw missingRecord(*row.model, "an update");
            }
            row = std::move(*found);
        }
        isCurrent = !mayReach(*write, *row.model);
        Deferral deferral(
            database_, next - write > 1 && mayReferToEachOther(schema_, *write->link->related));
        for (; write != next; ++write) {
            run(*write, row, isNew);
        }
        deferral.check();
    }
}

/// The record that a foreign key of a new record refers to.
Row Writer::referenced(const NestedWrite& write) {
    const Link& link = *write.link;
    if (write.kind == Kind::Create) {
        return create(*link.related, write.create);
    }
    std::optional<Row> found = find(*link.related, write.filters.front());
    if (found) {
        return std::move(*found);
    }
    if (write.kind == Kind::ConnectOrCreate) {
        return create(*link.related, write.create);
    }
    throw missingConnected(link, 1, 0, true);
}

void Writer::run(const NestedWrite& write, Row& row, bool isNew) {
    switch (write.kind) {
        case Kind::Create:
            createRelated(write, row);
            return;
        case Kind::Connect:
        case Kind::ConnectOrCreate:
            connectExisting(write, row, isNew);
            return;
        case Kind::Set:
            setRelated(write, row);
            return;
        case Kind::Disconnect:
            disconnectRelated(write, row);
            return;
        case Kind::Update:
        case Kind::UpdateMany:
            updateRelated(write, row);
            return;
        case Kind::Upsert:
            upsertRelated(write, row);
            return;
        case Kind::Delete:
        case Kind::DeleteMany:
            removeRelated(write, row);
            return;
    }
}

void Writer::createRelated(const NestedWrite& write, Row& row) {
    const Link& link = *write.link;
    if (link.holdsForeignKey()) {
        const Row other = create(*link.related, write.create);
        row = set(row, connected(write, link, other));
    } else if (link.joinTable != nullptr) {
        connect(write, row, create(*link.related, write.create));
    } else {
        if (!link.isList()) {
            free(link, row, nullptr);
        }
        create(*link.related, write.create, foreignKey(links_.opposite(link), row));
    }
}

/// What connects the record that holds the foreign key with the one that it refers to.
std::vector<Assignment>
Writer::connected(const NestedWrite& write, const Link& holder, const Row& referenced) const {
    Assignments assignments = foreignKey(holder, referenced);
    assign(assignments, write.stamps);
    return assignments;
}

/// Lets go of the records that a one-to-one relation connects with the row, but for one.
void Writer::free(const Link& link, const Row& row, const Row* except) {
    for (const Row& other : findAll(*link.related, relatedTo(link, row))) {
        if (except == nullptr || !isSame(other, *except)) {
            const Link& back = links_.opposite(link);
            if (back.field->isRequired()) {
                throw requiredRelation(link);
            }
            updateAll({other}, noForeignKey(back));
        }
    }
}

/// A one-to-one relation that connects the two already is left as it is, the times of its records
/// too; with `connectOrCreate` from the side with the foreign key it is set all the same, as with
/// Prisma.
bool Writer::staysConnected(const NestedWrite& write, const Row& row, const Row& other) const {
    const Link& link = *write.link;
    if (!isOneToOne(link) || (link.holdsForeignKey() && write.kind == Kind::ConnectOrCreate)) {
        return false;
    }
    const Link& holder = link.holdsForeignKey() ? link : links_.opposite(link);
    const Row& holding = link.holdsForeignKey() ? row : other;
    const Assignments key = foreignKey(holder, link.holdsForeignKey() ? other : row);
    return std::all_of(key.begin(), key.end(), [&](const Assignment& part) {
        return holding.of(*part.field) == part.value;
    });
}

void Writer::connect(const NestedWrite& write, Row& row, const Row& other) {
    const Link& link = *write.link;
    if (staysConnected(write, row, other)) {
        return;
    }
    if (link.joinTable != nullptr) {
        sql::run(database_,
            sql::connect(
                link, row.of(*link.columns.front()), other.of(*link.relatedColumns.front())));
    } else if (link.holdsForeignKey()) {
        if (isOneToOne(link)) {
            free(links_.opposite(link), other, &row);
        }
        row = set(row, connected(write, link, other));
    } else {
        if (!link.isList()) {
            free(link, row, &other);
        }
        updateAll({other}, connected(write, links_.opposite(link), row));
    }
}

void Writer::disconnect(const Link& link, Row& row, const Row& other) {
    if (link.joinTable != nullptr) {
        const Scalar& key = other.of(*link.relatedColumns.front());
        sql::run(database_, sql::disconnect(link, row.of(*link.columns.front()), &key));
        return;
    }
    const Link& holder = link.holdsForeignKey() ? link : links_.opposite(link);
    if (holder.field->isRequired()) {
        throw requiredRelation(link);
    }
    if (link.holdsForeignKey()) {
        row = set(row, noForeignKey(link));
    } else {
        updateAll({other}, noForeignKey(holder));
    }
}

/// The records that a write names, of those that meet a filter; those that do not are left out.
std::vector<Row> Writer::named(const NestedWrite& write, const Filter& among) {
    std::vector<Row> rows;
    for (const Filter& filter : write.filters) {
        if (std::optional<Row> found = find(*write.link->related, both(filter, among))) {
            rows.push_back(std::move(*found));
        }
    }
    return rows;
}

void Writer::connectExisting(const NestedWrite& write, Row& row, bool isNew) {
    const Link& link = *write.link;
    const std::vector<Row> others = named(write);
    if (others.empty() && write.kind == Kind::ConnectOrCreate) {
        createRelated(write, row);
    } else if (others.size() < write.filters.size()) {
        throw missingConnected(link, write.filters.size(), others.size(), isNew);
    }
    for (const Row& other : others) {
        connect(write, row, other);
    }
}

/// Records that do not exist are passed over where they would hold the key, as Prisma does.
void Writer::setRelated(const NestedWrite& write, Row& row) {
    const Link& link = *write.link;
    const std::vector<Row> wanted = named(write);
    if (link.joinTable != nullptr && wanted.size() < write.filters.size()) {
        throw missingConnected(link, write.filters.size(), wanted.size(), false);
    }
    const std::vector<Row> present = findAll(*link.related, relatedTo(link, row));
    const RowSet wantedOnes(wanted);
    for (const Row& other : present) {
        if (!wantedOnes.contains(other)) {
            disconnect(link, row, other);
        }
    }
    const RowSet presentOnes(present);
    for (const Row& other : wanted) {
        if (!presentOnes.contains(other)) {
            connect(write, row, other);
        }
    }
}

/// The related record that a nested write means.
std::optional<Row> Writer::related(const NestedWrite& write, const Row& row) {
    Filter filter = relatedTo(*write.link, row);
    if (!write.filters.empty()) {
        filter = both(std::move(filter), write.filters.front());
    }
    return find(*write.link->related, filter);
}

/// Refused where every record must have its parent, whether there is something to disconnect or
/// not.
void Writer::disconnectRelated(const NestedWrite& write, Row& row) {
    const Link& link = *write.link;
    const Link& holder = link.holdsForeignKey() ? link : links_.opposite(link);
    if (link.joinTable == nullptr && holder.field->isRequired()) {
        throw requiredRelation(link);
    }
    if (link.holdsForeignKey() && write.filters.empty()) {
        // The foreign key may refer to no record, or be NULL in part.
        row = set(row, noForeignKey(link));
    } else if (const std::optional<Row> other = related(write, row)) {
        disconnect(link, row, *other);
    }
}

void Writer::updateRelated(const NestedWrite& write, Row& row) {
    const Link& link = *write.link;
    if (write.kind == Kind::UpdateMany) {
        Filter filter = relatedTo(link, row);
        if (!write.filters.empty()) {
            filter = both(std::move(filter), write.filters.front());
        }
        updateAll(findAll(*link.related, filter), write.update.assignments);
        return;
    }
    const std::optional<Row> other = related(write, row);
    if (!other) {
        throw missingRelated(link, "update");
    }
    updateOther(write, row, *other);
}

void Writer::updateOther(const NestedWrite& write, Row& row, const Row& other) {
    const Link& link = *write.link;
    const Row after = update(other, write.update);
    const auto isChanged = [&](const schema::Field* column) {
        return other.of(*column) != after.of(*column);
    };
    if (link.holdsForeignKey() &&
        std::any_of(link.relatedColumns.begin(), link.relatedColumns.end(), isChanged)) {
        // The relation's action may have carried the key over to this record, into its identifier
        // even, or have done something else to it.
        copyKey(link, after, row);
        row = find(*row.model, only(row)).value_or(row);
    }
}

void Writer::upsertRelated(const NestedWrite& write, Row& row) {
    if (const std::optional<Row> other = related(write, row)) {
        updateOther(write, row, *other);
    } else {
        createRelated(write, row);
    }
}

/// What their end means for the row is decided by the relation's `onDelete`, also where the row
/// refers to the one that is removed: with Cascade it goes too.
void Writer::removeRelated(const NestedWrite& write, const Row& row) {
    const Link& link = *write.link;
    if (write.kind == Kind::DeleteMany) {
        removeAll(findAll(*link.related, both(relatedTo(link, row), write.filters.front())));
        return;
    }
    if (link.isList()) {
        const std::vector<Row> others = named(write, relatedTo(link, row));
        if (RowSet(others).size() < write.filters.size()) {
            throw notConnected(link);
        }
        removeAll(others);
        return;
    }
    const std::optional<Row> other = related(write, row);
    if (!other) {
        throw missingRelated(link, "delete");
    }
    removeAll({*other});
}

}  // namespace loam::runtime::engine
