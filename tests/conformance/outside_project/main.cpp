#include <loam/loam.hpp>

using namespace loam;

int main(int argc, char** argv) {
    App app;
    auto& stack = app.add<Stack>("Outside", {.env = {.region = "eu-west-1"}});

    stack.add<LamDB>("Database", {.name = "outside", .schemaPath = "prisma/schema.prisma"});

    return synth(app, argc, argv);
}
