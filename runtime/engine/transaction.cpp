#include "runtime/engine/transaction.hpp"

#include "runtime/storage/error.hpp"

namespace loam::runtime::engine {

Transaction::Transaction(storage::Database& database, Kind kind) : database_(database) {
    database_.statement(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN").run();
}

Transaction::~Transaction() {
    if (!isOpen_) {
        return;
    }
    try {
        database_.statement("ROLLBACK").run();
    } catch (const storage::StorageError&) {
        // SQLite has rolled back by itself, as it does when the disk is full; the failure that led
        // here is the one to report.
    }
}

void Transaction::commit() {
    database_.statement("COMMIT").run();
    isOpen_ = false;
}

}  // namespace loam::runtime::engine
