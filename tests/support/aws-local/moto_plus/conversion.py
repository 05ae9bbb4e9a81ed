"""CloudFormation properties as parameters of a service's own API, which then checks them."""
import json, re

from moto_plus.settings import args


class Bad(Exception):
    pass


def conv(v, shape, where):
    """CloudFormation property value -> API parameter, driven by the API's own shape."""
    t = shape.type_name
    if t == "structure":
        if not isinstance(v, dict): raise Bad("%s: expected an object" % where)
        low = {m.lower(): m for m in shape.members}
        out = {}
        for k, x in v.items():
            m = low.get(k.lower())
            if m is None:
                if args.lenient: continue
                raise Bad("%s: extraneous key [%s] is not permitted" % (where, k))
            if x is not None: out[m] = conv(x, shape.members[m], where + "/" + k)
        return out
    if t == "list":
        if not isinstance(v, list): v = [v]
        return [conv(x, shape.member, "%s/%d" % (where, i)) for i, x in enumerate(v)]
    if t == "map":
        if isinstance(v, list):                                   # Tags as a list of Key/Value
            v = {x.get("Key"): x.get("Value") for x in v}
        return {k: conv(x, shape.value, where + "/" + k) for k, x in v.items()}
    if t == "string":
        if isinstance(v, bool): v = "true" if v else "false"
        if isinstance(v, (dict, list)):
            if getattr(shape, "is_jsonvalue_header", False) or re.search("polic|document|body|pattern|definition", where, re.I):
                return json.dumps(v)
            raise Bad("%s: expected type: String, found: %s" % (where, "JSONObject" if isinstance(v, dict) else "JSONArray"))
        v = str(v)
        if shape.enum and v not in shape.enum and not args.lenient:
            raise Bad("%s: #: %s is not a valid enum value" % (where, v))
        return v
    if t in ("integer", "long"):
        try: return int(v)
        except (TypeError, ValueError): raise Bad("%s: expected type: Integer" % where)
    if t in ("float", "double"):
        return float(v)
    if t == "boolean":
        if isinstance(v, str):
            if v.lower() not in ("true", "false"): raise Bad("%s: expected type: Boolean" % where)
            return v.lower() == "true"
        return v
    if t == "blob":
        return v.encode() if isinstance(v, str) else v
    return v


def dig(o, path):
    for p in path.split("."):
        if o is None: return None
        o = o[int(p)] if isinstance(o, list) else o.get(p)
    return o
