#pragma once

#include "runtime/plan/context.hpp"
#include "runtime/plan/plan.hpp"

namespace loam::runtime::plan {

/// The content of a new record, with defaults filled in; `data` may be null for a record of
/// defaults only. `from` is the relation over which another record creates it, or null: the
/// relation's columns are then filled from that record. Throws RequestError.
Data recordOf(Context& context, const schema::Model& model, const request::Value* data,
    const Link* from = nullptr);

/// The changes of an update; empty when nothing is to change. Throws RequestError.
Data changesOf(Context& context, const schema::Model& model, const request::Value& data,
    const Link* from = nullptr);

/// Refuses relation fields in the content of a write to many records, which takes columns only.
/// Throws RequestError P2009.
void refuseRelations(Context& context, const schema::Model& model, const request::Value& data,
    const Link* from = nullptr);

/// Whether it is a mistake to leave the column out of a new record: the database fills the others,
/// with NULL at least.
bool mustBeGiven(const schema::Field& field);

/// Whether a column cannot stand beside a relation in the content of a record: foreign keys, and
/// Int identifiers that the database counts.
bool isUnchecked(const Links& links, const schema::Model& model, const schema::Field& column);

}  // namespace loam::runtime::plan
