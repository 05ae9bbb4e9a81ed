"""The table of CloudFormation types that are made through a service's API, and what each needs besides."""
import io, json, re, sys, zipfile

from moto_plus.conversion import Bad, conv
from moto_plus.settings import client


class A:
    """Adapter: how one CloudFormation type is made through the service's API."""
    def __init__(self, service, op, ref, attrs=None, rename=None, drop=(), name=None, extra=None,
                 pre=None, post=None, delete=None):
        self.__dict__.update(locals())


def gen_secret(ctx):
    g = ctx.p.pop("GenerateSecretString", None)
    if g is not None:
        tpl, key = g.pop("SecretStringTemplate", None), g.pop("GenerateStringKey", None)
        c = client("secretsmanager", ctx.region)
        pw = c.get_random_password(**conv(g, c.meta.service_model.operation_model("GetRandomPassword").input_shape, "GenerateSecretString"))["RandomPassword"]
        if tpl:
            d = json.loads(tpl); d[key] = pw; pw = json.dumps(d)
        ctx.p["SecretString"] = pw


def lambda_pre(ctx):
    code = ctx.p.get("Code", {})
    if "ZipFile" in code and isinstance(code["ZipFile"], str):
        b = io.BytesIO()
        with zipfile.ZipFile(b, "w") as z: z.writestr("index.js", code["ZipFile"])
        code["ZipFile"] = b.getvalue()
    for k in ("ReservedConcurrentExecutions", "RecursiveLoop", "RuntimeManagementConfig"):
        ctx.keep[k] = ctx.p.pop(k, None)


def lambda_post(ctx):
    r = ctx.keep.get("ReservedConcurrentExecutions")
    c = client("lambda", ctx.region)
    if r is not None:
        c.put_function_concurrency(FunctionName=ctx.req["FunctionName"], ReservedConcurrentExecutions=int(r))
    from moto.awslambda.models import lambda_backends
    fn = lambda_backends[ctx.account][ctx.region].get_function(ctx.req["FunctionName"])
    fn._loam_fs = ctx.req.get("FileSystemConfigs")
    arns = set()
    for fs in fn._loam_fs or []:
        if not re.fullmatch(r"arn:[^:]+:elasticfilesystem:[^:]+:\d{12}:access-point/fsap-[0-9a-f]+", fs["Arn"]):
            raise Bad("FileSystemConfigs/Arn: %s is not an access point ARN" % fs["Arn"])
        if not re.fullmatch(r"/mnt/[a-zA-Z0-9-_.]+", fs["LocalMountPath"]):
            raise Bad("FileSystemConfigs/LocalMountPath: %s must match ^/mnt/[a-zA-Z0-9-_.]+$" % fs["LocalMountPath"])
        if not ctx.req.get("VpcConfig", {}).get("SubnetIds"):
            raise Bad("a function with FileSystemConfigs must have a VpcConfig")


def alias_pre(ctx):
    ctx.keep["pc"] = ctx.p.pop("ProvisionedConcurrencyConfig", None)


def alias_post(ctx):
    if ctx.keep["pc"]:
        try:
            client("lambda", ctx.region).put_provisioned_concurrency_config(FunctionName=ctx.req["FunctionName"], Qualifier=ctx.req["Name"],
                ProvisionedConcurrentExecutions=int(ctx.keep["pc"]["ProvisionedConcurrentExecutions"]))
        except Exception as e:                                    # moto 5.2.1 has no such operation
            sys.stderr.write("moto-plus: provisioned concurrency not stored (%s)\n" % str(e)[:80])


def each(prop, service, op, param, value):
    def post(ctx):
        for x in ctx.props[prop]:
            getattr(client(service, ctx.region), op)(**value(ctx, x))
    return post


def egress_pre(ctx):
    p = ctx.p
    perm = {"IpProtocol": str(p["IpProtocol"])}
    for k in ("FromPort", "ToPort"):
        if k in p: perm[k] = int(p[k])
    if "CidrIp" in p: perm["IpRanges"] = [{"CidrIp": p["CidrIp"]}]
    if "CidrIpv6" in p: perm["Ipv6Ranges"] = [{"CidrIpv6": p["CidrIpv6"]}]
    if "DestinationSecurityGroupId" in p: perm["UserIdGroupPairs"] = [{"GroupId": p["DestinationSecurityGroupId"]}]
    if "DestinationPrefixListId" in p: perm["PrefixListIds"] = [{"PrefixListId": p["DestinationPrefixListId"]}]
    ctx.p = {"GroupId": p["GroupId"], "IpPermissions": [perm]}


