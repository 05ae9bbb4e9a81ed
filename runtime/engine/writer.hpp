#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/plan/links.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::engine {

/// A record that a write is about: the columns that identify it and those that relations use.
struct Row {
    const schema::Model* model = nullptr;
    std::vector<std::pair<const schema::Field*, plan::Scalar>> values = {};

    /// The value of an identifying or linking column, in the form in which it is stored.
    const plan::Scalar& of(const schema::Field& field) const;
};

/// Writes records together with what is nested in them. Must run inside of a transaction, since a
/// write that fails leaves what came before it.
class Writer {
  public:
    /// Everything must outlive the writer.
    Writer(const schema::Schema& schema, const plan::Links& links, storage::Database& database)
        : schema_(schema), links_(links), database_(database) {}

    /// The first row that meets the filter.
    std::optional<Row> find(const schema::Model& model, const plan::Filter& filter);
    std::vector<Row> findAll(const schema::Model& model, const plan::Filter& filter,
        std::optional<std::int64_t> limit = {});

    /// Adds a record. `extra` are further columns. Throws RequestError and StorageError, as all
    /// below.
    Row create(const schema::Model& model, const plan::Data& data,
        const std::vector<plan::Assignment>& extra = {});

    /// Changes one record; returns it as it is then.
    Row update(const Row& row, const plan::Data& data);

    /// Changes the columns of records and carries changed keys over to those that refer to them;
    /// returns the records as each is after its own change.
    std::vector<Row>
    updateAll(const std::vector<Row>& rows, const std::vector<plan::Assignment>& changes);

    /// Whether changes are about a key that other records may refer to. What is carried over to
    /// them may come round to the record, after the statement that changes it has answered.
    bool
    isReferredTo(const schema::Model& model, const std::vector<plan::Assignment>& changes) const;

    /// Removes records, with what their relations demand.
    void removeAll(const std::vector<Row>& rows);

    /// Holds for the row alone.
    plan::Filter only(const Row& row) const;

  private:
    using Assignments = std::vector<plan::Assignment>;

    Row insert(const schema::Model& model, const Assignments& assignments);
    Row set(const Row& row, const Assignments& changes);
    Row set(const Row& row, const Assignments& changes,
        const std::vector<const plan::Link*>& restricting);
    plan::Filter relatedTo(const plan::Link& link, const Row& row) const;
    Assignments foreignKey(const plan::Link& link, const Row& referenced) const;
    Assignments noForeignKey(const plan::Link& link) const;

    std::optional<Row> related(const plan::NestedWrite& write, const Row& row);
    Row referenced(const plan::NestedWrite& write);
    void run(const plan::NestedWrite& write, Row& row, bool isNew);
    void runAll(const std::vector<plan::NestedWrite>& writes, Row& row, bool isNew);
    void createRelated(const plan::NestedWrite& write, Row& row);
    bool staysConnected(const plan::NestedWrite& write, const Row& row, const Row& other) const;
    void connect(const plan::NestedWrite& write, Row& row, const Row& other);
    Assignments connected(
        const plan::NestedWrite& write, const plan::Link& holder, const Row& referenced) const;
    void disconnect(const plan::Link& link, Row& row, const Row& other);
    std::vector<Row> named(const plan::NestedWrite& write, const plan::Filter& among = {});
    void connectExisting(const plan::NestedWrite& write, Row& row, bool isNew);
    void setRelated(const plan::NestedWrite& write, Row& row);
    void disconnectRelated(const plan::NestedWrite& write, Row& row);
    void updateRelated(const plan::NestedWrite& write, Row& row);
    void updateOther(const plan::NestedWrite& write, Row& row, const Row& other);
    void upsertRelated(const plan::NestedWrite& write, Row& row);
    void removeRelated(const plan::NestedWrite& write, const Row& row);
    void free(const plan::Link& link, const Row& row, const Row* except);

    void beforeRemove(const std::vector<Row>& rows);
    std::vector<const plan::Link*> restrictingLinks(const Row& row, const Assignments& changes);
    Row
    afterUpdate(const Row& before, Row after, const std::vector<const plan::Link*>& restricting);
    void carryOver(
        const Row& before, const Row& after, const std::vector<const plan::Link*>& restricting);

    const schema::Schema& schema_;
    const plan::Links& links_;
    storage::Database& database_;
};

}  // namespace loam::runtime::engine
