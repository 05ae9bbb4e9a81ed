#include "runtime/migrate/directory.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <sha2.h>
#include <system_error>

#include "runtime/migrate/error.hpp"

namespace loam::runtime::migrate {
namespace {

constexpr const char* scriptName = "migration.sql";
constexpr const char* lockName = "migration_lock.toml";
constexpr const char* provider = "sqlite";

std::optional<std::string> readFile(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) {
        return std::nullopt;
    }
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return file.bad() || !file.is_open() ? std::nullopt : std::optional(std::move(bytes));
}

/// The text between the quotes of the first line that starts with "provider".
std::string lockedProvider(const std::string& text) {
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        const std::string line = text.substr(start, end - start);
        if (line.starts_with("provider")) {
            const std::size_t first = line.find('"');
            const std::size_t last = line.rfind('"');
            return first == last ? "" : line.substr(first + 1, last - first - 1);
        }
        start = end + 1;
    }
    return "";
}

}  // namespace

std::string Migration::readScript() const {
    std::optional<std::string> bytes = readFile(script);
    if (!bytes) {
        throw MigrationError("P3015",
            "Could not find the migration file at " + script.string() +
                ". Please delete the directory or restore the migration "
                "file.");
    }
    return *std::move(bytes);
}

std::vector<Migration> listMigrations(const std::filesystem::path& directory) {
    std::error_code error;
    std::vector<Migration> migrations;
    std::filesystem::directory_iterator entry(directory, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_directory(ignored)) {
            const std::string name = entry->path().filename().string();
            migrations.push_back({name, entry->path() / scriptName});
        }
    }
    if (error) {
        throw MigrationError("MigrationsUnreadable",
            "could not read the migrations directory " + directory.string() + ": " +
                error.message());
    }
    std::sort(migrations.begin(), migrations.end(), [](const Migration& a, const Migration& b) {
        return a.name < b.name;
    });
    return migrations;
}

void checkProvider(const std::filesystem::path& directory) {
    const std::optional<std::string> text = readFile(directory / lockName);
    if (!text) {
        return;
    }
    const std::string locked = lockedProvider(*text);
    if (locked != provider) {
        throw MigrationError("P3019",
            "The datasource provider `sqlite` specified in your schema does not match the one "
            "specified in the migration_lock.toml, `" +
                locked +
                "`. Please remove your current migration directory and start a new migration "
                "history with prisma migrate dev. Read more: "
                "https://pris.ly/d/migrate-provider-switch");
    }
}

std::string checksum(const std::string& bytes) {
    std::array<char, SHA256_DIGEST_STRING_LENGTH> text{};
    SHA256Data(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), text.data());
    return text.data();
}

}  // namespace loam::runtime::migrate
