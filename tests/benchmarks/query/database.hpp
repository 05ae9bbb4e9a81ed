#pragma once

#include <string>
#include <string_view>

namespace loam::benchmark {

/// The schema of the measured database.
extern const std::string_view schemaText;

/// Makes a database of 100,000 users and 100,000 posts, ten for each of the first 10,000 users.
void makeDatabase(const std::string& path);

}  // namespace loam::benchmark
