#pragma once

// What the engine should answer, worked out on plain vectors of records without SQL, plans or the
// engine's code.

#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/runtime/model/shape.hpp"
#include "tests/runtime/model/tree.hpp"
#include "tests/runtime/model/value.hpp"

namespace loam::modeltest {

/// A request that is refused.
struct Failure {
    /// Empty where the order of work inside the database decides which error comes first.
    std::string code;
};

/// A request whose answer depends on the order in which the database works.
struct Unclear {};

using Number = std::int64_t;

struct Record {
    /// Names the record whatever its values are.
    Number number = 0;
    std::vector<Value> values = {};
};

struct Table {
    std::vector<Record> records = {};
    /// The last value that was generated or given for a counted identifier.
    Number lastId = 0;
};

/// Everything stored.
struct State {
    std::vector<Table> tables = {};
    /// Relation, left and right record.
    std::set<std::tuple<std::size_t, Number, Number>> links = {};
    Number lastNumber = 0;
};

/// A value for a column of a record to be written.
struct Change {
    std::size_t column = 0;
    Value value = {};
};

/// Reads a state.
class Reader {
  public:
    Reader(const Shape& shape, const State& state) : shape_(shape), state_(state) {}

    /// The answer to a request that reads, as JSON. Throws Failure.
    std::string answer(const Request& request) const;

    const Record& record(std::size_t model, Number number) const;
    bool has(std::size_t model, Number number) const;
    Truth holds(std::size_t model, const Record& record, const Node& where) const;
    /// The records that are connected with one, in the order of storage.
    std::vector<const Record*>
    related(const End& end, std::size_t model, const Record& record) const;
    std::string
    json(std::size_t model, const Record& record, const std::vector<Selection>& fields) const;

  private:
    struct Key;
    using Group = std::vector<const Record*>;

    std::vector<const Record*>
    page(std::size_t model, const Node& arguments, std::vector<const Record*> candidates) const;
    std::vector<const Record*> all(std::size_t model) const;
    Truth
    related(const End& end, std::size_t model, const Record& record, const Node& condition) const;
    Truth member(std::size_t model, const Record& record, const std::string& name,
        const Node& condition) const;
    std::vector<Key> keys(std::size_t model, const Record& record, const Node& order) const;
    void
    key(std::size_t model, const Record* record, const Node& order, std::vector<Key>& out) const;
    std::string counts(const Selection& selection, std::size_t model, const Record& record) const;
    std::vector<Group> grouped(std::size_t model, const Node& arguments) const;
    std::vector<Key> keysOf(std::size_t model, const Group& group, const Node& order) const;
    std::string groups(const Request& request) const;

    const Shape& shape_;
    const State& state_;
};

/// A value that conditions are on, and where it is stored.
struct Subject {
    Type type = Type::Int;
    Value value = {};
    /// None for what is worked out from many records.
    const Model* model = nullptr;
    const Record* record = nullptr;
};

/// What a condition on one value says, such as `{gt: 3}` or a bare value.
Truth holds(const Subject& subject, const Node& condition, bool isReversed);

/// The aggregation of a column over records, such as "_sum".
Subject aggregated(const Model& model, const std::string& function, std::size_t column,
    const std::vector<const Record*>& records);

/// What `aggregate` and `groupBy` say of records of a model.
std::string aggregateJson(
    const Model& model, const Selection& selection, const std::vector<const Record*>& records);

/// Whether a group belongs to the answer.
Truth holdsOf(const Model& model, const std::vector<const Record*>& group, const Node& having);

/// Changes a state.
class Writer {
  public:
    Writer(const Shape& shape, State& state)
        : shape_(shape), state_(state), reader_(shape, state) {}

    /// Runs a request that writes; its answer as JSON. Throws Failure and Unclear; what is stored
    /// then is to be thrown away.
    std::string answer(const Request& request);

  private:
    using Changes = std::vector<Change>;
    using Numbers = std::vector<Number>;

    std::string createMany(const Request& request);
    Number create(std::size_t model, const Node& data, Changes extra);
    std::vector<Value> idOf(std::size_t model, Number number) const;
    void checkId(std::size_t model, Number number, const std::vector<Value>& id) const;
    Number createRelated(const End& end, const Node& data);
    Number update(std::size_t model, Number number, const Node& data);
    bool mayReferToEachOther(std::size_t model) const;
    void nested(const End& end, std::size_t model, Number number, const Node& operations);
    void checkNamed(const End& end, std::size_t model, Number number, const std::string& operation,
        const Node& argument) const;
    void nestedOne(const End& end, std::size_t model, Number number, const std::string& operation,
        const Node& argument);
    void addRelated(const End& end, std::size_t model, Number number, const Node& data);
    void connect(const End& end, std::size_t model, Number number, Number other);
    void disconnect(const End& end, std::size_t model, Number number, Number other);
    void set(const End& end, std::size_t model, Number number, const Node& wanted);
    void free(const End& end, std::size_t model, Number number, Number except);
    void removeNested(
        const End& end, std::size_t model, Number number, const Node& argument, bool isMany);
    /// The connected records that match.
    Numbers
    present(const End& end, std::size_t model, Number number, const Node* where = nullptr) const;
    /// The record that a unique condition names, or 0.
    Number find(std::size_t model, const Node& where) const;
    Numbers matching(std::size_t model, const Node* where) const;
    std::string read(std::size_t model, Number number, const Selection& selection) const;

    // Statements of the database.
    Number insert(std::size_t model, const Changes& values);
    /// The same without a look at foreign keys.
    Number add(std::size_t model, const Changes& values);
    void change(std::size_t model, const Numbers& numbers, const Node& data);
    void change(std::size_t model, const Numbers& numbers, const Changes& changes);
    void write(std::size_t model, const Numbers& numbers, const std::vector<Changes>& changes);
    void checkOrder(std::size_t model, const std::vector<Changes>& changes) const;
    void checkRestricted(
        std::size_t model, const Record& before, const Record& after, const State& past) const;
    void carryOver(std::size_t model, const Record& before, const Record& after);
    void remove(std::size_t model, const Numbers& numbers);
    void removeOne(std::size_t model, const Record& record,
        const std::set<std::pair<std::size_t, Number>>& going);
    void checkUnique(std::size_t model) const;
    void checkReferences() const;

    Record& record(std::size_t model, Number number);
    Changes changesOf(std::size_t model, const Node& data) const;
    Changes reference(const Relation& relation, Number target);
    Changes noReference(const Relation& relation) const;

    const Shape& shape_;
    State& state_;
    Reader reader_;
    /// Whether foreign keys are checked later.
    bool areDeferred_ = false;
};

/// The end of the same relation at the other model.
End opposite(const Shape& shape, const End& end);

/// The values of columns.
std::vector<Value> valuesAt(const Record& record, const std::vector<std::size_t>& columns);

bool hasNull(const std::vector<Value>& values);

}  // namespace loam::modeltest
