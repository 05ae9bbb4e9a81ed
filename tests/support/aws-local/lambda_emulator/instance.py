"""One execution environment: a bootstrap process and the Runtime API it talks to."""
import collections, fcntl, json, os, queue, re, signal, socket, struct, subprocess, termios, threading, time, uuid

from lambda_emulator.http import listen, serve

MAX_SYNC = 6 * 1024 * 1024
MAX_SYNC_RESPONSE = MAX_SYNC + 1024       # the service allows a little more on the way out
INIT_LIMIT_S = 10.0


class Invocation:
    def __init__(self, payload, timeout, ctx=None, trace=None):
        self.id = str(uuid.uuid4())
        self.payload, self.timeout, self.ctx = payload, timeout, ctx
        self.trace = trace or "Root=1-%08x-%s;Parent=%s;Sampled=0" % (
            int(time.time()), uuid.uuid4().hex[:24], uuid.uuid4().hex[:16])
        self.done = threading.Event()
        self.body, self.error, self.ctype = None, None, "application/json"
        self.t_sent = self.t_done = None
        self.deadline = None

    def finish(self, body, error=None, ctype="application/json"):
        if not self.done.is_set():
            self.body, self.error, self.ctype = body, error, ctype
            self.t_done = time.monotonic()
            self.done.set()


