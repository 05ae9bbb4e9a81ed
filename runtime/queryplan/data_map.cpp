#include "runtime/queryplan/data_map.hpp"

#include <memory>
#include <unordered_map>
#include <vector>

#include "runtime/queryplan/error.hpp"
#include "runtime/queryplan/field_value.hpp"
#include "runtime/request/json_parser.hpp"
#include "runtime/request/text.hpp"

namespace loam::runtime::queryplan {
namespace {

/// Writes whole values.
class Mapper {
  public:
    Mapper(std::string& out, Budget& budget) : out_(out), budget_(budget) {}

    void append(const Value& value, const Structure& structure) {
        switch (structure.kind) {
            case Structure::Kind::AffectedRows:
                appendAffected(value);
                return;
            case Structure::Kind::Object:
                appendObject(value, structure);
                return;
            case Structure::Kind::Field:
                appendField(value, structure.field, "<result>");
                return;
        }
    }

  private:
    void appendAffected(const Value& value) {
        const auto* count = std::get_if<std::int64_t>(&value);
        if (count == nullptr) {
            throw inconsistent(
                "Expected an affected rows count, got: " + std::string(kindOf(value)));
        }
        out_ += "{\"count\":" + std::to_string(*count) + "}";
    }

    void appendField(const Value& value, const Field& field, std::string_view name) {
        const std::size_t start = out_.size();
        if (isNull(value)) {
            out_ += field.isList ? "[]" : "null";
        } else if (!field.isList) {
            appendFieldValue(out_, value, field, name, budget_);
        } else if (const std::vector<Value>* items = itemsOf(value)) {
            out_ += '[';
            for (std::size_t index = 0; index < items->size(); ++index) {
                out_ += index == 0 ? "" : ",";
                appendFieldValue(out_, (*items)[index], field, name, budget_);
            }
            out_ += ']';
        } else {
            throw inconsistent(
                "Expected a list in column '" + std::string(name) + "', got " +
                std::string(kindOf(value)));
        }
        budget_.spend(out_.size() - start);
    }

    void appendObject(const Value& value, const Structure& structure) {
        if (std::holds_alternative<Null>(value)) {
            out_ += "null";
        } else if (const std::vector<Value>* items = itemsOf(value)) {
            appendList(*items, structure);
        } else if (const Record* record = recordOf(value)) {
            appendRecord(*record, structure);
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            appendObject(parsed(*text), structure);
        } else {
            throw inconsistent(
                "Expected an array or an object, got: " + std::string(kindOf(value)));
        }
    }

    Value parsed(const std::string& text) {
        try {
            request::TextPool pool;
            return fromJson(request::parseJson(text, pool), budget_);
        } catch (const request::RequestError&) {
            throw inconsistent("Expected an array or object, got a string that is not valid JSON");
        }
    }

    void appendList(const std::vector<Value>& items, const Structure& structure) {
        out_ += '[';
        bool isFirst = true;
        for (const Value& item : items) {
            if (structure.skipNulls && std::holds_alternative<Null>(item)) {
                continue;
            }
            out_ += isFirst ? "" : ",";
            isFirst = false;
            const Record* record = recordOf(item);
            if (record == nullptr) {
                throw inconsistent(
                    "Expected an object, but got '" + std::string(kindOf(item)) + "'");
            }
            appendRecord(*record, structure);
        }
        out_ += ']';
    }

    /// Where the fields of an object are in records with certain columns.
    struct Places {
        std::shared_ptr<const Columns> columns = {};
        std::vector<std::size_t> indexes = {};
    };

    const std::vector<std::size_t>& placesOf(const Record& record, const Structure& structure) {
        Places& places = places_[&structure];
        if (places.columns == record.columns) {
            return places.indexes;
        }
        places.columns = record.columns;
        places.indexes.clear();
        for (const auto& [name, field] : structure.fields) {
            const bool isHere = field.kind == Structure::Kind::Object && !field.source;
            const std::string_view column =
                field.kind == Structure::Kind::Field
                    ? field.field.column
                    : field.source.value_or("");
            const std::size_t index = isHere ? Columns::none : record.columns->find(column);
            if (index == Columns::none && !isHere) {
                throw inconsistent(
                    "Missing data field (" +
                    std::string(field.kind == Structure::Kind::Field ? "Value" : "Object") +
                    "): '" + std::string(column) + "'");
            }
            places.indexes.push_back(index);
        }
        return places.indexes;
    }

    void appendRecord(const Record& record, const Structure& structure) {
        const std::vector<std::size_t>& places = placesOf(record, structure);
        budget_.spend(2);
        out_ += '{';
        for (std::size_t index = 0; index < structure.fields.size(); ++index) {
            const auto& [name, field] = structure.fields[index];
            out_ += index == 0 ? "" : ",";
            request::appendJsonString(out_, name);
            out_ += ':';
            if (field.kind == Structure::Kind::Field) {
                appendField(record.values[places[index]], field.field, field.field.column);
            } else if (field.source) {
                appendObject(record.values[places[index]], field);
            } else {
                appendRecord(record, field);
            }
        }
        out_ += '}';
    }

    std::string& out_;
    Budget& budget_;
    std::unordered_map<const Structure*, Places> places_;
};

}  // namespace

void appendMapped(
    std::string& out, const Value& value, const Structure& structure, Budget& budget) {
    Mapper(out, budget).append(value, structure);
}

}  // namespace loam::runtime::queryplan
