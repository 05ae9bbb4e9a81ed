#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/functions/query/query_service.hpp"

namespace loam::runtime::lamdb {

/// Query services that are free; as many come into being as requests run at once.
class ServicePool {
  public:
    ServicePool(schema::Schema schema, std::string database, engine::Permissions permissions)
        : schema_(std::move(schema)), database_(std::move(database)), permissions_(permissions) {}

    std::unique_ptr<QueryService> take() {
        const std::lock_guard guard(mutex_);
        if (free_.empty()) {
            return std::make_unique<QueryService>(schema_, database_, permissions_);
        }
        std::unique_ptr<QueryService> service = std::move(free_.back());
        free_.pop_back();
        return service;
    }

    void giveBack(std::unique_ptr<QueryService> service) {
        const std::lock_guard guard(mutex_);
        free_.push_back(std::move(service));
    }

  private:
    schema::Schema schema_;
    std::string database_;
    engine::Permissions permissions_;
    std::mutex mutex_;  // Of free_.
    std::vector<std::unique_ptr<QueryService>> free_;
};

}  // namespace loam::runtime::lamdb
