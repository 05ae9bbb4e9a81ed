#!/usr/bin/env python3
"""Asks `lamdb serve` the requests of recorded Prisma cases and compares the answers.

    prisma_cases.py LAMDB CASES EXCEPTIONS [--jobs N] [--filter REGEX]

CASES holds one JSON object a line: `id`, `schema`, and `steps` that are sent in order to a fresh database.
A step is a `query`, a `batch` of queries, or `sql` that goes past the server; it says what must come back in
`expect` (the whole answer, one of several, or values `at` paths) or in `expect_error`, and may `capture`
values of the answer for @@name@@ in later steps.

EXCEPTIONS names the cases that are known to differ, one a line: the end of the id, `differs` or `unstable`,
and the reason, with " | " between them. One that differs must fail, so that the list stays true; an unstable
one may do either.
"""
import argparse
import concurrent.futures
import http.client
import json
import math
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading

SECONDS = 60  # for a command to end, a server to listen, and an answer to come
FORMATS = {
    "uuid": r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
    "cuid": r"c[0-9a-z]{24}",
    "cuid2": r"[a-z][0-9a-z]{1,31}",
    "ulid": r"[0-7][0-9A-HJKMNP-TV-Z]{25}",
}


class Difference(Exception):
    """What a case got instead of what it wants."""


