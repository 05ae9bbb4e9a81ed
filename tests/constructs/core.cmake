loam_test(constructs_core_test
  support.cpp value_test.cpp construct_test.cpp assembly_test.cpp tags_test.cpp
  LINK loam_constructs_core)
