find_package(nlohmann_json 3.11 REQUIRED)
loam_test(cloudformation_test
  cloudformation_test.cpp cloudformation_intrinsics_test.cpp cloudformation_yaml_test.cpp
  cloudformation_limits_test.cpp json_writer_test.cpp
  LINK loam_templates nlohmann_json::nlohmann_json ${LOAM_YAML_CPP_LIBRARY})
