#pragma once

#include <cstdint>
#include <string_view>

namespace loam::runtime::sql {

/// The kinds of values that SQLite stores.
enum class StorageType : std::uint8_t { Null, Integer, Real, Text, Blob };

/// A row; columns count from 0.
class Row {
  public:
    virtual StorageType type(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    /// Text or bytes, valid until the next row.
    virtual std::string_view bytes(int column) const = 0;

  protected:
    Row() = default;
    Row(const Row&) = default;
    Row(Row&&) = default;
    Row& operator=(const Row&) = default;
    Row& operator=(Row&&) = default;
    ~Row() = default;
};

}  // namespace loam::runtime::sql
