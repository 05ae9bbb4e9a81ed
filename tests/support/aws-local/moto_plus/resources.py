"""Makes, updates and deletes resources of stacks: by an adapter if there is one, else as moto does."""
import json, re, sys

import botocore.exceptions
from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError

from moto_plus.adapters import ADAPT
from moto_plus.conversion import conv, dig
from moto_plus.settings import args, client

RECORDED = set()                    # references of what was only recorded: nothing real can be made of them


class Ctx:
    pass


class Made:
    """A resource that an adapter made."""
    physical_resource_id = None

    def __init__(self, a, ctx):
        self.a, self.ctx = a, ctx

    @property
    def type(self): return self.ctx.type

    def is_created(self): return True

    def get_cfn_attribute(self, name):
        path = (self.a.attrs or {}).get(name)
        if self.ctx.recorded:
            return "arn:aws:recorded:%s:%s:%s" % (self.ctx.region, self.ctx.account, self.ctx.gen) if name.endswith("Arn") else "%s-%s" % (self.ctx.gen, name)
        if path is None:
            raise ValidationError(message="Template error: resource %s does not support attribute type %s in Fn::GetAtt" % (self.ctx.logical, name))
        return self.ctx.value(path)

    def delete(self, account, region):
        if not self.a.delete or self.ctx.recorded: return
        op, kw = self.a.delete
        kw = {k: ([self.ctx.value(x) for x in v] if isinstance(v, list) else self.ctx.value(v) if isinstance(v, str) else v) for k, v in kw.items()}
        try:
            getattr(client(self.a.service, region), op)(**{k: v for k, v in kw.items() if v is not None})
        except Exception as e:
            if not re.search("NotFound|NoSuch|does not exist|404", str(e)): raise


def value(ctx, path):
    if path == "ref": return ctx.ref
    if path == "gen": return ctx.gen
    if path == "target": return "|".join((ctx.req["ResourceId"], ctx.req["ScalableDimension"], ctx.req["ServiceNamespace"]))
    if "{" in path or path.startswith("arn:"): return path.format(region=ctx.region, account=ctx.account, ref=ctx.ref)
    return dig({"req": ctx.req, "resp": ctx.resp}, path)


Ctx.value = value


def make(a, type_, logical, gen, props, account, region):
    ctx = Ctx()
    ctx.type, ctx.logical, ctx.gen, ctx.account, ctx.region = type_, logical, gen, account, region
    ctx.props, ctx.keep, ctx.resp, ctx.req, ctx.recorded = props, {}, {}, {}, None
    ctx.p = json.loads(json.dumps(props))
    if a.name: ctx.p.setdefault(a.name, gen[:64])
    if a.pre: a.pre(ctx)
    for d in a.drop: ctx.p.pop(d, None)
    for o, n in (a.rename or {}).items():
        if o in ctx.p and o != n: ctx.p[n] = ctx.p.pop(o)
    if RECORDED.intersection(v for v in ctx.p.values() if isinstance(v, str)):
        ctx.req, ctx.recorded = ctx.p, "it refers to something recorded"
    elif a.op:
        c = client(a.service, region)
        op = c.meta.method_to_api_mapping[a.op]
        ctx.req = conv(ctx.p, c.meta.service_model.operation_model(op).input_shape, "#")
        try:
            ctx.resp = getattr(c, a.op)(**ctx.req)
        except botocore.exceptions.ClientError as e:
            if e.response.get("Error", {}).get("Code") not in ("500", "501") and e.response["ResponseMetadata"]["HTTPStatusCode"] != 501: raise
            ctx.recorded = "moto answers %s" % e.response["ResponseMetadata"]["HTTPStatusCode"]
    else:
        ctx.req = ctx.p
        if not a.service: ctx.recorded = "record-only type"
    if ctx.recorded:
        sys.stderr.write("moto-plus: %s %s is recorded only (%s)\n" % (type_, logical, ctx.recorded))
    ctx.ref = value(ctx, a.ref) or ctx.gen
    if ctx.recorded: RECORDED.add(ctx.ref)
    if a.post and not ctx.recorded: a.post(ctx)
    m = Made(a, ctx); m.physical_resource_id = ctx.ref
    m.cf_resource_type, m.logical_resource_id = type_, logical
    return m


_orig_create = parsing.parse_and_create_resource
_orig_update = parsing.parse_and_update_resource
_orig_delete = parsing.parse_and_delete_resource
WARNED = set()


def create(logical_id, resource_json, resources_map, account_id, region_name):
    t = resource_json["Type"]
    cond = resource_json.get("Condition")
    if cond and not resources_map.lazy_condition_map[cond]:
        return None
    try:
        if t in ADAPT:
            props = parsing.clean_json(resource_json.get("Properties", {}), resources_map)
            gen = "%s-%s-%s" % (resources_map["AWS::StackName"], logical_id, parsing.random_suffix())
            return make(ADAPT[t], t, logical_id, gen, props, account_id, region_name)
        if t == "AWS::CloudFormation::CustomResource":
            t = "Custom::CustomResource"; resource_json = dict(resource_json, Type=t)
        if t not in parsing.get_model_map() and not t.startswith("Custom::") and t not in parsing.NULL_MODELS and not args.lenient:
            raise ValidationError(message="Template format error: Unrecognized resource types: [%s] (neither moto nor moto-plus makes it)" % t)
        return _orig_create(logical_id, resource_json, resources_map, account_id, region_name)
    except ValidationError:
        raise
    except Exception as e:
        raise ValidationError(message='Resource handler returned message: "%s: %s" (LogicalResourceId: %s, Type: %s)' % (type(e).__name__, str(e)[:400], logical_id, t))


def update(logical_id, resource_json, resources_map, account_id, region_name):
    t = resource_json["Type"]
    if t not in ADAPT:
        return _orig_update(logical_id, resource_json, resources_map, account_id, region_name)
    old = resources_map._parsed_resources.get(logical_id)      # always by replacement: enough for a local check
    if isinstance(old, Made): old.delete(account_id, region_name)
    return create(logical_id, resource_json, resources_map, account_id, region_name)


parsing.parse_and_create_resource, parsing.parse_and_update_resource = create, update

# Outputs are validated against a class per type: give adapters one
_orig_class = parsing.resource_class_from_type


class _Any:
    @staticmethod
    def cloudformation_type(): return "Loam::Adapter::Any"

    @staticmethod
    def cloudformation_name_type(): return ""

    @classmethod
    def has_cfn_attr(cls, attr): return True


parsing.resource_class_from_type = lambda t: _Any if t in ADAPT else _orig_class(t)
