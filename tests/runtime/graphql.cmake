# The GraphQL view of a schema.
loam_test(runtime_graphql_test
  engine_graphql_test.cpp
  graphql_introspection_test.cpp
  graphql_planner_test.cpp
  graphql_sdl_test.cpp
  graphql_types_test.cpp
  LINK loam_runtime_engine)
