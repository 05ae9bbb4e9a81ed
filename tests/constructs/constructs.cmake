loam_test(constructs_aws_test
  iam_test.cpp key_test.cpp log_group_test.cpp vpc_test.cpp security_group_test.cpp
  file_system_test.cpp bucket_test.cpp function_test.cpp alias_test.cpp http_api_test.cpp
  alarm_test.cpp schedule_test.cpp messaging_test.cpp
  LINK loam_constructs loam_templates)
loam_test(constructs_lamdb_test
  lamdb_test.cpp s3_sync_test.cpp bastion_host_test.cpp
  LINK loam_constructs loam_templates)
loam_test(constructs_terraform_test terraform_coverage_test.cpp LINK loam_templates)
