# Storage, the Lambda loop, migrations and the standalone server.
add_library(loam_runtime_test_support STATIC
  ${PROJECT_SOURCE_DIR}/tests/support/runtime/child_process.cpp
  ${PROJECT_SOURCE_DIR}/tests/support/runtime/fake_runtime_api.cpp
  ${PROJECT_SOURCE_DIR}/tests/support/runtime/temporary_directory.cpp)
target_include_directories(loam_runtime_test_support PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(loam_runtime_test_support PRIVATE loam_warnings)

loam_test(runtime_storage_test storage_test.cpp
  LINK loam_runtime_storage loam_runtime_test_support)
loam_test(runtime_migrate_test migrate_test.cpp migrate_crash_test.cpp
  LINK loam_runtime_migrate loam_runtime_test_support)
loam_test(runtime_lambda_test
  lambda_event_test.cpp
  lambda_function_test.cpp
  lambda_http_test.cpp
  lambda_output_test.cpp
  LINK loam_runtime_lambda loam_runtime_test_support)