def target_attach(ctx):
    sm = client("secretsmanager", ctx.region)
    s = json.loads(sm.get_secret_value(SecretId=ctx.p["SecretId"]).get("SecretString") or "{}")
    c = client("rds", ctx.region)
    if ctx.p["TargetType"] == "AWS::RDS::DBCluster":
        d = c.describe_db_clusters(DBClusterIdentifier=ctx.p["TargetId"])["DBClusters"][0]
        s.update(engine=d["Engine"], host=d["Endpoint"], port=d["Port"], dbClusterIdentifier=d["DBClusterIdentifier"])
    elif ctx.p["TargetType"] == "AWS::RDS::DBInstance":
        d = c.describe_db_instances(DBInstanceIdentifier=ctx.p["TargetId"])["DBInstances"][0]
        s.update(engine=d["Engine"], host=d["Endpoint"]["Address"], port=d["Endpoint"]["Port"])
    ctx.p = {"SecretId": ctx.p["SecretId"], "SecretString": json.dumps(s)}


def lowername(*keys):
    def pre(ctx):
        for k in keys:
            ctx.p.setdefault(k, ctx.gen.lower()[:60])
    return pre


def db_pre(ctx):
    lowername("DBInstanceIdentifier")(ctx)
    if "VPCSecurityGroups" in ctx.p: ctx.p["VpcSecurityGroupIds"] = ctx.p.pop("VPCSecurityGroups")
    if "DBClusterIdentifier" in ctx.p: ctx.p.setdefault("Engine", "aurora-postgresql")


def sns_sub_pre(ctx):
    ex = {k: ctx.p.pop(k) for k in ("FilterPolicy", "RawMessageDelivery", "RedrivePolicy", "FilterPolicyScope", "DeliveryPolicy") if k in ctx.p}
    if ex: ctx.p["Attributes"] = {k: json.dumps(v) if isinstance(v, (dict, list)) else str(v).lower() if isinstance(v, bool) else v for k, v in ex.items()}
    ctx.p["ReturnSubscriptionArn"] = True


