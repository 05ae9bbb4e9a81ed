#include "tests/templates/terraform_samples.hpp"

#include <loam/asset.hpp>
#include <loam/node.hpp>

#include <map>
#include <stdexcept>
#include <string>

namespace loam::samples {

namespace {

/// One resource: `"@Id"` in the properties is its Ref, `"@Id.Attribute"` its attribute.
struct Sample {
    const char* id;
    const char* type;
    const char* properties;
};

constexpr Sample network[] = {
    {"Vpc", "AWS::EC2::VPC", R"({"CidrBlock": "10.0.0.0/16", "EnableDnsHostnames": true,
        "EnableDnsSupport": true, "InstanceTenancy": "default", "Tags": [{"Key": "Name", "Value": "main"}]})"},
    {"Isolated", "AWS::EC2::Subnet", R"({"VpcId": "@Vpc", "CidrBlock": "10.0.0.0/24",
        "AvailabilityZone": "eu-central-1a", "MapPublicIpOnLaunch": false, "AssignIpv6AddressOnCreation": false,
        "PrivateDnsNameOptionsOnLaunch": {"HostnameType": "ip-name", "EnableResourceNameDnsARecord": true}})"},
    {"Public", "AWS::EC2::Subnet", R"({"VpcId": "@Vpc", "CidrBlock": "10.0.1.0/24"})"},
    {"Gateway", "AWS::EC2::InternetGateway", R"({"Tags": [{"Key": "Name", "Value": "main"}]})"},
    {"Attachment", "AWS::EC2::VPCGatewayAttachment", R"({"VpcId": "@Vpc", "InternetGatewayId": "@Gateway"})"},
    {"Routes", "AWS::EC2::RouteTable", R"({"VpcId": "@Vpc"})"},
    {"DefaultRoute", "AWS::EC2::Route", R"({"RouteTableId": "@Routes",
        "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "@Gateway"})"},
    {"Association", "AWS::EC2::SubnetRouteTableAssociation", R"({"RouteTableId": "@Routes", "SubnetId": "@Public"})"},
    {"Address", "AWS::EC2::EIP", R"({"Domain": "vpc"})"},
    {"OtherAddress", "AWS::EC2::EIP", "{}"},
    {"Nat", "AWS::EC2::NatGateway", R"({"SubnetId": "@Public", "AllocationId": "@Address.AllocationId",
        "ConnectivityType": "public"})"},
    {"Group", "AWS::EC2::SecurityGroup", R"({"GroupDescription": "database", "GroupName": "database",
        "VpcId": "@Vpc", "SecurityGroupIngress": [
            {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/8", "Description": "API"},
            {"IpProtocol": "-1", "FromPort": 0, "ToPort": 0, "CidrIpv6": "::/0"}]})"},
    {"ClientGroup", "AWS::EC2::SecurityGroup", R"({"GroupDescription": "clients", "VpcId": "@Vpc",
        "SecurityGroupEgress": [{"IpProtocol": "tcp", "FromPort": 2049, "ToPort": 2049,
            "DestinationSecurityGroupId": "@Group.GroupId"}]})"},
    {"FromClients", "AWS::EC2::SecurityGroupIngress", R"({"GroupId": "@Group.GroupId", "IpProtocol": "tcp",
        "FromPort": 2049, "ToPort": 2049, "SourceSecurityGroupId": "@ClientGroup.GroupId"})"},
    {"ToGroup", "AWS::EC2::SecurityGroupEgress", R"({"GroupId": "@ClientGroup.GroupId", "IpProtocol": "udp",
        "FromPort": 53, "ToPort": 53, "CidrIp": "10.0.0.2/32"})"},
    {"S3Endpoint", "AWS::EC2::VPCEndpoint", R"({"VpcId": "@Vpc", "ServiceName": "com.amazonaws.eu-central-1.s3",
        "VpcEndpointType": "Gateway", "RouteTableIds": ["@Routes"], "PolicyDocument": {"Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}})"},
    {"SsmEndpoint", "AWS::EC2::VPCEndpoint", R"({"VpcId": "@Vpc", "ServiceName": "com.amazonaws.eu-central-1.ssm",
        "VpcEndpointType": "Interface", "PrivateDnsEnabled": true, "SubnetIds": ["@Isolated"],
        "SecurityGroupIds": ["@Group"], "IpAddressType": "ipv4", "DnsOptions": {"DnsRecordIpType": "ipv4"}})"},
    {"FlowLogs", "AWS::Logs::LogGroup", R"({"RetentionInDays": 30})"},
    {"FlowRole", "AWS::IAM::Role", R"({"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement":
        [{"Effect": "Allow", "Principal": {"Service": "vpc-flow-logs.amazonaws.com"}, "Action": "sts:AssumeRole"}]}})"},
    {"Flow", "AWS::EC2::FlowLog", R"({"ResourceId": "@Vpc", "ResourceType": "VPC", "TrafficType": "ALL",
        "LogDestinationType": "cloud-watch-logs", "LogGroupName": "@FlowLogs", "MaxAggregationInterval": 60,
        "DeliverLogsPermissionArn": "@FlowRole.Arn", "LogFormat": "${version} ${vpc-id}"})"},
};

