#!/usr/bin/env python3
"""Time from starting a function's bootstrap to its first request for work.

    start_time.py [--runs N] [--schema FILE] [--migrations DIR] BOOTSTRAP...

A socket on loopback stands in for the Lambda Runtime API. It answers nothing: once the bootstrap has
asked for /next the run is over and the process is stopped. Prints min, median, p95 in milliseconds.
"""
import argparse
import os
import shutil
import signal
import socket
import sys
import tempfile
import time


def command_for(bootstrap):
    """The command that runs a bootstrap here: through an emulator if it is for arm64 and this is not."""
    with open(bootstrap, "rb") as program:
        header = program.read(20)
    if header[:4] == b"\x7fELF" and header[18] == 0xB7 and os.uname().machine != "aarch64":
        emulator = shutil.which("qemu-aarch64-static")
        if not emulator:
            sys.exit("%s is for arm64 and qemu-aarch64-static is not installed" % bootstrap)
        return [emulator, bootstrap]
    return [bootstrap]


def environment_of(bootstrap, port, database, schema=None, migrations=None):
    """What a function finds in its environment, with a Runtime API on this port of loopback."""
    name = os.path.basename(os.path.dirname(os.path.abspath(bootstrap)))
    environment = {
        "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:%d" % port,
        "AWS_LAMBDA_FUNCTION_NAME": name,
        "AWS_REGION": "eu-central-1",
        "LAMBDA_TASK_ROOT": os.path.dirname(os.path.abspath(bootstrap)),
        "_HANDLER": "migrate" if name == "migrate" else "writer",
        "DATABASE_PATH": database,
        "LOG_LEVEL": "info",
        "ENABLE_METRICS": "true",
        "ENABLE_TRACING": "false",
    }
    if schema:
        environment["PRISMA_SCHEMA_PATH"] = os.path.abspath(schema)
    if migrations:
        environment["MIGRATIONS_PATH"] = os.path.abspath(migrations)
    return environment


def one_start(listener, command, environment):
    """Milliseconds from spawn to the first /next; None when the process does not ask in 10 s."""
    started = time.perf_counter()
    process = os.posix_spawn(command[0], command, environment)
    connection = None
    try:
        connection, _ = listener.accept()
        connection.settimeout(10)
        request = b""
        while b"\r\n\r\n" not in request:
            part = connection.recv(4096)
            if not part:
                return None
            request += part
        elapsed = (time.perf_counter() - started) * 1000
        if request.startswith(b"GET /2018-06-01/runtime/invocation/next "):
            return elapsed
        print(request.decode("utf-8", "replace"), file=sys.stderr)
        return None
    except TimeoutError:
        return None
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        if connection:
            connection.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--schema", help="value of PRISMA_SCHEMA_PATH")
    parser.add_argument("--migrations", help="value of MIGRATIONS_PATH")
    parser.add_argument("bootstraps", nargs="+", metavar="BOOTSTRAP")
    options = parser.parse_args()

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(8)
    listener.settimeout(10)
    failed = False
    with tempfile.TemporaryDirectory(prefix="loam-start.") as folder:
        for bootstrap in options.bootstraps:
            bootstrap = os.path.abspath(bootstrap)
            command = command_for(bootstrap)
            name = os.path.basename(os.path.dirname(bootstrap))
            environment = environment_of(bootstrap, listener.getsockname()[1],
                os.path.join(folder, "database.db"), options.schema, options.migrations)
            times = []
            while len(times) < options.runs and None not in times:
                times.append(one_start(listener, command, environment))
            if None in times:
                print("%s: FAILED, it did not ask for /next" % name)
                failed = True
                continue
            times.sort()
            print("%-10s %s  runs %d  min %.2f  median %.2f  p95 %.2f ms  bootstrap %.2f MB" % (
                name, "emulated" if len(command) > 1 else "native  ", len(times), times[0], times[len(times) // 2],
                times[min(len(times) - 1, int(len(times) * 0.95))], os.path.getsize(bootstrap) / 1e6))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
