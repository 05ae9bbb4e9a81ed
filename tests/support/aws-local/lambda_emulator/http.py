"""A small HTTP/1.1 server: keep-alive, chunked bodies, 100-continue."""
import json, socket, threading


class HttpError(Exception):
    def __init__(self, status, text=""):
        super().__init__(text); self.status, self.text = status, text


class Conn:
    """A small HTTP/1.1 server connection on a socket (keep-alive, chunked, 100-continue)."""
    def __init__(self, sock):
        self.s = sock
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buf = b""

    def _fill(self):
        d = self.s.recv(262144)
        if not d:
            raise ConnectionError("closed")
        self.buf += d

    def _take(self, n):
        if len(self.buf) < n:
            parts, have = [self.buf], len(self.buf)
            while have < n:
                d = self.s.recv(min(1 << 20, max(65536, n - have)))
                if not d:
                    raise ConnectionError("closed")
                parts.append(d); have += len(d)
            self.buf = b"".join(parts)
        r, self.buf = self.buf[:n], self.buf[n:]
        return r

    def _line(self):
        while b"\r\n" not in self.buf:
            if len(self.buf) > 65536:
                raise HttpError(431)
            self._fill()
        r, self.buf = self.buf.split(b"\r\n", 1)
        return r

    def read(self):
        """-> (method, target, headers(lower-case names), body) or None at a clean end."""
        while b"\r\n\r\n" not in self.buf:
            if len(self.buf) > 131072:
                raise HttpError(431)
            try:
                self._fill()
            except ConnectionError:
                if self.buf:
                    raise
                return None
        head, self.buf = self.buf.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        try:
            method, target, _ = lines[0].split(" ", 2)
        except ValueError:
            raise HttpError(400, "bad request line")
        h = {}
        for ln in lines[1:]:
            k, _, v = ln.partition(":")
            k = k.strip().lower()
            h[k] = (h[k] + "," + v.strip()) if k in h else v.strip()
        if h.get("expect", "").lower() == "100-continue":
            self.s.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = b""
        if "chunked" in h.get("transfer-encoding", "").lower():
            parts = []
            while True:
                n = int(self._line().split(b";")[0], 16)
                if n == 0:
                    break
                parts.append(self._take(n)); self._take(2)
            while True:                                   # trailers
                ln = self._line()
                if not ln:
                    break
                k, _, v = ln.decode("latin-1").partition(":")
                h[k.strip().lower()] = v.strip()
            body = b"".join(parts)
        elif "content-length" in h:
            body = self._take(int(h["content-length"]))
        return method, target, h, body

    def send(self, status, body=b"", headers=(), ctype="application/json", close=False, head_only=False):
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
        out = [f"HTTP/1.1 {status} {REASON.get(status, 'Status')}"]
        names = {k.lower() for k, _ in headers}
        if body and "content-type" not in names:
            out.append(f"Content-Type: {ctype}")
        if status not in (204, 304):
            out.append(f"Content-Length: {len(body)}")
        for k, v in headers:
            out.append(f"{k}: {v}")
        if close:
            out.append("Connection: close")
        data = ("\r\n".join(out) + "\r\n\r\n").encode("latin-1")
        if not head_only and status not in (204, 304):
            data += body
        self.s.sendall(data)


REASON = {200: "OK", 202: "Accepted", 204: "No Content", 400: "Bad Request", 403: "Forbidden",
          404: "Not Found", 413: "Payload Too Large", 201: "Created", 301: "Moved", 302: "Found", 401: "Unauthorized", 405: "Method Not Allowed", 409: "Conflict", 422: "Unprocessable", 429: "Too Many Requests", 500: "Server Error",
          502: "Bad Gateway", 503: "Service Unavailable"}


def serve(listener, handler):
    """Accept loop: one daemon thread per connection."""
    def one(sock):
        c = Conn(sock)
        try:
            while True:
                req = c.read()
                if req is None:
                    return
                if handler(c, *req) is False or req[2].get("connection", "").lower() == "close":
                    return
        except HttpError as e:
            try: c.send(e.status, {"message": e.text}, close=True)
            except OSError: pass
        except (OSError, ConnectionError, ValueError):
            pass
        finally:
            try: sock.close()
            except OSError: pass
    while True:
        try:
            sock, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=one, args=(sock,), daemon=True).start()


def listen(host, port):
    s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((host, port)); s.listen(256)
    return s
