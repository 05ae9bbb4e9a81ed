loam_test(validation_test
  validation_properties_test.cpp validation_references_test.cpp validation_functions_test.cpp
  validation_facts_test.cpp validation_parts_test.cpp
  validation_stack_test.cpp
  LINK loam_constructs_core loam_aws loam_aws_catalog)
