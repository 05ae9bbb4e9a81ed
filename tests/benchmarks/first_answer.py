#!/usr/bin/env python3
"""Time from starting `lamdb serve` and the query function to their first GraphQL answer.

    first_answer.py [--runs N] [--models N] LAMDB BOOTSTRAP

Both get a database with the tables of a schema of so many models, each with nine fields, an enum and a
relation to the model before it. The server is asked as soon as it says where it listens; the function gets the
same request from a socket that stands in for the Lambda Runtime API, and its answer ends when it has posted it
there. Prints min, median, p95 in milliseconds, and the load.
"""
import argparse
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

import start_time

QUERY = json.dumps({"query": "{ findManyModel20(where: {name: {contains: \"a\"}}) { id name before { id name } } }"})
ANSWER = '{"data":{"findManyModel20":[]}}'
EVENT = json.dumps({
    "version": "2.0",
    "rawPath": "/graphql",
    "requestContext": {"http": {"method": "POST", "path": "/graphql"}},
    "headers": {"content-type": "application/json"},
    "body": QUERY,
    "isBase64Encoded": False,
})
LIMIT = 10  # seconds


def schema_of(models):
    parts = ['datasource db {\n  provider = "sqlite"\n  url      = "file:database.db"\n}\nenum Kind {\n  A\n  B\n}\n']
    for number in range(models):
        before = (number + models - 1) % models
        parts.append("""model Model%d {
  id        Int      @id @default(autoincrement())
  name      String   @unique
  text      String?
  count     Int      @default(0)
  ratio     Float?
  active    Boolean  @default(true)
  kind      Kind     @default(A)
  createdAt DateTime @default(now())
  beforeId  Int?
  before    Model%d?  @relation(fields: [beforeId], references: [id])
  after     Model%d[]
  @@index([beforeId])
}
""" % (number, before, (number + 1) % models))
    return "".join(parts)


def check(body):
    if body != ANSWER:
        sys.exit("got %s, want %s" % (body, ANSWER))


def server_answer(lamdb, schema, database):
    """Milliseconds from the start of a server to its first answer."""
    output, their_output = os.pipe()
    command = [lamdb, "serve", "--schema", schema, "--database", database, "--port", "0"]
    started = time.perf_counter()
    process = os.posix_spawn(lamdb, command, {}, file_actions=[(os.POSIX_SPAWN_DUP2, their_output, 1)])
    os.close(their_output)
    try:
        said = b""
        while not said.endswith(b"\n"):
            part = os.read(output, 4096)
            if not part:
                sys.exit("the server ended: " + said.decode())
            said += part
        port = int(re.search(rb"listening on http://127\.0\.0\.1:(\d+)", said)[1])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
        connection.request("POST", "/graphql", QUERY)
        body = connection.getresponse().read().decode()
        elapsed = (time.perf_counter() - started) * 1000
        connection.close()
        check(body)
        return elapsed
    finally:
        os.close(output)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def read_request(connection):
    """The first line and the body of a request; of what a function sends it needs no more."""
    text = b""
    while b"\r\n\r\n" not in text:
        part = connection.recv(65536)
        if not part:
            sys.exit("the function closed the connection")
        text += part
    head, body = text.split(b"\r\n\r\n", 1)
    size = re.search(rb"content-length: *(\d+)", head.lower())
    while size and len(body) < int(size[1]):
        body += connection.recv(65536)
    return head.split(b"\r\n")[0].decode(), body.decode()


def function_answer(listener, command, environment):
    """Milliseconds from the start of a function to its first answer."""
    reply = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\nLambda-Runtime-Deadline-Ms: %d\r\n" \
        "Content-Length: %d\r\n\r\n%s" % ((time.time() + LIMIT) * 1000, len(EVENT), EVENT)
    started = time.perf_counter()
    process = os.posix_spawn(command[0], command, environment, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    connection = None
    try:
        connection, _ = listener.accept()
        connection.settimeout(LIMIT)
        read_request(connection)
        connection.sendall(reply.encode())
        line, body = read_request(connection)
        elapsed = (time.perf_counter() - started) * 1000
        if line != "POST /2018-06-01/runtime/invocation/1/response HTTP/1.1":
            sys.exit("the function asked for %s: %s" % (line, body))
        check(json.loads(body)["body"])
        return elapsed
    finally:
        # In this order: a function whose connection ends makes a new one, which the next would get.
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        if connection:
            connection.close()


def report(name, times):
    times.sort()
    print("%-22s runs %d  min %.2f  median %.2f  p95 %.2f ms" % (
        name, len(times), times[0], times[len(times) // 2], times[int(len(times) * 0.95)]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--models", type=int, default=40)
    parser.add_argument("lamdb")
    parser.add_argument("bootstrap")
    options = parser.parse_args()
    if options.models < 21:
        parser.error("--models must be 21 at least: the request is about the model with number 20")
    with tempfile.TemporaryDirectory(prefix="loam-first.") as folder, socket.create_server(("127.0.0.1", 0)) as api:
        api.settimeout(LIMIT)
        schema, database = os.path.join(folder, "schema.prisma"), os.path.join(folder, "database.db")
        with open(schema, "w", encoding="utf-8") as file:
            file.write(schema_of(options.models))
        subprocess.run([options.lamdb, "push", "--schema", schema, "--database", database], check=True,
            stdout=subprocess.DEVNULL)
        report("lamdb serve", [server_answer(options.lamdb, schema, database) for _ in range(options.runs)])
        environment = start_time.environment_of(options.bootstrap, api.getsockname()[1], database, schema)
        command = start_time.command_for(options.bootstrap)
        for handler in ("reader", "writer"):
            environment["_HANDLER"] = handler
            report("query function, " + handler, [
                function_answer(api, command, environment) for _ in range(options.runs)])
    print("load %.1f %.1f %.1f" % os.getloadavg())


if __name__ == "__main__":
    main()
