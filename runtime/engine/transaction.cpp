#include "runtime/engine/transaction.hpp"

#include <sqlite3.h>

#include "runtime/storage/error.hpp"

namespace loam::runtime::engine {

Transaction::Transaction(storage::Database& database, Kind kind)
    : database_(database), isNested_(sqlite3_get_autocommit(database.handle()) == 0) {
    if (isNested_) {
        database_.statement("SAVEPOINT request").run();
    } else {
        database_.statement(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN").run();
    }
}

Transaction::~Transaction() {
    if (!isOpen_) {
        return;
    }
    try {
        if (isNested_) {
            database_.statement("ROLLBACK TO request").run();
            database_.statement("RELEASE request").run();
        } else {
            database_.statement("ROLLBACK").run();
        }
    } catch (const storage::StorageError&) {
        // SQLite has rolled back by itself, as it does when the disk is full; the failure that led
        // here is the one to report.
    }
}

bool Transaction::goesOn() const { return sqlite3_get_autocommit(database_.handle()) == 0; }

void Transaction::commit() {
    database_.statement(isNested_ ? "RELEASE request" : "COMMIT").run();
    isOpen_ = false;
}

}  // namespace loam::runtime::engine
