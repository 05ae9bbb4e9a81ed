add_library(loam_terraform_samples STATIC terraform_samples.cpp)
target_include_directories(loam_terraform_samples PUBLIC ${PROJECT_SOURCE_DIR})
target_compile_definitions(loam_terraform_samples PRIVATE LOAM_TESTS_DIRECTORY="${PROJECT_SOURCE_DIR}/tests")
target_link_libraries(loam_terraform_samples PUBLIC loam_templates PRIVATE loam_warnings)

add_executable(terraform_samples terraform_samples_main.cpp)
target_link_libraries(terraform_samples PRIVATE loam_terraform_samples loam_warnings)

add_executable(terraform_values terraform_values_main.cpp)
target_include_directories(terraform_values PRIVATE ${PROJECT_SOURCE_DIR})
target_link_libraries(terraform_values PRIVATE loam_templates loam_warnings)

find_package(nlohmann_json 3.11 REQUIRED)
loam_test(terraform_test
  terraform_test.cpp terraform_text_test.cpp terraform_mappings_test.cpp terraform_schema_test.cpp
  LINK loam_terraform_samples nlohmann_json::nlohmann_json)

if(NOT LOAM_SANITIZE)
  foreach(name terraform_samples terraform_values)
    add_test(NAME ${name} COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/${name}.sh $<TARGET_FILE:${name}>)
    set_tests_properties(${name} PROPERTIES LABELS external SKIP_RETURN_CODE 77 TIMEOUT 300)
  endforeach()
endif()
