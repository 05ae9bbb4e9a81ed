// Only Construct::add makes a Scope.
#include <loam/stack.hpp>

void make(loam::App& app) {
#ifdef LOAM_GOOD
    app.add<loam::Stack>("S");
#else
    loam::Scope scope(&app, "S", loam::SourceLocation::current());
#endif
}
