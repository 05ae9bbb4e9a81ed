"""A function: its configuration and unpacked code, its instances, its concurrency limit and its figures."""
import collections, os, re, shutil, tempfile, threading, time, zipfile

from lambda_emulator.instance import Instance, Invocation


class Throttled(Exception):
    pass


class Function:
    def __init__(self, emu, cfg):
        self.emu = emu
        self.lock = threading.Lock()
        self.idle, self.all = [], set()
        self.stats = {"invocations": 0, "errors": 0, "throttles": 0, "cold_starts": 0, "timeouts": 0}
        self.init_samples = collections.deque(maxlen=1000)
        self.dur_samples = collections.deque(maxlen=10000)
        self.over_samples = collections.deque(maxlen=10000)
        self.tmp = None
        self.configure(cfg)

    def configure(self, cfg):
        self.cfg = cfg
        self.name = cfg["name"]
        self.handler = cfg.get("handler", "bootstrap")
        self.memory = int(cfg.get("memory", 128))
        self.timeout = float(cfg.get("timeout", 3))
        self.reserved = cfg.get("reserved")
        self.env = {k: str(v) for k, v in (cfg.get("env") or {}).items()}
        self.mounts = cfg.get("mounts") or {}
        self.wrapper = cfg.get("wrapper") or []
        self.account, self.region = cfg.get("account", "123456789012"), cfg.get("region", "us-east-1")
        self.arn = cfg.get("arn") or "arn:aws:lambda:%s:%s:function:%s" % (self.region, self.account, self.name)
        code = cfg["code"]
        if os.path.isdir(code):
            self.root = os.path.abspath(code)
        else:
            old, self.tmp = self.tmp, tempfile.mkdtemp(prefix="lambda-%s-" % re.sub(r"\W", "_", self.name)[:40])
            with zipfile.ZipFile(code) as z:
                for i in z.infolist():
                    p = z.extract(i, self.tmp)
                    mode = (i.external_attr >> 16) & 0o777
                    if mode and not i.is_dir():
                        os.chmod(p, mode)
            self.root = self.tmp
            if old:
                shutil.rmtree(old, ignore_errors=True)

    def environment(self, inst):
        e = {"PATH": "/usr/local/bin:/usr/bin:/bin:/opt/bin", "LANG": "en_US.UTF-8", "TZ": ":UTC",
             "LD_LIBRARY_PATH": "/lib64:/usr/lib64:%s:%s/lib:/opt/lib" % (self.root, self.root),
             "LAMBDA_TASK_ROOT": self.root, "LAMBDA_RUNTIME_DIR": "/var/runtime", "_HANDLER": self.handler,
             "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:%d" % inst.port, "AWS_REGION": self.region,
             "AWS_DEFAULT_REGION": self.region, "AWS_LAMBDA_FUNCTION_NAME": self.name,
             "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(self.memory),
             "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/" + self.name, "AWS_LAMBDA_LOG_STREAM_NAME": inst.stream,
             "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand"}
        e.update(self.emu.base_env)
        for k, v in self.env.items():
            for m, d in self.mounts.items():       # /mnt/db/x -> local directory
                if v == m or v.startswith(m.rstrip("/") + "/") or ("file:" + m) in v:
                    v = v.replace(m.rstrip("/"), d.rstrip("/"), 1)
            e[k] = v
        return e

    def limit(self):
        return self.emu.concurrency if self.reserved is None else int(self.reserved)

    def acquire(self):
        with self.lock:
            while self.idle:
                i = self.idle.pop()
                if not i.dead.is_set():
                    return i
                self.all.discard(i)
            self.all = {i for i in self.all if not (i.dead.is_set() and i.cur is None and i not in self.idle)} | set()
            if len(self.all) >= self.limit():
                self.stats["throttles"] += 1
                raise Throttled()
            i = Instance(self)
            self.all.add(i); self.stats["cold_starts"] += 1
            return i

    def release(self, i):
        with self.lock:
            if i.dead.is_set():
                self.all.discard(i)
            elif i in self.all:
                self.idle.append(i)
            else:
                i.kill()

    def invoke(self, payload, ctx=None, trace=None):
        t0 = time.monotonic()
        i = self.acquire()
        inv = Invocation(payload, self.timeout, ctx, trace)
        try:
            r = i.run(inv)
        finally:
            self.release(i)
        with self.lock:
            s = self.stats
            s["invocations"] += 1
            if inv.error: s["errors"] += 1
            if b"Sandbox.Timedout" in (inv.body or b"")[:60]: s["timeouts"] += 1
            if r["init_ms"] is not None: self.init_samples.append(r["init_ms"])
            self.dur_samples.append(r["duration_ms"])
            if not r["cold"]:
                self.over_samples.append((time.monotonic() - t0) * 1000 - r["duration_ms"])
        return inv, r

    def recycle(self):
        with self.lock:
            gone, self.all, self.idle = list(self.all), set(), []
        for i in gone:
            i.kill()
        return len(gone)

    def summary(self):
        def q(d):
            a = sorted(d)
            if not a: return None
            return {"n": len(a), "min": round(a[0], 3), "p50": round(a[len(a) // 2], 3),
                    "p99": round(a[min(len(a) - 1, int(len(a) * .99))], 3), "max": round(a[-1], 3)}
        with self.lock:
            return {"name": self.name, "instances": len(self.all), "idle": len(self.idle), "limit": self.limit(), **self.stats,
                    "init_ms": q(self.init_samples), "duration_ms": q(self.dur_samples),
                    "emulator_overhead_ms": q(self.over_samples),
                    "max_rss_mb": round(max([i.max_rss_mb() for i in self.all if i.p], default=0), 1)}
