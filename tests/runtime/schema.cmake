loam_test(schema_test
  schema_test.cpp
  schema_syntax_test.cpp
  schema_relation_test.cpp
  schema_refusal_test.cpp
  schema_ddl_test.cpp
  LINK loam_runtime_schema)