class Instance:
    """One execution environment: a process, its own Runtime API listener and its log."""
    def __init__(self, fn):
        self.fn, self.emu = fn, fn.emu
        self.q = queue.Queue()
        self.ready = threading.Event()          # first /next seen, or init failed
        self.init_error = None
        self.cur = None
        self.dead = threading.Event()
        self.restarts = 0
        self.log = collections.deque(maxlen=4000)
        self.cold = True
        self.init_ms = None
        self.frozen = self.waiting = False
        self.last_used = time.monotonic()
        self.lock = threading.Lock()
        self.sock = listen("127.0.0.1", 0)
        self.port = self.sock.getsockname()[1]
        threading.Thread(target=serve, args=(self.sock, self.api), daemon=True).start()
        self.stream = time.strftime("%Y/%m/%d/[$LATEST]") + uuid.uuid4().hex
        self.start()

    def start(self):
        f = self.fn
        env = f.environment(self)
        exe = os.path.join(f.root, "bootstrap")
        self.t_exec = time.monotonic()
        try:
            self.p = subprocess.Popen(f.wrapper + [exe], cwd=f.root, env=env, stdin=subprocess.DEVNULL,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                      start_new_session=True)
        except OSError as e:
            kind = {8: "exec format error", 13: "permission denied"}.get(e.errno, e.strerror)
            self.p = None
            self.init_error = {"errorType": "Runtime.InvalidEntrypoint",
                               "errorMessage": "RequestId: %s Error: fork/exec %s: %s" % (uuid.uuid4(), exe, kind)}
            self.dead.set(); self.ready.set()
            return
        threading.Thread(target=self._logs, daemon=True).start()
        threading.Thread(target=self._wait, daemon=True).start()

    def _logs(self):
        for raw in self.p.stdout:
            self.add_log(raw.decode("utf-8", "replace").rstrip("\n"))
        self.p.stdout.close()

    def add_log(self, line):
        self.log.append(line)
        self.emu.log(self.fn.name, line)

    def _wait(self):
        rc = self.p.wait()
        self.dead.set()
        msg = ("exit status %d" % rc) if rc >= 0 else "signal: %s" % (
            "killed" if rc == -9 else signal.Signals(-rc).name.lower().replace("sig", ""))
        if not self.ready.is_set():
            self.init_error = self.init_error or {"errorType": "Runtime.ExitError",
                "errorMessage": "RequestId: %s Error: Runtime exited %s" % (
                    uuid.uuid4(), ("with error: " + msg) if rc else "without providing a reason")}
            self.ready.set()
        inv = self.cur
        if inv is not None and not inv.done.is_set():
            time.sleep(0.01)                     # let a response that is on the way be read
            inv.finish(json.dumps({"errorType": "Runtime.ExitError", "errorMessage":
                "RequestId: %s Error: Runtime exited %s" % (
                    inv.id, ("with error: " + msg) if rc else "without providing a reason")}).encode(), "Unhandled")
        self.close_listener()

    def close_listener(self):
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.sock.close()
        self.q.put(None)

    # ---- Runtime API, spoken by the bootstrap
    def api(self, c, method, target, h, body):
        path = target.split("?")[0]
        if not path.startswith("/2018-06-01/runtime/"):
            c.send(404, {"errorMessage": "not found", "errorType": "NotFound"}); return
        rest = path[len("/2018-06-01/runtime/"):]
        if method == "GET" and rest == "invocation/next":
            if not self.ready.is_set():
                self.init_ms = (time.monotonic() - self.t_exec) * 1000
                self.ready.set()
            self.idle_freeze()
            inv = self.q.get()
            if inv is None:
                return False
            hdr = [("Lambda-Runtime-Aws-Request-Id", inv.id),
                   ("Lambda-Runtime-Deadline-Ms", str(inv.deadline)),
                   ("Lambda-Runtime-Invoked-Function-Arn", self.fn.arn),
                   ("Lambda-Runtime-Trace-Id", inv.trace)]
            if inv.ctx:
                hdr.append(("Lambda-Runtime-Client-Context", inv.ctx))
            inv.t_sent = time.monotonic()
            c.send(200, inv.payload, hdr)
            return
        m = re.fullmatch(r"invocation/([^/]+)/(response|error)", rest)
        if method == "POST" and m:
            inv = self.cur
            if inv is None or inv.id != m.group(1) or inv.done.is_set():
                c.send(400, {"errorMessage": "Invalid request ID", "errorType": "InvalidRequestID"}); return
            if m.group(2) == "response":
                if len(body) > MAX_SYNC_RESPONSE and "chunked" not in h.get("transfer-encoding", ""):
                    c.send(413, {"errorMessage": "Exceeded maximum allowed payload size (6291556 bytes).",
                                 "errorType": "RequestEntityTooLarge"})
                    inv.finish(json.dumps({"errorType": "Function.ResponseSizeTooLarge", "errorMessage":
                        "Response payload size exceeded maximum allowed payload size (6291556 bytes)."}).encode(), "Unhandled")
                    return
                if h.get("lambda-runtime-function-error-type"):
                    inv.finish(json.dumps({"errorType": h["lambda-runtime-function-error-type"]}).encode(), "Unhandled")
                else:
                    inv.finish(body, None, h.get("content-type", "application/json"))
            else:
                inv.finish(body or json.dumps({"errorType": h.get("lambda-runtime-function-error-type", "Unhandled")}).encode(),
                           "Unhandled")
            c.send(202, {"status": "OK"})
            return
        if method == "POST" and rest == "init/error":
            try: self.init_error = json.loads(body)
            except ValueError: self.init_error = {"errorType": h.get("lambda-runtime-function-error-type", "Runtime.Unknown")}
            c.send(202, {"status": "OK"})
            self.ready.set()
            return
        c.send(404, {"errorMessage": "not found", "errorType": "NotFound"})

    # ---- frozen between invocations, as in the service
    def idle_freeze(self):
        with self.lock:
            self.waiting = True                  # the process asked for its next event
            if self.emu.freeze and self.cur is None and not self.frozen:
                self._sig(signal.SIGSTOP); self.frozen = True

    def _sig(self, s):
        if self.p is not None and self.p.poll() is None:
            try: os.killpg(self.p.pid, s)
            except ProcessLookupError: pass

    def kill(self, sig=signal.SIGKILL):
        if self.frozen:
            self._sig(signal.SIGCONT)
        self._sig(sig)

    def max_rss_mb(self):
        try:
            with open("/proc/%d/status" % self.p.pid) as fh:
                return int(re.search(r"VmHWM:\s+(\d+)", fh.read()).group(1)) / 1024
        except (OSError, AttributeError):
            return 0.0

    def run(self, inv):
        """Run one invocation (the instance is reserved for the caller)."""
        f = self.fn
        mark = len(self.log) if len(self.log) < self.log.maxlen else None
        start_lines = list(self.log)[-20:] if self.cold else []
        t0 = time.monotonic()
        if not self.ready.wait(max(INIT_LIMIT_S, inv.timeout)):
            self.kill()
            self.init_error = {"errorType": "Sandbox.Timedout", "errorMessage":
                "RequestId: %s Error: Task timed out after %.2f seconds" % (inv.id, inv.timeout)}
        if self.init_error is not None or self.dead.is_set():
            inv.finish(json.dumps(self.init_error or {"errorType": "Runtime.ExitError",
                "errorMessage": "RequestId: %s Error: Runtime exited" % inv.id}).encode(), "Unhandled")
            self.kill(); self.dead.wait(2)
            rep = "INIT_REPORT Init Duration: %.2f ms\tPhase: invoke\tStatus: error" % ((time.monotonic() - self.t_exec) * 1000)
            self.add_log(rep)
            return {"init_ms": self.init_ms, "duration_ms": 0.0, "queue_ms": (time.monotonic() - t0) * 1000,
                    "log": "\n".join(list(self.log)[-60:]) + "\n", "cold": True, "rss_mb": 0}
        cold, self.cold = self.cold, False
        self.add_log("START RequestId: %s Version: $LATEST" % inv.id)
        inv.deadline = int((time.time() + inv.timeout) * 1000)
        with self.lock:
            self.cur, self.waiting = inv, False
            if self.frozen:
                self.frozen = False; self._sig(signal.SIGCONT)
        t1 = time.monotonic()
        self.q.put(inv)
        if not inv.done.wait(inv.timeout):
            inv.finish(json.dumps({"errorType": "Sandbox.Timedout", "errorMessage":
                "RequestId: %s Error: Task timed out after %.2f seconds" % (inv.id, inv.timeout)}).encode(), "Unhandled")
            self.add_log("%s %s Task timed out after %.2f seconds" % (
                time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()), inv.id, inv.timeout))
            self.kill(); self.dead.wait(2)
        # Output written before the response may still be in the pipe, or in the hands of the thread that
        # reads it: wait until nothing has come for a while.
        quiet, seen = 0, len(self.log)
        for _ in range(400):
            try:
                pending = struct.unpack("i", fcntl.ioctl(self.p.stdout.fileno(), termios.FIONREAD, b"\0" * 4))[0]
            except (OSError, ValueError):
                break
            quiet, seen = (0, len(self.log)) if pending or len(self.log) != seen else (quiet + 1, seen)
            if quiet == 4: break
            time.sleep(0.005)
        rss = self.max_rss_mb()
        with self.lock:
            self.cur = None
            if self.waiting and self.emu.freeze and not self.frozen:
                self._sig(signal.SIGSTOP); self.frozen = True
        dur = ((inv.t_done or time.monotonic()) - (inv.t_sent or t1)) * 1000
        self.add_log("END RequestId: %s" % inv.id)
        self.add_log("REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB\tMax Memory Used: %d MB%s" % (
            inv.id, dur, -(-int(dur * 100) // 100) + (int(self.init_ms) if cold and self.init_ms else 0), f.memory, int(rss + 0.5),
            "\tInit Duration: %.2f ms" % self.init_ms if cold and self.init_ms is not None else ""))
        if rss > f.memory:
            self.add_log("WARNING emulator: peak RSS %.0f MB exceeds the configured %d MB (the service would kill this)" % (rss, f.memory))
        lines = list(self.log)
        tail = lines[mark:] if mark is not None else lines[-200:]
        self.last_used = time.monotonic()
        return {"init_ms": self.init_ms if cold else None, "duration_ms": dur, "queue_ms": (t1 - t0) * 1000,
                "log": "\n".join(start_lines + tail) + "\n", "cold": cold, "rss_mb": rss}
