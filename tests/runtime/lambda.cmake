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

# The packages as they are deployed, on this machine and, when they were built, for arm64.
loam_test(runtime_packages_test lambda_packages_test.cpp LINK loam_runtime_test_support)
target_compile_definitions(runtime_packages_test PRIVATE
  LOAM_FUNCTIONS_DIRECTORY="${LOAM_FUNCTIONS_DIRECTORY}")
add_dependencies(runtime_packages_test loam_functions)
find_program(LOAM_QEMU_ARM64 qemu-aarch64-static)
if(TARGET loam_arm64 AND LOAM_QEMU_ARM64)
  add_dependencies(runtime_packages_test loam_arm64)
  add_test(NAME runtime_packages_arm64_test COMMAND runtime_packages_test)
  set_tests_properties(runtime_packages_arm64_test PROPERTIES ENVIRONMENT
    "LOAM_FUNCTIONS=${LOAM_FUNCTIONS_DIRECTORY}/arm64;LOAM_WRAPPER=${LOAM_QEMU_ARM64}")
endif()

loam_test(runtime_transactions_test transactions_test.cpp
  LINK loam_lamdb_transactions loam_runtime_test_support)

loam_test(runtime_serve_test serve_plan_test.cpp serve_test.cpp serve_transaction_test.cpp
  LINK loam_runtime_lambda loam_runtime_test_support)
target_compile_definitions(runtime_serve_test PRIVATE LOAM_LAMDB_PROGRAM="$<TARGET_FILE:lamdb>")
add_dependencies(runtime_serve_test lamdb)

loam_test(runtime_concurrency_test serve_concurrency_test.cpp
  LINK loam_runtime_lambda loam_runtime_test_support)
target_compile_definitions(runtime_concurrency_test PRIVATE LOAM_LAMDB_PROGRAM="$<TARGET_FILE:lamdb>")
add_dependencies(runtime_concurrency_test lamdb)
set_tests_properties(runtime_concurrency_test PROPERTIES TIMEOUT 300)
