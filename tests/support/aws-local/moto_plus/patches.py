"""Mends of moto 5.2.1 itself: attributes, deletions, change sets and copies that it gets wrong or lacks."""
import copy, json, re, sys

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError

from moto_plus.settings import client

# ---- holes in moto's own classes
from moto.efs.models import FileSystem, AccessPoint


def _fs_attr(self, n):
    if n == "Arn": return self.file_system_arn
    if n == "FileSystemId": return self.file_system_id
    raise ValidationError(message="no attribute " + n)


FileSystem.get_cfn_attribute = _fs_attr
FileSystem.has_cfn_attr = classmethod(lambda c, a: a in ("Arn", "FileSystemId"))
def _ap_attr(self, n):
    if n == "Arn": return self.access_point_arn
    if n == "AccessPointId": return self.access_point_id
    raise ValidationError(message="no attribute " + n)


AccessPoint.get_cfn_attribute = _ap_attr
AccessPoint.has_cfn_attr = classmethod(lambda c, a: a in ("Arn", "AccessPointId"))
if not hasattr(AccessPoint, "physical_resource_id"):
    AccessPoint.physical_resource_id = property(lambda s: s.access_point_id)

# ---- an instance whose image and type stand in its launch template
from moto.ec2.models.instances import Instance
_orig_instance = Instance.create_from_cloudformation_json.__func__


def _instance(cls, resource_name, cloudformation_json, account_id, region_name, **kw):
    p = dict(cloudformation_json["Properties"])
    t = p.get("LaunchTemplate")
    if t:
        by = {k: t[k] for k in ("LaunchTemplateId", "LaunchTemplateName") if k in t}
        v = client("ec2", region_name).describe_launch_template_versions(Versions=[str(t["Version"])], **by)
        d = v["LaunchTemplateVersions"][0]["LaunchTemplateData"]
        for k in ("ImageId", "InstanceType", "KeyName"):
            if k in d: p.setdefault(k, d[k])
    maps = json.loads(json.dumps(p.get("BlockDeviceMappings", [])))
    for m in maps:                                  # EC2 takes the size of the image's snapshot
        if "Ebs" in m and not {"VolumeSize", "SnapshotId"} & set(m["Ebs"]): m["Ebs"]["VolumeSize"] = 8
    if maps: p["BlockDeviceMappings"] = maps
    return _orig_instance(cls, resource_name, dict(cloudformation_json, Properties=p), account_id, region_name, **kw)


Instance.create_from_cloudformation_json = classmethod(_instance)

# ---- deletion of route tables (moto leaves them, so the VPC cannot go)
from moto.ec2.models.route_tables import RouteTable


def _rtb_delete(self, account, region):
    c = client("ec2", region)
    for t in c.describe_route_tables(RouteTableIds=[self.id])["RouteTables"]:
        for a in t.get("Associations", []):
            if not a.get("Main") and a.get("RouteTableAssociationId"): c.disassociate_route_table(AssociationId=a["RouteTableAssociationId"])
    c.delete_route_table(RouteTableId=self.id)


RouteTable.delete = _rtb_delete

# ---- template URLs that name this server itself (package/deploy --s3-bucket write such URLs)
import moto.cloudformation.responses as _cfr
_orig_url = parsing.bucket_and_name_from_url


def _url(u):
    m = re.fullmatch(r"https?://(?:127\.0\.0\.1|localhost)(?::\d+)?/([^/]+)/(.+?)(?:\?.*)?", u)
    return m.groups() if m else _orig_url(u)


for _m in list(sys.modules.values()):
    if getattr(_m, "bucket_and_name_from_url", None) is _orig_url: _m.bucket_and_name_from_url = _url

# ---- a stack made by a change set: moto keeps the empty template's outputs and exports
from moto.cloudformation import models as cm, utils as cu
_orig_exec = cm.CloudFormationBackend.execute_change_set


def execute_change_set(self, change_set_name, stack_name=None):
    r = _orig_exec(self, change_set_name, stack_name)
    for cs in self.change_sets.values():
        if change_set_name in (cs.change_set_id, cs.change_set_name) and cs.stack_id in self.stacks:
            st = self.stacks[cs.stack_id]
            st.output_map = parsing.OutputMap(st.resource_map, cs.template_dict, st.stack_id)
            for e in st.output_map.exports:
                self.exports[e.name] = e
    return r


cm.CloudFormationBackend.execute_change_set = execute_change_set
_orig_get = cu.get_stack_from_s3_url


def get_stack_from_s3_url(template_url, account_id, partition):
    m = re.fullmatch(r"https?://(?:127\.0\.0\.1|localhost)(?::\d+)?/([^/]+)/(.+?)(?:\?.*)?", template_url)
    if not m: return _orig_get(template_url, account_id, partition)
    from moto.s3.models import s3_backends
    return s3_backends[account_id][partition].get_object(m.group(1), m.group(2)).value.decode()


for _m in list(sys.modules.values()):
    if getattr(_m, "get_stack_from_s3_url", None) is _orig_get: _m.get_stack_from_s3_url = get_stack_from_s3_url

# ---- Step Functions: only the first execution starts in moto 5.2.1 (it deep-copies running executions and their locks)
from moto.stepfunctions import models as sfm


def _sm_copy(self, memo):
    c = copy.copy(self)
    if hasattr(c, "executions"): c.executions = list(self.executions)
    return c


sfm.StateMachine.__deepcopy__ = _sm_copy

# ---- AWS managed policies, one at a time (loading all of them makes every reset take seconds)
from moto.iam import models as im
_managed = {}
_orig_attach = im.IAMBackend.attach_role_policy


def attach_role_policy(self, policy_arn, role_name):
    m = re.fullmatch(r"arn:aws[^:]*:iam::aws:policy/(.+)", policy_arn)
    if m and policy_arn not in self.managed_policies:
        if not _managed:
            for n, d in json.loads(im.aws_managed_policies_data).items(): _managed[d["Arn"]] = (n, d)
        if policy_arn in _managed:
            n, d = _managed[policy_arn]
            self.managed_policies[policy_arn] = im.AWSManagedPolicy.from_data(n, self.account_id, self.region_name, d)
    return _orig_attach(self, policy_arn, role_name)


im.IAMBackend.attach_role_policy = attach_role_policy
