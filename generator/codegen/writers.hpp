#pragma once

#include <string>
#include <vector>

#include "generator/codegen/model.hpp"

namespace loam::codegen {

/// The text of `<loam/aws/SERVICE.hpp>`.
std::string writeHeader(const CppService& service);

/// The text of SERVICE.cpp: constant tables.
std::string writeTables(const CppService& service);

/// The texts of `<loam/aws/typed_resource.hpp>` and typed_resource.cpp: what all services share.
std::string writeSharedHeader();
std::string writeSharedTables();

/// The text of all_types.cpp, which finds any type by name and so links every service.
std::string writeCatalog(const std::vector<CppService>& services);

}  // namespace loam::codegen
