// A construct is not copyable, so a forgotten & is no second construct.
#include <loam/stack.hpp>

void make(loam::App& app) {
#ifdef LOAM_GOOD
    auto& stack = app.add<loam::Stack>("S");
#else
    auto stack = app.add<loam::Stack>("S");
#endif
    (void)stack;
}
