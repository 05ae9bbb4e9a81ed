#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

void finishVault(Builder& builder) {
    builder.documentPart(
        "AccessPolicy", "aws_backup_vault_policy", "policy", "backup_vault_name", "name");
    builder.partFor("LockConfiguration", "aws_backup_vault_lock_configuration",
        {"ChangeableForDays", "MaxRetentionDays", "MinRetentionDays"}, "backup_vault_name", "name");
    builder.partFor("Notifications", "aws_backup_vault_notifications",
        {"BackupVaultEvents", {"SNSTopicArn", "sns_topic_arn"}}, "backup_vault_name", "name");
}

TypeMapping plan() {
    const Table lifecycle{{"DeleteAfterDays", "delete_after"},
        {"MoveToColdStorageAfterDays", "cold_storage_after"},
        "OptInToArchiveForSupportedResources"};
    const Table copy{
        {"DestinationBackupVaultArn", "destination_vault_arn"}, block("Lifecycle", lifecycle)};
    const Table rule{{"CompletionWindowMinutes", "completion_window"},
        block("CopyActions", "copy_action", copy), "EnableContinuousBackup",
        block("Lifecycle", lifecycle), "RecoveryPointTags", "RuleName",
        {"ScheduleExpression", "schedule"}, "ScheduleExpressionTimezone",
        {"StartWindowMinutes", "start_window"}, {"TargetBackupVault", "target_vault_name"}};
    return {"AWS::Backup::BackupPlan", "aws_backup_plan",
        {flatten("BackupPlan",
             {block("AdvancedBackupSettings", "advanced_backup_setting",
                  {"BackupOptions", "ResourceType"}),
                 {"BackupPlanName", "name"}, block("BackupPlanRule", "rule", rule)}),
            {"BackupPlanTags", "tags"}},
        {{"Ref", "id"}, {"BackupPlanId", "id"}, {"BackupPlanArn", "arn"},
            {"VersionId", "version"}}};
}

TypeMapping selection() {
    const Table parameter{{"ConditionKey", "key"}, {"ConditionValue", "value"}};
    return {"AWS::Backup::BackupSelection", "aws_backup_selection",
        {{"BackupPlanId", "plan_id"},
            flatten("BackupSelection",
                {block("Conditions", "condition",
                     {block("StringEquals", parameter), block("StringLike", parameter),
                         block("StringNotEquals", parameter), block("StringNotLike", parameter)}),
                    "IamRoleArn",
                    block("ListOfTags", "selection_tag",
                        {{"ConditionKey", "key"}, {"ConditionType", "type"},
                            {"ConditionValue", "value"}}),
                    "NotResources", "Resources", {"SelectionName", "name"}})},
        {{"Ref", "id"}, {"Id", "id"}, {"SelectionId", "id"}, {"BackupPlanId", "plan_id"}}};
}

}  // namespace

std::vector<TypeMapping> backupMappings() {
    return {plan(), selection(),
        {"AWS::Backup::BackupVault", "aws_backup_vault",
            {custom("AccessPolicy"), {"BackupVaultName", "name"}, {"BackupVaultTags", "tags"},
                {"EncryptionKeyArn", "kms_key_arn"}, custom("LockConfiguration"),
                custom("Notifications")},
            {{"Ref", "name"}, {"BackupVaultName", "name"}, {"BackupVaultArn", "arn"}},
            finishVault}};
}

}  // namespace loam::terraform
