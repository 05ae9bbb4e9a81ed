// Feeds arbitrary bytes to the schema parser: whatever they are, it either gives a schema whose
// tables can be written down or refuses it with SchemaError.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runtime/schema/ddl.hpp"
#include "runtime/schema/schema.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): the engine calls it by this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace loam::runtime::schema;
    try {
        const auto schema =
            parse(std::string_view(reinterpret_cast<const char*>(data), size), "schema.prisma");
        static_cast<void>(createStatements(schema));
    } catch (const SchemaError&) {
        return 0;
    }
    return 0;
}
