# The query engine against a model of its semantics; by hand: `loam_model_test --seconds 600`.
add_executable(loam_model_test
  model/aggregate.cpp
  model/condition_maker.cpp
  model/data_maker.cpp
  model/filter.cpp
  model/main.cpp
  model/nested.cpp
  model/read.cpp
  model/request_maker.cpp
  model/shape.cpp
  model/shape_maker.cpp
  model/statements.cpp
  model/tree.cpp
  model/value.cpp)
target_include_directories(loam_model_test PRIVATE ${PROJECT_SOURCE_DIR})
target_compile_options(loam_model_test PRIVATE ${LOAM_TEST_OPTIONS})
target_link_libraries(loam_model_test PRIVATE loam_warnings loam_runtime_engine)
add_test(NAME model_test COMMAND loam_model_test --seed 1 --seeds 40)