def short(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 300 else text[:300] + "..."


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def compare(want, got, path="$"):
    """Raises at the first difference. Members come in any order, numbers compare by value."""
    if isinstance(want, dict) and isinstance(got, dict):
        if want.keys() != got.keys():
            raise Difference("%s: want members %s, got %s" % (path, sorted(want), sorted(got)))
        for key in want:
            compare(want[key], got[key], path + "." + key)
    elif isinstance(want, list) and isinstance(got, list) and len(want) == len(got):
        for index, (wanted, given) in enumerate(zip(want, got)):
            compare(wanted, given, "%s[%d]" % (path, index))
    elif is_number(want) and is_number(got):
        if not math.isclose(want, got, rel_tol=1e-15):
            raise Difference("%s: want %s, got %s" % (path, want, got))
    elif type(want) is not type(got) or want != got:
        raise Difference("%s: want %s, got %s" % (path, short(want), short(got)))


def compare_any(alternatives, got, path="$"):
    differences = []
    for want in alternatives:
        try:
            return compare(want, got, path)
        except Difference as difference:
            differences.append(str(difference))
    raise Difference("none of the alternatives: " + "; ".join(differences))


def value_at(answer, path):
    for step in path:
        try:
            answer = answer[step]
        except (KeyError, IndexError, TypeError):
            raise Difference("nothing at %s in %s" % ("/".join(map(str, path)), short(answer))) from None
    return answer


def errors_of(answer):
    parts = [answer] + (answer.get("batchResult") or [])
    return [error for part in parts for error in part.get("errors") or []]


def code_and_message(error):
    user_facing = error.get("user_facing_error") or {}
    texts = (user_facing.get("message"), error.get("error"))
    return user_facing.get("error_code"), " ".join(text for text in texts if text)


def check_value(check, answer):
    value = value_at(answer, check["path"])
    where = "/".join(map(str, check["path"]))
    if "json" in check:
        compare(check["json"], value, where)
    if "any_of" in check:
        compare_any(check["any_of"], value, where)
    if "near" in check and not (is_number(value) and math.isclose(value, check["near"], rel_tol=1e-6)):
        raise Difference("%s: want about %s, got %s" % (where, check["near"], short(value)))
    if "length" in check and len(value) != check["length"]:
        raise Difference("%s: want length %d, got %s" % (where, check["length"], short(value)))
    if "format" in check and not (isinstance(value, str) and re.fullmatch(FORMATS[check["format"]], value)):
        raise Difference("%s: want a %s, got %s" % (where, check["format"], short(value)))


def check_error(want, answer):
    errors = errors_of(answer)
    if not errors:
        raise Difference("want error %s, got %s" % (want["code"], short(answer)))
    seen = [code_and_message(error) for error in errors]
    part = want.get("message_contains") or ""
    if want["code"] != "any" and not any(code == want["code"] and part in message for code, message in seen):
        raise Difference("want error %s with \"%s\", got %s" % (want["code"], part, short(seen)))


def check_answer(step, answer):
    if step.get("expect_error"):
        return check_error(step["expect_error"], answer)
    expect = step.get("expect") or {}
    if expect.get("ok") and errors_of(answer):
        raise Difference("want success, got %s" % short(errors_of(answer)))
    if "json" in expect:
        compare(expect["json"], answer)
    if "any_of" in expect:
        compare_any(expect["any_of"], answer)
    for check in expect.get("at", ()):
        check_value(check, answer)


class Server:
    """A server of one case, on a port that the system picks."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        limit = threading.Timer(SECONDS, self.process.kill)
        limit.start()
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            match = re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)\n", line)
            if match:
                break
        limit.cancel()
        if not lines or not match:
            self.stop()
            raise Difference("the server does not listen: " + "".join(lines))
        self.connection = http.client.HTTPConnection("127.0.0.1", int(match[1]), timeout=SECONDS)
        # What it logs is not looked at, but has to be taken.
        self.drain = threading.Thread(target=self.process.stdout.read)
        self.drain.start()

    def ask(self, body):
        self.connection.request("POST", "/graphql", json.dumps(body), {"Content-Type": "application/json"})
        response = self.connection.getresponse()
        text = response.read().decode()
        try:
            return json.loads(text)
        except ValueError:
            raise Difference("status %d, not JSON: %s" % (response.status, text[:300])) from None

    def stop(self):
        self.process.kill()
        self.process.wait()
        if hasattr(self, "drain"):
            self.connection.close()
            self.drain.join()
        self.process.stdout.close()


def run_step(step, captured, server, database):
    def fill(text):
        return re.sub(r"@@(v\d+)@@", lambda match: captured[match[1]], text)

    if "sql" in step:
        with sqlite3.connect(database, timeout=SECONDS) as connection:
            connection.executescript(fill(step["sql"]))
        return
    if "batch" in step:
        queries = [{"query": fill(query), "variables": {}} for query in step["batch"]]
        body = {"batch": queries, "transaction": step.get("transaction", False)}
        if step.get("isolation_level"):
            body["isolationLevel"] = step["isolation_level"]
    else:
        body = {"query": fill(step["query"]), "variables": step.get("variables") or {}}
    answer = server.ask(body)
    check_answer(step, answer)
    for capture in step.get("capture", ()):
        value = value_at(answer, capture["path"])
        captured[capture["name"]] = value if capture["mode"] == "string" else json.dumps(value)


def run_case(lamdb, case):
    """Why the case fails, or None."""
    with tempfile.TemporaryDirectory(prefix="loam-case.") as folder:
        schema, database = os.path.join(folder, "schema.prisma"), os.path.join(folder, "database.db")
        with open(schema, "w", encoding="utf-8") as file:
            file.write(case["schema"])
        names = ["--schema", schema, "--database", database]
        server, number = None, 0
        try:
            subprocess.run([lamdb, "push", *names], check=True, capture_output=True, timeout=SECONDS)
            server = Server([lamdb, "serve", *names, "--port", "0"])
            captured = {}
            for number, step in enumerate(case["steps"], 1):
                run_step(step, captured, server, database)
        except subprocess.CalledProcessError as error:
            return "push: " + error.stderr.decode()
        except (Difference, OSError, http.client.HTTPException, sqlite3.Error, subprocess.TimeoutExpired) as error:
            return "step %d: %s: %s" % (number, type(error).__name__, error)
        finally:
            if server:
                server.stop()
    return None


def read_exceptions(path):
    exceptions = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                name, kind, reason = line.strip().split(" | ", 2)
                if kind not in ("differs", "unstable") or not reason:
                    sys.exit("%s: want \"NAME | differs or unstable | reason\", got %s" % (path, line))
                exceptions[name] = kind
    return exceptions


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lamdb")
    parser.add_argument("cases")
    parser.add_argument("exceptions")
    parser.add_argument("--jobs", type=int, default=3)
    parser.add_argument("--filter", default="", help="regular expression; only cases with it in their id")
    options = parser.parse_args()
    with open(options.cases, encoding="utf-8") as file:
        cases = [json.loads(line) for line in file if line.strip()]
    cases = [case for case in cases if re.search(options.filter, case["id"])]
    if not cases:
        sys.exit("FAILED: no cases in %s" % options.cases)
    exceptions = read_exceptions(options.exceptions)

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        reasons = list(pool.map(lambda case: run_case(options.lamdb, case), cases))
    passed = differing = mistakes = 0
    for case, reason in zip(cases, reasons):
        kind = next((kind for name, kind in exceptions.items() if case["id"].endswith(name)), None)
        if reason is None and kind != "differs":
            passed += 1
        elif reason is None:
            mistakes += 1
            print("FAILED: %s passes; take it off the list of exceptions" % case["id"])
        elif kind is None:
            mistakes += 1
            print("FAILED: %s\n    %s" % (case["id"], reason))
        else:
            differing += 1
    print("%d passed, %d failed, %d differ as listed" % (passed, mistakes, differing))
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
