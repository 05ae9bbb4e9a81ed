#include <iostream>

#include "runtime/graphql/sdl.hpp"
#include "runtime/lamdb/commands.hpp"
#include "runtime/schema/load.hpp"

namespace loam::runtime::lamdb {

int printSchema(const SchemaOptions& options) {
    const schema::Schema schema = schema::parsePath(options.schema);
    const plan::Catalog catalog(schema);
    std::cout << graphql::printSdl(graphql::Types(catalog));
    return 0;
}

}  // namespace loam::runtime::lamdb
