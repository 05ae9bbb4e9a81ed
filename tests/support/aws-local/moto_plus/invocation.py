"""Lambda functions of moto: they keep FileSystemConfigs, and their code runs in the emulator."""
import hashlib, json, os, platform, tempfile, urllib.error, urllib.request

from moto.awslambda import models as lm

from moto_plus.settings import args

_orig_conf = lm.LambdaFunction.get_configuration


def get_configuration(self, *a, **k):
    r = _orig_conf(self, *a, **k)
    if getattr(self, "_loam_fs", None): r["FileSystemConfigs"] = self._loam_fs
    return r


lm.LambdaFunction.get_configuration = get_configuration
MOUNTS = dict(x.split("=", 1) for x in os.environ.get("LOAM_MOUNTS", "").split(",") if "=" in x)
CODE = tempfile.mkdtemp(prefix="moto-plus-code-")


def http(method, path, body=None, headers=None, timeout=950):
    r = urllib.request.Request(args.emulator + path, data=body, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(r, timeout=timeout) as x: return x.status, dict(x.headers), x.read()
    except urllib.error.HTTPError as e:
        return e.code, dict(e.headers), e.read()


def register(fn):
    code = getattr(fn, "code_bytes", None) or b""
    p = os.path.join(CODE, hashlib.sha256(code).hexdigest() + ".zip")
    if not os.path.exists(p): open(p, "wb").write(code)
    cfg = {"code": p, "handler": fn.handler or "bootstrap", "memory": fn.memory_size, "timeout": fn.timeout,
           "env": getattr(fn, "environment_vars", {}) or {}, "arn": lm.make_function_arn(fn.region, fn.account_id, fn.function_name),
           "region": fn.region, "mounts": MOUNTS}
    if "arm64" in (getattr(fn, "architectures", None) or []) and platform.machine() == "x86_64":
        cfg["wrapper"] = ["qemu-aarch64-static"]
    if getattr(fn, "reserved_concurrency", None) is not None: cfg["reserved"] = int(fn.reserved_concurrency)
    return http("PUT", "/_emu/functions/" + fn.function_name, json.dumps(cfg).encode())


def invoke(self, body, request_headers, response_headers):
    s, h, b = register(self)
    if s != 200:
        raise RuntimeError("emulator refused %s: %s" % (self.function_name, b[:200]))
    fwd = {k: v for k, v in dict(request_headers or {}).items() if k.lower() in ("x-amz-invocation-type", "x-amz-log-type", "x-amz-client-context", "x-amzn-trace-id")}
    if body is not None and not isinstance(body, (str, bytes)): body = json.dumps(body)
    if isinstance(body, str): body = body.encode()
    s, h, b = http("POST", "/2015-03-31/functions/%s/invocations" % self.function_name, body or b"{}", fwd)
    if s == 429:
        from moto.core.exceptions import JsonRESTError
        e = JsonRESTError("TooManyRequestsException", "Rate Exceeded."); e.code = 429
        raise e
    for k in ("X-Amz-Function-Error", "X-Amz-Log-Result", "X-Amz-Executed-Version", "X-Emu-Duration-Ms", "X-Emu-Init-Ms"):
        if k in h: response_headers[k.lower()] = h[k]
    return b


if args.emulator:
    lm.LambdaFunction.invoke = invoke
