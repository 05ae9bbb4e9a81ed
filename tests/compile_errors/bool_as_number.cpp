// A boolean is no number and a number no boolean.
#include <loam/value.hpp>

void make() {
#ifdef LOAM_GOOD
    loam::Bool on = true;
#else
    loam::Bool on = 1;
#endif
    (void)on;
}