ADAPT = {
 "AWS::S3::BucketPolicy": A("s3", "put_bucket_policy", "req.Bucket", rename={"PolicyDocument": "Policy"}, delete=("delete_bucket_policy", {"Bucket": "ref"})),
 "AWS::EC2::SecurityGroupEgress": A("ec2", "authorize_security_group_egress", "gen", pre=egress_pre),
 "AWS::IAM::RolePolicy": A("iam", "put_role_policy", "req.PolicyName", delete=("delete_role_policy", {"RoleName": "req.RoleName", "PolicyName": "req.PolicyName"})),
 "AWS::Lambda::Function": A("lambda", "create_function", "req.FunctionName", {"Arn": "resp.FunctionArn"}, name="FunctionName", pre=lambda_pre, post=lambda_post,
    rename={"Code": "Code"}, delete=("delete_function", {"FunctionName": "ref"})),
 "AWS::Lambda::Alias": A("lambda", "create_alias", "resp.AliasArn", {"AliasArn": "resp.AliasArn"}, pre=alias_pre, post=alias_post, delete=("delete_alias", {"FunctionName": "req.FunctionName", "Name": "req.Name"})),
 "AWS::Lambda::Version": A("lambda", "publish_version", "resp.FunctionArn", {"Version": "resp.Version", "FunctionArn": "resp.FunctionArn"}, drop=("ProvisionedConcurrencyConfig", "RuntimePolicy")),
 "AWS::Lambda::Url": A("lambda", "create_function_url_config", "resp.FunctionArn", {"FunctionUrl": "resp.FunctionUrl", "FunctionArn": "resp.FunctionArn"}, rename={"TargetFunctionArn": "FunctionName"}, delete=("delete_function_url_config", {"FunctionName": "req.FunctionName"})),
 "AWS::Lambda::EventInvokeConfig": A("lambda", "put_function_event_invoke_config", "gen", delete=("delete_function_event_invoke_config", {"FunctionName": "req.FunctionName", "Qualifier": "req.Qualifier"})),
 "AWS::Lambda::Permission": A("lambda", "add_permission", "req.StatementId", name="StatementId"),
 "AWS::ApiGatewayV2::Api": A("apigatewayv2", "create_api", "resp.ApiId", {"ApiId": "resp.ApiId", "ApiEndpoint": "resp.ApiEndpoint"}, delete=("delete_api", {"ApiId": "ref"})),
 "AWS::ApiGatewayV2::Integration": A("apigatewayv2", "create_integration", "resp.IntegrationId", {"IntegrationId": "resp.IntegrationId"}),
 "AWS::ApiGatewayV2::Route": A("apigatewayv2", "create_route", "resp.RouteId", {"RouteId": "resp.RouteId"}),
 "AWS::ApiGatewayV2::Authorizer": A("apigatewayv2", "create_authorizer", "resp.AuthorizerId", {"AuthorizerId": "resp.AuthorizerId"}, extra={"AuthorizerResultTtlInSeconds": None}),
 "AWS::ApiGatewayV2::Stage": A("apigatewayv2", "create_stage", "req.StageName", delete=("delete_stage", {"ApiId": "req.ApiId", "StageName": "req.StageName"})),
 "AWS::Logs::MetricFilter": A("logs", "put_metric_filter", "req.filterName", name="FilterName", delete=("delete_metric_filter", {"logGroupName": "req.logGroupName", "filterName": "req.filterName"})),
 "AWS::Logs::SubscriptionFilter": A("logs", "put_subscription_filter", "req.filterName", name="FilterName", delete=("delete_subscription_filter", {"logGroupName": "req.logGroupName", "filterName": "req.filterName"})),
 "AWS::Logs::QueryDefinition": A("logs", "put_query_definition", "resp.queryDefinitionId", {"QueryDefinitionId": "resp.queryDefinitionId"}, delete=("delete_query_definition", {"queryDefinitionId": "ref"})),
 "AWS::CloudWatch::Alarm": A("cloudwatch", "put_metric_alarm", "req.AlarmName", {"Arn": "arn:aws:cloudwatch:{region}:{account}:alarm:{ref}"}, name="AlarmName", delete=("delete_alarms", {"AlarmNames": ["ref"]})),
 "AWS::CloudWatch::CompositeAlarm": A("cloudwatch", "put_composite_alarm", "req.AlarmName", {"Arn": "arn:aws:cloudwatch:{region}:{account}:alarm:{ref}"}, name="AlarmName", delete=("delete_alarms", {"AlarmNames": ["ref"]})),
 "AWS::SNS::TopicPolicy": A("sns", None, "gen", post=each("Topics", "sns", "set_topic_attributes", None, lambda c, t: dict(TopicArn=t, AttributeName="Policy", AttributeValue=json.dumps(c.props["PolicyDocument"])))),
 "AWS::SNS::Subscription": A("sns", "subscribe", "resp.SubscriptionArn", {"Arn": "resp.SubscriptionArn"}, pre=sns_sub_pre),
 "AWS::SQS::QueuePolicy": A("sqs", None, "gen", post=each("Queues", "sqs", "set_queue_attributes", None, lambda c, q: dict(QueueUrl=q, Attributes={"Policy": json.dumps(c.props["PolicyDocument"])}))),
 "AWS::Scheduler::Schedule": A("scheduler", "create_schedule", "req.Name", {"Arn": "resp.ScheduleArn"}, name="Name", delete=("delete_schedule", {"Name": "ref"})),
 "AWS::Scheduler::ScheduleGroup": A("scheduler", "create_schedule_group", "req.Name", {"Arn": "resp.ScheduleGroupArn"}, name="Name", delete=("delete_schedule_group", {"Name": "ref"})),
 "AWS::Events::Rule": None,
 "AWS::RDS::DBCluster": A("rds", "create_db_cluster", "req.DBClusterIdentifier", {"Endpoint.Address": "resp.DBCluster.Endpoint", "Endpoint.Port": "resp.DBCluster.Port", "ReadEndpoint.Address": "resp.DBCluster.ReaderEndpoint", "DBClusterArn": "resp.DBCluster.DBClusterArn", "DBClusterResourceId": "resp.DBCluster.DbClusterResourceId", "MasterUserSecret.SecretArn": "resp.DBCluster.MasterUserSecret.SecretArn"},
    pre=lowername("DBClusterIdentifier"), drop=("AssociatedRoles",), delete=("delete_db_cluster", {"DBClusterIdentifier": "ref", "SkipFinalSnapshot": True})),
 "AWS::RDS::DBInstance": A("rds", "create_db_instance", "req.DBInstanceIdentifier", {"Endpoint.Address": "resp.DBInstance.Endpoint.Address", "Endpoint.Port": "resp.DBInstance.Endpoint.Port", "DBInstanceArn": "resp.DBInstance.DBInstanceArn", "DbiResourceId": "resp.DBInstance.DbiResourceId", "MasterUserSecret.SecretArn": "resp.DBInstance.MasterUserSecret.SecretArn"},
    pre=db_pre, drop=("AssociatedRoles",), delete=("delete_db_instance", {"DBInstanceIdentifier": "ref", "SkipFinalSnapshot": True})),
 "AWS::RDS::DBParameterGroup": A("rds", "create_db_parameter_group", "req.DBParameterGroupName", {"DBParameterGroupName": "req.DBParameterGroupName"}, rename={"Family": "DBParameterGroupFamily"}, drop=("Parameters",), pre=lowername("DBParameterGroupName"), delete=("delete_db_parameter_group", {"DBParameterGroupName": "ref"})),
 "AWS::RDS::DBClusterParameterGroup": A("rds", "create_db_cluster_parameter_group", "req.DBClusterParameterGroupName", rename={"Family": "DBParameterGroupFamily"}, drop=("Parameters",), pre=lowername("DBClusterParameterGroupName"), delete=("delete_db_cluster_parameter_group", {"DBClusterParameterGroupName": "ref"})),
 "AWS::RDS::DBSubnetGroup": A("rds", "create_db_subnet_group", "req.DBSubnetGroupName", pre=lowername("DBSubnetGroupName"), delete=("delete_db_subnet_group", {"DBSubnetGroupName": "ref"})),
 "AWS::RDS::OptionGroup": A("rds", "create_option_group", "req.OptionGroupName", rename={}, drop=("OptionConfigurations",), pre=lowername("OptionGroupName"), delete=("delete_option_group", {"OptionGroupName": "ref"})),
 "AWS::RDS::GlobalCluster": A("rds", "create_global_cluster", "req.GlobalClusterIdentifier", pre=lowername("GlobalClusterIdentifier")),
 "AWS::RDS::DBProxy": A("rds", "create_db_proxy", "req.DBProxyName", {"Endpoint": "resp.DBProxy.Endpoint", "DBProxyArn": "resp.DBProxy.DBProxyArn"}, delete=("delete_db_proxy", {"DBProxyName": "ref"})),
 "AWS::RDS::DBProxyTargetGroup": A("rds", "register_db_proxy_targets", "gen", drop=("ConnectionPoolConfigurationInfo",), rename={}),
 "AWS::RDS::EventSubscription": A("rds", "create_event_subscription", "req.SubscriptionName", name="SubscriptionName", delete=("delete_event_subscription", {"SubscriptionName": "ref"})),
 "AWS::OpenSearchService::Domain": A("opensearch", "create_domain", "req.DomainName", {"Arn": "resp.DomainStatus.ARN", "DomainEndpoint": "resp.DomainStatus.Endpoint", "Id": "resp.DomainStatus.DomainId"}, rename={"Tags": "TagList"}, pre=lowername("DomainName"), delete=("delete_domain", {"DomainName": "ref"})),
 "AWS::SecretsManager::Secret": A("secretsmanager", "create_secret", "resp.ARN", {"Id": "resp.ARN"}, name="Name", pre=gen_secret, rename={"ReplicaRegions": "AddReplicaRegions"}, delete=("delete_secret", {"SecretId": "ref", "ForceDeleteWithoutRecovery": True})),
 "AWS::SecretsManager::SecretTargetAttachment": A("secretsmanager", "put_secret_value", "req.SecretId", pre=target_attach),
 "AWS::SecretsManager::RotationSchedule": A("secretsmanager", "rotate_secret", "req.SecretId", drop=("HostedRotationLambda",), rename={"RotateImmediatelyOnUpdate": "RotateImmediately"}),
 "AWS::SecretsManager::ResourcePolicy": A("secretsmanager", "put_resource_policy", "req.SecretId"),
 "AWS::Backup::BackupVault": A("backup", "create_backup_vault", "req.BackupVaultName", {"BackupVaultArn": "resp.BackupVaultArn", "BackupVaultName": "req.BackupVaultName"}, drop=("LockConfiguration", "AccessPolicy", "Notifications"), delete=("delete_backup_vault", {"BackupVaultName": "ref"})),
 "AWS::Backup::BackupPlan": A("backup", "create_backup_plan", "resp.BackupPlanId", {"BackupPlanId": "resp.BackupPlanId", "BackupPlanArn": "resp.BackupPlanArn", "VersionId": "resp.VersionId"}, delete=("delete_backup_plan", {"BackupPlanId": "ref"}),
    pre=lambda c: c.p["BackupPlan"].update(Rules=[dict({k: v for k, v in r.items() if k != "TargetBackupVault"}, TargetBackupVaultName=r.get("TargetBackupVault")) for r in c.p["BackupPlan"].pop("BackupPlanRule")])),
 "AWS::Backup::BackupSelection": A("backup", "create_backup_selection", "resp.SelectionId", pre=None),
 "AWS::DataSync::LocationEFS": A("datasync", "create_location_efs", "resp.LocationArn", {"LocationArn": "resp.LocationArn"}, delete=("delete_location", {"LocationArn": "ref"})),
 "AWS::DataSync::LocationS3": A("datasync", "create_location_s3", "resp.LocationArn", {"LocationArn": "resp.LocationArn"}, delete=("delete_location", {"LocationArn": "ref"})),
 "AWS::DataSync::Task": A("datasync", "create_task", "resp.TaskArn", {"TaskArn": "resp.TaskArn"}, delete=("delete_task", {"TaskArn": "ref"})),
 "AWS::KinesisFirehose::DeliveryStream": A("firehose", "create_delivery_stream", "req.DeliveryStreamName", {"Arn": "resp.DeliveryStreamARN"}, name="DeliveryStreamName", delete=("delete_delivery_stream", {"DeliveryStreamName": "ref"})),
 "AWS::ApplicationAutoScaling::ScalableTarget": A("application-autoscaling", "register_scalable_target", "target", {}),
 "AWS::ApplicationAutoScaling::ScalingPolicy": A("application-autoscaling", "put_scaling_policy", "resp.PolicyARN", {"Arn": "resp.PolicyARN"}, pre=lambda c: c.p.update(zip(("ResourceId", "ScalableDimension", "ServiceNamespace"), c.p.pop("ScalingTargetId").split("|"))) if "ScalingTargetId" in c.p else None),
 "AWS::DAX::Cluster": A("dax", "create_cluster", "req.ClusterName", {"Arn": "resp.Cluster.ClusterArn"}, rename={"SSESpecification": "SSESpecification"}, pre=lowername("ClusterName"), delete=("delete_cluster", {"ClusterName": "ref"})),
 "AWS::ElastiCache::ReplicationGroup": A("elasticache", "create_replication_group", "req.ReplicationGroupId", pre=lowername("ReplicationGroupId")),
 "AWS::Glue::Database": A("glue", "create_database", "req.DatabaseInput.Name", drop=("CatalogId",), delete=("delete_database", {"Name": "ref"})),
 "AWS::Athena::WorkGroup": A("athena", "create_work_group", "req.Name", delete=("delete_work_group", {"WorkGroup": "ref"}), drop=("RecursiveDeleteOption", "State"), rename={"WorkGroupConfiguration": "Configuration"}),
 "AWS::ECR::Repository": A("ecr", "create_repository", "req.repositoryName", {"Arn": "resp.repository.repositoryArn", "RepositoryUri": "resp.repository.repositoryUri"}, pre=lowername("RepositoryName"), drop=("LifecyclePolicy", "RepositoryPolicyText", "EmptyOnDelete"), delete=("delete_repository", {"repositoryName": "ref", "force": True})),
}
ADAPT = {k: v for k, v in ADAPT.items() if v}
# Types that are only recorded: a reference and made-up attributes, nothing behind them.
RECORD = ("AWS::CDK::Metadata", "AWS::CloudFormation::WaitConditionHandle", "AWS::CloudFormation::WaitCondition",
          "AWS::Pipes::Pipe", "AWS::DynamoDB::GlobalTable", "AWS::OpenSearchServerless::Collection",
          "AWS::OpenSearchServerless::SecurityPolicy", "AWS::OpenSearchServerless::AccessPolicy", "AWS::DAX::SubnetGroup",
          "AWS::DAX::ParameterGroup", "AWS::WAFv2::WebACL", "AWS::WAFv2::WebACLAssociation", "AWS::Logs::ResourcePolicy_",
          "AWS::ElastiCache::SubnetGroup", "AWS::Glue::Table", "AWS::Glue::Crawler", "AWS::RDS::DBProxyEndpoint")
ADAPT.update({t: A("", None, "gen") for t in RECORD})
