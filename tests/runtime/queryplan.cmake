# Query plans of Prisma Client 7.
loam_test(runtime_queryplan_test
  queryplan_answer_test.cpp
  queryplan_binding_test.cpp
  queryplan_error_test.cpp
  queryplan_golden_test.cpp
  queryplan_node_test.cpp
  queryplan_process_test.cpp
  queryplan_refusal_test.cpp
  queryplan_statement_test.cpp
  queryplan_transaction_test.cpp
  LINK loam_runtime_queryplan loam_runtime_test_support)
