// Referential actions of relationMode "prisma", where the database has no foreign keys and the
// engine keeps relations intact.

#include <algorithm>

#include "runtime/engine/missing.hpp"
#include "runtime/engine/rows.hpp"
#include "runtime/sql/cursor.hpp"

namespace loam::runtime::engine {
namespace {

using plan::Link;
using schema::Field;
using schema::ReferentialAction;

/// The links of the model whose related records refer to it.
std::vector<const Link*> referringLinks(const schema::Model& model, const plan::Links& links) {
    std::vector<const Link*> found;
    for (const Field& field : model.fields) {
        if (field.isRelation() && !links.of(field).holdsForeignKey() &&
            links.of(field).joinTable == nullptr) {
            found.push_back(&links.of(field));
        }
    }
    return found;
}

/// The links of the model that go over join tables.
std::vector<const Link*> joinLinks(const schema::Model& model, const plan::Links& links) {
    std::vector<const Link*> found;
    for (const Field& field : model.fields) {
        if (field.isRelation() && links.of(field).joinTable != nullptr) {
            found.push_back(&links.of(field));
        }
    }
    return found;
}

/// Whether the key that the link's related records refer to is assigned.
bool isAssigned(const Link& link, const std::vector<plan::Assignment>& changes) {
    return std::any_of(changes.begin(), changes.end(), [&](const plan::Assignment& change) {
        return std::find(link.columns.begin(), link.columns.end(), change.field) !=
               link.columns.end();
    });
}

bool hasChanged(const Link& link, const Row& before, const Row& after) {
    return std::any_of(link.columns.begin(), link.columns.end(), [&](const Field* column) {
        return before.of(*column) != after.of(*column);
    });
}

}  // namespace

void Writer::beforeRemove(const std::vector<Row>& rows) {
    if (rows.empty() || schema_.relationMode() != schema::RelationMode::Prisma) {
        return;
    }
    for (const Link* link : joinLinks(*rows.front().model, links_)) {
        for (const Row& row : rows) {
            sql::run(database_, sql::disconnect(*link, row.of(*link->columns.front()), nullptr));
        }
    }
    const RowSet leaving(rows);
    for (const Link* link : referringLinks(*rows.front().model, links_)) {
        for (const Row& row : rows) {
            std::vector<Row> children = findAll(*link->related, relatedTo(*link, row));
            // A record that refers to one of those that go, and goes itself, is in nobody's way.
            children.erase(
                std::remove_if(children.begin(), children.end(),
                    [&](const Row& child) { return leaving.contains(child); }),
                children.end());
            if (children.empty()) {
                continue;
            }
            switch (link->field->relation->onDelete) {
                case ReferentialAction::Cascade:
                    removeAll(children);
                    break;
                case ReferentialAction::SetNull:
                    updateAll(children, noForeignKey(links_.opposite(*link)));
                    break;
                case ReferentialAction::Restrict:
                    throw requiredRelation(*link);
                case ReferentialAction::NoAction:
                case ReferentialAction::SetDefault:
                    break;
            }
        }
    }
}

bool Writer::isReferredTo(const schema::Model& model, const Assignments& changes) const {
    const std::vector<const Link*> referring = referringLinks(model, links_);
    return std::any_of(referring.begin(), referring.end(), [&](const Link* link) {
        return isAssigned(*link, changes);
    });
}

/// The relations with `onUpdate: Restrict` over which a record refers to the row, of those whose
/// key the changes are about.
std::vector<const Link*> Writer::restrictingLinks(const Row& row, const Assignments& changes) {
    std::vector<const Link*> restricting;
    if (schema_.relationMode() != schema::RelationMode::Prisma) {
        return restricting;
    }
    for (const Link* link : referringLinks(*row.model, links_)) {
        if (link->field->relation->onUpdate == ReferentialAction::Restrict &&
            isAssigned(*link, changes) && find(*link->related, relatedTo(*link, row))) {
            restricting.push_back(link);
        }
    }
    return restricting;
}

/// What a changed key means for the records that refer to it; returns the row as it is then, since
/// what is done to them may come round to it. `restricting` are the relations that forbid a changed
/// key.
Row Writer::afterUpdate(const Row& before, Row after, const std::vector<const Link*>& restricting) {
    if (schema_.relationMode() == schema::RelationMode::Prisma) {
        carryOver(before, after, restricting);
    }
    const std::vector<const Link*> referring = referringLinks(*before.model, links_);
    const bool isCarriedOver = std::any_of(referring.begin(), referring.end(),
        [&](const Link* link) { return hasChanged(*link, before, after); });
    return isCarriedOver ? find(*after.model, only(after)).value_or(after) : after;
}

void Writer::carryOver(
    const Row& before, const Row& after, const std::vector<const Link*>& restricting) {
    for (const Link* link : restricting) {
        if (hasChanged(*link, before, after)) {
            throw requiredRelation(*link);
        }
    }
    for (const Link* link : joinLinks(*before.model, links_)) {
        if (hasChanged(*link, before, after)) {
            const Field& key = *link->columns.front();
            sql::run(database_, sql::reconnect(*link, before.of(key), after.of(key)));
        }
    }
    for (const Link* link : referringLinks(*before.model, links_)) {
        if (!hasChanged(*link, before, after)) {
            continue;
        }
        const std::vector<Row> children = findAll(*link->related, relatedTo(*link, before));
        if (children.empty()) {
            continue;
        }
        const Link& back = links_.opposite(*link);
        switch (link->field->relation->onUpdate) {
            case ReferentialAction::Cascade:
                updateAll(children, foreignKey(back, after));
                break;
            case ReferentialAction::SetNull:
                updateAll(children, noForeignKey(back));
                break;
            case ReferentialAction::Restrict:
            case ReferentialAction::NoAction:
            case ReferentialAction::SetDefault:
                break;
        }
    }
}

}  // namespace loam::runtime::engine
