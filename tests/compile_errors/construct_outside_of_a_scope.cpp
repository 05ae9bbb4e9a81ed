// A construct is born inside a scope: neither on the stack nor with a forged key.
#include <loam/stack.hpp>

void make(loam::App& app) {
#ifdef LOAM_GOOD
    app.add<loam::Stack>("S");
#else
    loam::Stack stack{app, "S", {}};
#endif
}