constexpr Sample storage[] = {
    {"Key", "AWS::KMS::Key", R"({"Description": "data", "EnableKeyRotation": true, "Enabled": true, "MultiRegion": false,
        "KeySpec": "SYMMETRIC_DEFAULT", "KeyUsage": "ENCRYPT_DECRYPT", "PendingWindowInDays": 7, "Origin": "AWS_KMS",
        "RotationPeriodInDays": 90, "KeyPolicy": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
            "Principal": {"AWS": "*"}, "Action": "kms:*", "Resource": "*"}]}})"},
    {"KeyAlias", "AWS::KMS::Alias", R"({"AliasName": "alias/data", "TargetKeyId": "@Key"})"},
    {"Files", "AWS::EFS::FileSystem", R"({"Encrypted": true, "KmsKeyId": "@Key.Arn", "PerformanceMode": "generalPurpose",
        "ThroughputMode": "elastic", "BackupPolicy": {"Status": "ENABLED"}, "FileSystemProtection":
        {"ReplicationOverwriteProtection": "ENABLED"}, "LifecyclePolicies": [{"TransitionToIA": "AFTER_30_DAYS"},
        {"TransitionToPrimaryStorageClass": "AFTER_1_ACCESS"}, {"TransitionToArchive": "AFTER_90_DAYS"}],
        "FileSystemTags": [{"Key": "Name", "Value": "files"}], "BypassPolicyLockoutSafetyCheck": false,
        "ReplicationConfiguration": {"Destinations": [{"Region": "eu-west-1"}]},
        "FileSystemPolicy": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": {"AWS": "*"},
            "Action": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}})"},
    {"Mount", "AWS::EFS::MountTarget", R"({"FileSystemId": "@Files", "SubnetId": "@Isolated", "SecurityGroups": ["@Group"]})"},
    {"Access", "AWS::EFS::AccessPoint", R"({"FileSystemId": "@Files", "PosixUser": {"Uid": "1000", "Gid": "1000",
        "SecondaryGids": ["1001"]}, "RootDirectory": {"Path": "/lambda", "CreationInfo": {"OwnerUid": "1000",
        "OwnerGid": "1000", "Permissions": "0750"}}, "AccessPointTags": [{"Key": "Name", "Value": "a"}]})"},
    {"Events", "AWS::SQS::Queue", R"({"QueueName": "events", "DelaySeconds": 1, "MaximumMessageSize": 1024,
        "MessageRetentionPeriod": 60, "ReceiveMessageWaitTimeSeconds": 20, "VisibilityTimeout": 30,
        "SqsManagedSseEnabled": true, "RedrivePolicy": {"deadLetterTargetArn": "@Dead.Arn", "maxReceiveCount": 3}})"},
    {"Dead", "AWS::SQS::Queue", R"({"KmsMasterKeyId": "@Key", "KmsDataKeyReusePeriodSeconds": 300, "FifoQueue": false,
        "RedriveAllowPolicy": {"redrivePermission": "allowAll"}})"},
    {"EventsPolicy", "AWS::SQS::QueuePolicy", R"({"Queues": ["@Events"], "PolicyDocument": {"Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sqs:SendMessage",
            "Resource": "@Events.Arn"}]}})"},
    {"Logs", "AWS::S3::Bucket", "{}"},
    {"Data", "AWS::S3::Bucket", R"({"BucketName": "data-${x}", "ObjectLockEnabled": true,
        "AccelerateConfiguration": {"AccelerationStatus": "Enabled"},
        "BucketEncryption": {"ServerSideEncryptionConfiguration": [{"BucketKeyEnabled": true,
            "ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "@Key.Arn"}}]},
        "CorsConfiguration": {"CorsRules": [{"AllowedHeaders": ["*"], "AllowedMethods": ["GET"], "AllowedOrigins": ["*"],
            "ExposedHeaders": ["etag"], "Id": "all", "MaxAge": 60}]},
        "LifecycleConfiguration": {"Rules": [
            {"Status": "Enabled", "NoncurrentVersionExpiration": {"NoncurrentDays": 30, "NewerNoncurrentVersions": 5},
                "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}},
            {"Id": "second", "Status": "Enabled", "Prefix": "old/", "ExpirationInDays": 10,
                "TagFilters": [{"Key": "a", "Value": "b"}], "ObjectSizeGreaterThan": 10, "ObjectSizeLessThan": 100000,
                "Transitions": [{"StorageClass": "GLACIER", "TransitionInDays": 5}],
                "NoncurrentVersionTransitions": [{"StorageClass": "GLACIER", "TransitionInDays": 5}]},
            {"Id": "third", "Status": "Disabled", "ExpiredObjectDeleteMarker": true, "NoncurrentVersionExpirationInDays": 3,
                "TagFilters": [{"Key": "a", "Value": "b"}]}]},
        "LoggingConfiguration": {"DestinationBucketName": "@Logs", "LogFilePrefix": "data/",
            "TargetObjectKeyFormat": {"PartitionedPrefix": {"PartitionDateSource": "EventTime"}}},
        "NotificationConfiguration": {"EventBridgeConfiguration": {}, "QueueConfigurations": [{"Event": "s3:ObjectCreated:*",
            "Queue": "@Events.Arn", "Filter": {"S3Key": {"Rules": [{"Name": "prefix", "Value": "in/"}]}}}]},
        "ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Days": 1, "Mode": "GOVERNANCE"}}},
        "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
        "PublicAccessBlockConfiguration": {"BlockPublicAcls": true, "BlockPublicPolicy": true, "IgnorePublicAcls": true,
            "RestrictPublicBuckets": true},
        "Tags": [{"Key": "Name", "Value": "data"}], "VersioningConfiguration": {"Status": "Enabled"},
        "WebsiteConfiguration": {"IndexDocument": "index.html", "ErrorDocument": "error.html", "RoutingRules": [
            {"RedirectRule": {"HostName": "example.org"}, "RoutingRuleCondition": {"KeyPrefixEquals": "a/"}}]}})"},
    {"DataPolicy", "AWS::S3::BucketPolicy", R"({"Bucket": "@Data", "PolicyDocument": {"Version": "2012-10-17",
        "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "@Data.Arn",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}})"},
    {"SyncRole", "AWS::IAM::Role", R"({"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement":
        [{"Effect": "Allow", "Principal": {"Service": "datasync.amazonaws.com"}, "Action": "sts:AssumeRole"}]}})"},
    {"SyncLogs", "AWS::Logs::LogGroup", R"({"LogGroupName": "/sync", "RetentionInDays": 30, "LogGroupClass": "STANDARD",
        "DataProtectionPolicy": {"Name": "p", "Version": "2021-06-01", "Statement": []}})"},
    {"SyncLogsPolicy", "AWS::Logs::ResourcePolicy", R"({"PolicyName": "sync", "PolicyDocument":
        "{\"Version\": \"2012-10-17\", \"Statement\": []}"})"},
    {"From", "AWS::DataSync::LocationEFS", R"({"EfsFilesystemArn": "@Files.Arn", "AccessPointArn": "@Access.Arn",
        "InTransitEncryption": "TLS1_2", "Subdirectory": "/", "FileSystemAccessRoleArn": "@SyncRole.Arn", "Ec2Config": {
        "SecurityGroupArns": ["arn:aws:ec2:eu-central-1:123456789012:security-group/sg-1"],
        "SubnetArn": "arn:aws:ec2:eu-central-1:123456789012:subnet/subnet-1"}})"},
    {"To", "AWS::DataSync::LocationS3", R"({"S3BucketArn": "@Data.Arn", "S3StorageClass": "STANDARD",
        "S3Config": {"BucketAccessRoleArn": "@SyncRole.Arn"}})"},
    {"Sync", "AWS::DataSync::Task", R"({"Name": "sync", "SourceLocationArn": "@From", "DestinationLocationArn": "@To",
        "CloudWatchLogGroupArn": "@SyncLogs.Arn", "Schedule": {"ScheduleExpression": "rate(1 hour)"},
        "Includes": [{"FilterType": "SIMPLE_PATTERN", "Value": "/a"}], "Excludes": [{"FilterType": "SIMPLE_PATTERN", "Value": "/b"}],
        "Options": {"LogLevel": "TRANSFER", "PreserveDeletedFiles": "REMOVE", "VerifyMode": "ONLY_FILES_TRANSFERRED",
            "OverwriteMode": "ALWAYS", "TransferMode": "CHANGED", "PosixPermissions": "PRESERVE", "BytesPerSecond": -1},
        "TaskReportConfig": {"Destination": {"S3": {"BucketAccessRoleArn": "@SyncRole.Arn", "S3BucketArn": "@Logs.Arn",
            "Subdirectory": "r/"}}, "OutputType": "STANDARD", "ReportLevel": "ERRORS_ONLY", "ObjectVersionIds": "INCLUDE",
            "Overrides": {"Deleted": {"ReportLevel": "ERRORS_ONLY"}}}})"},
    {"Password", "AWS::SecretsManager::Secret", R"({"Name": "password", "Description": "d", "KmsKeyId": "@Key",
        "GenerateSecretString": {"PasswordLength": 30, "ExcludePunctuation": true, "GenerateStringKey": "password",
            "SecretStringTemplate": "{\"username\": \"admin\"}"}, "ReplicaRegions": [{"Region": "eu-west-1"}]})"},
    {"Token", "AWS::SecretsManager::Secret", R"({"SecretString": "given"})"},
    {"TokenPolicy", "AWS::SecretsManager::ResourcePolicy", R"({"SecretId": "@Token", "BlockPublicPolicy": true,
        "ResourcePolicy": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
            "Action": "secretsmanager:DeleteSecret", "Resource": "*"}]}})"},
    {"Setting", "AWS::SSM::Parameter", R"({"Name": "/settings/a", "Type": "String", "Value": "1", "Tier": "Standard",
        "AllowedPattern": ".*", "DataType": "text", "Description": "d", "Tags": {"a": "b"}})"},
    {"Vault", "AWS::Backup::BackupVault", R"({"BackupVaultName": "vault", "EncryptionKeyArn": "@Key.Arn",
        "BackupVaultTags": {"a": "b"}, "LockConfiguration": {"MinRetentionDays": 1, "MaxRetentionDays": 100,
        "ChangeableForDays": 3}, "Notifications": {"BackupVaultEvents": ["BACKUP_JOB_FAILED"], "SNSTopicArn": "@Topic"},
        "AccessPolicy": {"Version": "2012-10-17", "Statement": []}})"},
    {"Plan", "AWS::Backup::BackupPlan", R"({"BackupPlanTags": {"a": "b"}, "BackupPlan": {"BackupPlanName": "daily",
        "AdvancedBackupSettings": [{"ResourceType": "EC2", "BackupOptions": {"WindowsVSS": "disabled"}}],
        "BackupPlanRule": [{"RuleName": "daily", "TargetBackupVault": "@Vault", "ScheduleExpression": "cron(0 5 * * ? *)",
            "StartWindowMinutes": 60, "CompletionWindowMinutes": 120, "EnableContinuousBackup": false,
            "Lifecycle": {"DeleteAfterDays": 120, "MoveToColdStorageAfterDays": 30}, "RecoveryPointTags": {"a": "b"},
            "CopyActions": [{"DestinationBackupVaultArn": "@Vault.BackupVaultArn", "Lifecycle": {"DeleteAfterDays": 9}}]}]}})"},
    {"Selection", "AWS::Backup::BackupSelection", R"({"BackupPlanId": "@Plan", "BackupSelection": {"SelectionName": "files",
        "IamRoleArn": "@SyncRole.Arn", "Resources": ["@Files.Arn"], "NotResources": [], "ListOfTags": [{"ConditionKey": "a",
        "ConditionType": "STRINGEQUALS", "ConditionValue": "b"}], "Conditions": {"StringEquals": [{"ConditionKey": "aws:ResourceTag/a",
        "ConditionValue": "b"}]}}})"},
    {"Topic", "AWS::SNS::Topic", R"({"TopicName": "alerts", "DisplayName": "Alerts", "KmsMasterKeyId": "@Key",
        "TracingConfig": "Active", "SignatureVersion": "2", "Subscription": [{"Protocol": "sqs", "Endpoint": "@Events.Arn"}],
        "DeliveryStatusLogging": [{"Protocol": "http/s", "FailureFeedbackRoleArn": "@SyncRole.Arn", "SuccessFeedbackSampleRate": "10"}],
        "DataProtectionPolicy": {"Name": "p", "Version": "2021-06-01", "Statement": []}})"},
    {"TopicPolicy", "AWS::SNS::TopicPolicy", R"({"Topics": ["@Topic"], "PolicyDocument": {"Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": "sns:Publish",
            "Resource": "@Topic"}]}})"},
    {"Mail", "AWS::SNS::Subscription", R"({"TopicArn": "@Topic", "Protocol": "email", "Endpoint": "ops@example.org",
        "FilterPolicy": {"severity": ["high"]}, "FilterPolicyScope": "MessageAttributes", "RawMessageDelivery": false,
        "RedrivePolicy": {"deadLetterTargetArn": "@Dead.Arn"}})"},
};

