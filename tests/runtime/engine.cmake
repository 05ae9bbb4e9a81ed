# The query pipeline: request, plan, sql, result, engine.
loam_test(runtime_request_test
  request_body_test.cpp
  request_graphql_test.cpp
  request_json_operation_test.cpp
  request_json_test.cpp
  LINK loam_runtime_request)
loam_test(runtime_plan_test
  plan_generators_test.cpp
  plan_input_types_test.cpp
  plan_mistakes_test.cpp
  plan_planner_test.cpp
  LINK loam_runtime_plan)
loam_test(runtime_sql_test sql_explain_test.cpp LINK loam_runtime_engine loam_runtime_test_support)
loam_test(runtime_engine_test
  engine_client_test.cpp
  engine_error_test.cpp
  engine_filter_test.cpp
  engine_group_test.cpp
  engine_json_test.cpp
  engine_nested_test.cpp
  engine_page_test.cpp
  engine_raw_test.cpp
  engine_relation_mode_test.cpp
  engine_relation_test.cpp
  engine_unindexed_test.cpp
  engine_write_test.cpp
  result_value_test.cpp
  LINK loam_runtime_engine loam_runtime_test_support)
