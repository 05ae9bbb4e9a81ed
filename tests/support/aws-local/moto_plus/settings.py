"""The command line, read before boto3 and moto look at the environment, and clients of this server itself."""
import argparse, os

ap = argparse.ArgumentParser()
ap.add_argument("--port", type=int, default=5600)
ap.add_argument("--emulator", default="")
ap.add_argument("--lenient", action="store_true", help="ignore unknown types and properties, as plain moto does")
ap.add_argument("--pidfile")
args = ap.parse_args()
os.environ.setdefault("MOTO_PORT", str(args.port))
for k in ("AWS_ENDPOINT_URL",):
    os.environ.pop(k, None)
os.environ.setdefault("AWS_ACCESS_KEY_ID", "test"); os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "test")

import boto3
from botocore.config import Config

SELF = "http://127.0.0.1:%d" % args.port
_clients = {}


def client(service, region):
    if (service, region) not in _clients:
        _clients[service, region] = boto3.client(service, region_name=region, endpoint_url=SELF,
            config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}))
    return _clients[service, region]