constexpr Sample compute[] = {
    {"Role", "AWS::IAM::Role", R"({"RoleName": "reader", "Description": "d", "Path": "/", "MaxSessionDuration": 3600,
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]},
        "ManagedPolicyArns": ["arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole", "@Managed"],
        "Policies": [{"PolicyName": "logs", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
            "Action": ["logs:PutLogEvents"], "Resource": "@FunctionLogs.Arn"}]}}], "Tags": [{"Key": "a", "Value": "b"}]})"},
    {"Managed", "AWS::IAM::ManagedPolicy", R"({"ManagedPolicyName": "managed", "Description": "d", "Path": "/",
        "Roles": ["@Other"], "PolicyDocument": {"Version": "2012-10-17", "Statement": []}})"},
    {"Other", "AWS::IAM::Role", R"({"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}})"},
    {"Inline", "AWS::IAM::Policy", R"({"PolicyName": "inline", "Roles": ["@Role", "@Other"], "PolicyDocument":
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${aws:username}/*"}]}})"},
    {"OwnInline", "AWS::IAM::RolePolicy", R"({"PolicyName": "own", "RoleName": "@Other", "PolicyDocument":
        {"Version": "2012-10-17", "Statement": []}})"},
    {"Profile", "AWS::IAM::InstanceProfile", R"({"InstanceProfileName": "profile", "Path": "/", "Roles": ["@Other"]})"},
    {"FunctionLogs", "AWS::Logs::LogGroup", R"({"LogGroupName": "/aws/lambda/reader", "RetentionInDays": 7})"},
    {"Reader", "AWS::Lambda::Function", R"({"FunctionName": "reader", "Description": "d", "Handler": "reader",
        "Runtime": "provided.al2023", "Architectures": ["arm64"], "MemorySize": 1024, "Timeout": 30, "PackageType": "Zip",
        "ReservedConcurrentExecutions": 1, "Role": "@Role.Arn", "Code": {"S3Bucket": "b", "S3Key": "k", "S3ObjectVersion": "v"},
        "Environment": {"Variables": {"A": "${HOME}", "TOPIC": "@Topic"}}, "EphemeralStorage": {"Size": 512},
        "DeadLetterConfig": {"TargetArn": "@Dead.Arn"}, "KmsKeyArn": "@Key.Arn",
        "FileSystemConfigs": [{"Arn": "@Access.Arn", "LocalMountPath": "/mnt/db"}],
        "Layers": ["arn:aws:lambda:eu-central-1:123456789012:layer:x:1"],
        "LoggingConfig": {"LogFormat": "JSON", "LogGroup": "@FunctionLogs", "ApplicationLogLevel": "DEBUG", "SystemLogLevel": "INFO"},
        "RuntimeManagementConfig": {"UpdateRuntimeOn": "Auto"}, "SnapStart": {"ApplyOn": "None"},
        "TracingConfig": {"Mode": "Active"}, "Tags": [{"Key": "a", "Value": "b"}],
        "VpcConfig": {"SubnetIds": ["@Isolated"], "SecurityGroupIds": ["@ClientGroup"]}})"},
    {"Image", "AWS::Lambda::Function", R"({"Role": "@Role.Arn", "PackageType": "Image", "Code": {"ImageUri": "x/y:1"},
        "ImageConfig": {"Command": ["c"], "EntryPoint": ["e"], "WorkingDirectory": "/"}})"},
    {"ReaderVersion", "AWS::Lambda::Version", R"({"FunctionName": "@Reader"})"},
    {"Live", "AWS::Lambda::Alias", R"({"Name": "live", "Description": "d", "FunctionName": "@Reader",
        "FunctionVersion": "@ReaderVersion.Version", "ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 1},
        "RoutingConfig": {"AdditionalVersionWeights": [{"FunctionVersion": "1", "FunctionWeight": 0.1}]}})"},
    {"Invoke", "AWS::Lambda::Permission", R"({"Action": "lambda:InvokeFunction", "FunctionName": "@Live",
        "Principal": "apigateway.amazonaws.com", "SourceArn": "arn:aws:execute-api:eu-central-1:123456789012:x/*"})"},
    {"InvokeVersion", "AWS::Lambda::Permission", R"({"Action": "lambda:InvokeFunction", "FunctionName": "@ReaderVersion",
        "Principal": "events.amazonaws.com", "SourceAccount": "123456789012"})"},
    {"InvokeConfig", "AWS::Lambda::EventInvokeConfig", R"({"FunctionName": "@Reader", "Qualifier": "$LATEST",
        "MaximumEventAgeInSeconds": 60, "MaximumRetryAttempts": 0, "DestinationConfig": {"OnFailure": {"Destination": "@Dead.Arn"},
        "OnSuccess": {"Destination": "@Events.Arn"}}})"},
    {"Api", "AWS::ApiGatewayV2::Api", R"({"Name": "api", "ProtocolType": "HTTP", "Description": "d", "DisableExecuteApiEndpoint": false,
        "RouteSelectionExpression": "${request.method} ${request.path}", "Tags": {"a": "b"}, "IpAddressType": "ipv4",
        "CorsConfiguration": {"AllowHeaders": ["*"], "AllowMethods": ["POST"], "AllowOrigins": ["*"], "MaxAge": 60,
            "AllowCredentials": false, "ExposeHeaders": ["x"]}})"},
    {"Integration", "AWS::ApiGatewayV2::Integration", R"({"ApiId": "@Api", "IntegrationType": "AWS_PROXY",
        "IntegrationUri": "@Live", "PayloadFormatVersion": "2.0", "TimeoutInMillis": 30000, "IntegrationMethod": "POST",
        "RequestParameters": {"append:header.a": "$request.header.b"}, "ResponseParameters": {"200": {"ResponseParameters":
            [{"Destination": "append:header.a", "Source": "x"}]}}, "TlsConfig": {"ServerNameToVerify": "x"}})"},
    {"Authorizer", "AWS::ApiGatewayV2::Authorizer", R"({"ApiId": "@Api", "Name": "jwt", "AuthorizerType": "JWT",
        "IdentitySource": ["$request.header.Authorization"], "JwtConfiguration": {"Audience": ["a"], "Issuer": "https://i"}})"},
    {"Route", "AWS::ApiGatewayV2::Route", R"({"ApiId": "@Api", "RouteKey": "POST /graphql", "AuthorizationType": "JWT",
        "AuthorizerId": "@Authorizer", "AuthorizationScopes": ["a"], "Target": "integrations/x", "OperationName": "o",
        "RequestParameters": {"route.request.querystring.a": {"Required": true}}})"},
    {"ApiLogs", "AWS::Logs::LogGroup", "{}"},
    {"Stage", "AWS::ApiGatewayV2::Stage", R"({"ApiId": "@Api", "StageName": "$default", "AutoDeploy": true, "Tags": {"a": "b"},
        "AccessLogSettings": {"DestinationArn": "@ApiLogs.Arn", "Format": "$context.requestId"}, "StageVariables": {"a": "b"},
        "DefaultRouteSettings": {"ThrottlingBurstLimit": 10, "ThrottlingRateLimit": 5.5, "DetailedMetricsEnabled": true},
        "RouteSettings": {"POST /graphql": {"ThrottlingBurstLimit": 1}}})"},
    {"Template", "AWS::EC2::LaunchTemplate", R"({"LaunchTemplateName": "bastion", "VersionDescription": "d",
        "TagSpecifications": [{"ResourceType": "launch-template", "Tags": [{"Key": "a", "Value": "b"}]}],
        "LaunchTemplateData": {"ImageId": "ami-1", "InstanceType": "t4g.nano", "UserData": "ZWNobw==",
            "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": true, "VolumeSize": 8, "VolumeType": "gp3"}}],
            "MetadataOptions": {"HttpTokens": "required"}, "Monitoring": {"Enabled": true},
            "IamInstanceProfile": {"Arn": "@Profile.Arn"}, "SecurityGroupIds": ["@ClientGroup"],
            "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "a", "Value": "b"}]}]}})"},
    {"Bastion", "AWS::EC2::Instance", R"({"ImageId": "ami-1", "InstanceType": "t4g.nano", "SubnetId": "@Isolated",
        "SecurityGroupIds": ["@ClientGroup"], "IamInstanceProfile": "@Profile", "UserData": "ZWNobw==", "Monitoring": true,
        "LaunchTemplate": {"LaunchTemplateId": "@Template", "Version": "@Template.LatestVersionNumber"},
        "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": true, "VolumeSize": 8}},
            {"DeviceName": "/dev/sdf", "Ebs": {"Encrypted": true, "VolumeSize": 10, "DeleteOnTermination": true}},
            {"DeviceName": "/dev/sdg", "VirtualName": "ephemeral0"}],
        "MetadataOptions": {"HttpTokens": "required"}, "CreditSpecification": {"CPUCredits": "standard"}, "EbsOptimized": true,
        "PropagateTagsToVolumeOnCreation": true, "Tags": [{"Key": "Name", "Value": "bastion"}], "SourceDestCheck": true})"},
    {"PublicHost", "AWS::EC2::Instance", R"({"ImageId": "ami-1", "NetworkInterfaces": [{"DeviceIndex": "0", "SubnetId": "@Isolated",
        "GroupSet": ["@ClientGroup"], "AssociatePublicIpAddress": true, "DeleteOnTermination": true}]})"},
    {"Errors", "AWS::CloudWatch::Alarm", R"({"ActionsEnabled": true, "AlarmActions": ["@Topic"], "OKActions": ["@Topic"],
        "InsufficientDataActions": [], "AlarmDescription": "100% of ${x}", "ComparisonOperator": "GreaterThanThreshold",
        "Dimensions": [{"Name": "FunctionName", "Value": "@Reader"}], "EvaluationPeriods": 1, "DatapointsToAlarm": 1,
        "MetricName": "Errors", "Namespace": "AWS/Lambda", "Period": 300, "Statistic": "Sum", "Threshold": 0,
        "TreatMissingData": "notBreaching", "Unit": "Count"})"},
    {"Rate", "AWS::CloudWatch::Alarm", R"({"AlarmName": "rate", "ComparisonOperator": "GreaterThanUpperThreshold",
        "EvaluationPeriods": 2, "ThresholdMetricId": "band", "Metrics": [{"Id": "band", "Expression": "ANOMALY_DETECTION_BAND(m, 2)", "ReturnData": true, "Label": "l"},
        {"Id": "m", "MetricStat": {"Metric": {"Namespace": "AWS/Lambda", "MetricName": "Errors", "Dimensions":
            [{"Name": "FunctionName", "Value": "@Reader"}]}, "Period": 60, "Stat": "Sum", "Unit": "Count"}, "ReturnData": true}]})"},
    {"Both", "AWS::CloudWatch::CompositeAlarm", R"({"AlarmRule": "ALARM(rate)", "ActionsEnabled": true, "AlarmActions": ["@Topic"],
        "ActionsSuppressor": "@Errors.Arn", "ActionsSuppressorExtensionPeriod": 60, "ActionsSuppressorWaitPeriod": 60})"},
    {"Board", "AWS::CloudWatch::Dashboard", R"({"DashboardName": "board", "DashboardBody": "{\"widgets\": []}"})"},
    {"Nightly", "AWS::Events::Rule", R"({"Name": "nightly", "Description": "d", "ScheduleExpression": "rate(1 day)", "State": "ENABLED",
        "EventPattern": {"source": ["aws.s3"], "detail": {"size": [{"numeric": [">", 1]}]}},
        "Targets": [{"Id": "reader", "Arn": "@Live", "DeadLetterConfig": {"Arn": "@Dead.Arn"}, "RoleArn": "@Role.Arn",
            "RetryPolicy": {"MaximumEventAgeInSeconds": 60, "MaximumRetryAttempts": 1},
            "InputTransformer": {"InputPathsMap": {"a": "$.detail"}, "InputTemplate": "{\"x\": <a>}"}},
            {"Id": "queue", "Arn": "@Events.Arn", "Input": "{\"a\": 1}", "SqsParameters": {"MessageGroupId": "g"}}]})"},
    {"Hourly", "AWS::Scheduler::Schedule", R"({"Name": "hourly", "Description": "d", "ScheduleExpression": "rate(1 hour)",
        "ScheduleExpressionTimezone": "Europe/Berlin", "State": "ENABLED", "FlexibleTimeWindow": {"Mode": "FLEXIBLE",
        "MaximumWindowInMinutes": 5}, "Target": {"Arn": "@Reader.Arn", "RoleArn": "@Role.Arn", "Input": "{}",
        "DeadLetterConfig": {"Arn": "@Dead.Arn"}, "RetryPolicy": {"MaximumRetryAttempts": 1}}})"},
};

class Samples {
  public:
    explicit Samples(App& app) : app_(app) {}

    template <std::size_t N>
    Stack& add(const char* stackId, const Sample (&samples)[N]) {
        auto& stack = app_.add<Stack>(stackId,
            StackProps{.env = {.account = "123456789012", .region = "eu-central-1"},
                .description = "samples"});
        // All resources exist before their properties, which may refer in either direction.
        for (const auto& sample : samples) {
            auto& resource = stack.add<RawResource>(
                sample.id, {.type = Str(sample.type), .properties = Any::object({})});
            resources_[sample.id] = &resource;
        }
        for (const auto& sample : samples) {
            const auto properties = Any::json(sample.properties);
            for (const auto& [key, value] : as<MapNode>(*properties.node()).entries) {
                resources_[sample.id]->addPropertyOverride(key, resolve(value));
            }
        }
        return stack;
    }
    Resource& at(const std::string& id) { return *resources_.at(id); }

  private:
    Value resolve(const Value& value) {
        const Node& node = *value.node();
        if (node.kind == NodeKind::List) {
            std::vector<Value> items;
            for (const auto& item : as<ListNode>(node).items) items.push_back(resolve(item));
            return make<ListNode>(std::move(items));
        }
        if (node.kind == NodeKind::Map) {
            std::vector<MapNode::Entry> entries;
            for (const auto& [key, item] : as<MapNode>(node).entries) {
                entries.emplace_back(key, resolve(item));
            }
            return make<MapNode>(std::move(entries));
        }
        const auto* text = literal(value);
        if (text == nullptr || !text->starts_with('@')) return value;
        const auto dot = text->find('.');
        const auto id = text->substr(1, dot == std::string::npos ? dot : dot - 1);
        if (resources_.count(id) == 0) throw std::logic_error("no sample " + id);
        auto& resource = *resources_[id];
        return dot == std::string::npos ? Value(resource.ref())
                                        : Value(resource.attribute(text->substr(dot + 1)));
    }

    App& app_;
    std::map<std::string, Resource*> resources_;
};

/// Parameters, conditions, mappings, functions of all kinds, and outputs.
void addLanguage(Stack& stack, Samples& samples) {
    auto& size = stack.add<Parameter>("Size",
        {.type = ParameterType::Number, .defaultValue = "5", .minValue = 1, .maxValue = 10});
    auto& stage = stack.add<Parameter>("Stage",
        {.defaultValue = "prod", .allowedValues = {"dev", "prod"}, .allowedPattern = "[a-z]+"});
    auto& names = stack.add<Parameter>(
        "Names", {.type = ParameterType::CommaDelimitedList, .defaultValue = "a, b", .minLength = 1});
    auto& hidden = stack.add<Parameter>("Hidden", {.defaultValue = "${secret}", .noEcho = true});
    auto& image = stack.add<Parameter>("Image",
        {.type = ParameterType::SsmString,
            .typeName = "AWS::EC2::Image::Id",
            .defaultValue = "/aws/service/ami"});
    auto& isProd = stack.add<Condition>("IsProd", {.expression = equals(stage.value(), "prod")});
    auto& isBig = stack.add<Condition>("IsBig",
        {.expression = anyOf({allOf({isProd, notOf(equals(size.value(), "3"))}), isProd})});
    auto& table = stack.add<Mapping>(
        "Table", {.values = {{"prod", {{"days", Any(30)}}}, {"dev", {{"days", Any(1)}}}}});
    auto& queue = stack.add<RawResource>("Optional",
        {.type = "AWS::SQS::Queue",
            .properties = Any::object({
                {"QueueName", sub("{}-{}-queue", stackName(), stage.value())},
                {"DelaySeconds", ifElse<Any>(isBig, 5, NoValue{})},
                {"MessageRetentionPeriod", findInMap(table, stage.value(), "days")},
                {"Tags",
                    Any::list({Any::object({{"Key", "a"}, {"Value", size.value()}}),
                        ifElse<Any>(isBig, Any::object({{"Key", "big"}, {"Value", "yes"}}),
                            NoValue{})})},
                {"RedriveAllowPolicy",
                    Any::object({{"redrivePermission", stage.value()},
                        {"list", Any::list({"x", ifElse<Any>(isProd, "y", NoValue{})})}})},
            })});
    queue.setCondition(isProd);
    stack.add<RawResource>("Bucket",
        {.type = "AWS::S3::Bucket",
            .properties = Any::object({{"VersioningConfiguration",
                                           ifElse<Any>(isProd, Any::object({{"Status", "Enabled"}}),
                                               NoValue{})},
                {"LifecycleConfiguration",
                    Any::object({{"Rules",
                        Any::list({Any::object({{"Id", "one"}, {"Status", "Enabled"},
                                       {"ExpirationInDays", 1}}),
                            ifElse<Any>(isProd,
                                Any::object({{"Id", "two"}, {"Status", "Enabled"},
                                    {"ExpirationInDays", 2}}),
                                NoValue{})})}})}})});
    const auto output = [&](const char* id, Any value) {
        stack.add<Output>(id, {.value = std::move(value), .description = "${d}"});
    };
    output("Join", join("-", names.list()));
    output("Select", select(1, split(",", "a,b")));
    output("Zone", select(0, getAzs()));
    output("OtherZone", select(0, getAzs("us-east-1")));
    output("Cidr", select(1, cidr("10.0.0.0/16", 4, 8)));
    output("Base64", base64(stage.value()));
    output("Account", sub("{}/{}/{}/{}", accountId(), region(), partition(), urlSuffix()));
    output("Hidden", hidden.value());
    output("Image", image.value());
    output("Length", length(names.list()));
    output("Json", toJsonString(Any::object({{"a", stage.value()}})));
    output("Queue", sub("${{x}} $$ {} costs 5$", queue.attribute("Arn")));
    output("Endpoint", select(0, StrList::of(samples.at("SsmEndpoint").attributeList("DnsEntries"))));
    stack.add<Output>("OnlyProd", {.value = queue.ref()}).setCondition(isProd);
}

}  // namespace

void addEveryMappedType(App& app) {
    Samples samples(app);
    samples.add("Network", network);
    samples.add("Storage", storage);
    auto& computed = samples.add("Compute", compute);
    auto& language = app.add<Stack>("Language");
    addLanguage(language, samples);
    auto& asset = computed.add<Asset>("Code", {});
    asset.setPacked("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    auto& packed = computed.add<RawResource>("Packed",
        {.type = "AWS::Lambda::Function",
            .properties = Any::object({{"Code", asset.value()}, {"Handler", "x"},
                {"Runtime", "provided.al2023"}, {"Role", samples.at("Role").attribute("Arn")}})});
    packed.addDependency(samples.at("Inline"));
    samples.at("Files").setRemovalPolicy(RemovalPolicy::Retain);
    samples.at("SyncLogs").setRemovalPolicy(RemovalPolicy::Retain);
}

}  // namespace loam::samples
