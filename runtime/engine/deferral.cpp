#include "runtime/engine/deferral.hpp"

#include <algorithm>
#include <sqlite3.h>

namespace loam::runtime::engine {
namespace {

/// Whether a foreign key is broken that is to be checked at the commit.
bool isPending(const storage::Database& database) {
    int pending = 0;
    int unused = 0;
    sqlite3_db_status(database.handle(), SQLITE_DBSTATUS_DEFERRED_FKS, &pending, &unused, 0);
    return pending != 0;
}

}  // namespace

bool mayReferToEachOther(const schema::Schema& schema, const schema::Model& model) {
    return schema.relationMode() != schema::RelationMode::Prisma &&
           std::any_of(model.fields.begin(), model.fields.end(), [&](const schema::Field& field) {
               return field.isRelation() && field.relation->holdsForeignKey() &&
                      &schema.related(field) == &model;
           });
}

Deferral::Deferral(storage::Database& database, bool isNeeded)
    : database_(database), isActive_(isNeeded && !isPending(database)) {
    if (isActive_) {
        // Not from the cache: SQLite acts on it when it is prepared.
        database_.execute("PRAGMA defer_foreign_keys = ON");
    }
}

Deferral::~Deferral() {
    if (isActive_) {
        try {
            database_.execute("PRAGMA defer_foreign_keys = OFF");
        } catch (const storage::StorageError&) {
            // The failure that led here is the one to report; the transaction's end resets it too.
        }
    }
}

void Deferral::check() {
    if (isActive_ && isPending(database_)) {
        const std::string detail = "FOREIGN KEY constraint failed";
        throw storage::StorageError(
            "could not use the database " + database_.path() + ": " + detail,
            SQLITE_CONSTRAINT_FOREIGNKEY, detail, database_.path());
    }
}

}  // namespace loam::runtime::engine
