#pragma once

#include <string>
#include <vector>

#include "runtime/schema/schema.hpp"

namespace loam::runtime::schema {

/// A datasource block of four lines, so that what follows starts on line 5.
inline const std::string datasource =
    "datasource db {\n  provider = \"sqlite\"\n  url = env(\"DATABASE_URL\")\n}\n";

/// A datasource with relationMode "prisma", of five lines.
inline const std::string prismaDatasource =
    "datasource db {\n  provider = \"sqlite\"\n  url = env(\"DATABASE_URL\")\n  relationMode = "
    "\"prisma\"\n}\n";

/// What a schema is refused with, one line for each mistake; empty when it is accepted.
inline std::string refusal(const std::string& text) {
    try {
        parse(text, "s.prisma");
    } catch (const SchemaError& error) {
        return error.what();
    }
    return "";
}

/// The same for a model A with an id on line 6, and these lines after it.
inline std::string refusalOfFields(const std::string& lines) {
    return refusal(datasource + "model A {\n  id Int @id\n" + lines + "\n}\n");
}

}  // namespace loam::runtime::schema
