# Typed resources for every CloudFormation type, written from generator/specs at build time.
#
#   loam_aws           one object per service, so that a program links those it uses
#   loam_aws_catalog   findResourceType(name); links the tables of all services
#
# loam_codegen leaves files alone whose text did not change, so a new fact recompiles its service only.
set(specs ${PROJECT_SOURCE_DIR}/generator/specs)
set(generated ${PROJECT_BINARY_DIR}/generated)
file(GLOB spec_files CONFIGURE_DEPENDS ${specs}/*.txt)

set(headers ${generated}/include/loam/aws/typed_resource.hpp ${generated}/include/loam/aws/all_types.hpp)
set(sources ${generated}/src/typed_resource.cpp)
foreach(spec_file ${spec_files})
  get_filename_component(service ${spec_file} NAME_WE)
  list(APPEND headers ${generated}/include/loam/aws/${service}.hpp)
  list(APPEND sources ${generated}/src/${service}.cpp)
endforeach()

add_custom_command(
  OUTPUT ${generated}/stamp
  BYPRODUCTS ${headers} ${sources} ${generated}/src/all_types.cpp
  COMMAND loam_codegen ${specs} ${generated}
  COMMAND ${CMAKE_COMMAND} -E touch ${generated}/stamp
  DEPENDS loam_codegen ${spec_files}
  COMMENT "Writing typed resources"
  VERBATIM)
add_custom_target(loam_aws_sources DEPENDS ${generated}/stamp)

add_library(loam_aws STATIC ${sources})
add_dependencies(loam_aws loam_aws_sources)
target_include_directories(loam_aws PUBLIC
  $<BUILD_INTERFACE:${generated}/include>
  $<INSTALL_INTERFACE:include>)
target_link_libraries(loam_aws PUBLIC loam_constructs_core PRIVATE $<BUILD_INTERFACE:loam_warnings>)
# The shared headers are most of the time it takes to compile a table.
target_precompile_headers(loam_aws PRIVATE <loam/aws/typed_resource.hpp>)

add_library(loam_aws_catalog STATIC EXCLUDE_FROM_ALL ${generated}/src/all_types.cpp)
target_link_libraries(loam_aws_catalog PUBLIC loam_aws PRIVATE $<BUILD_INTERFACE:loam_warnings>)
