#!/usr/bin/env bash
# aws_deploy.sh PROGRAM FOLDER: the articles stack on a local AWS. Packages and deploys with the AWS CLI,
# migrates as the operation guide says, creates and reads through the writer function, then resets.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need aws cfn-lint curl python3
python3 -c 'import boto3, moto.server' 2>/dev/null || need moto_server_with_boto3

local=$support/aws-local/aws-local
export AWS_LOCAL_DIR=$scratch/aws AWS_CONFIG_FILE=$scratch/none AWS_SHARED_CREDENTIALS_FILE=$scratch/none
export AWS_LOCAL_PORT AWS_LOCAL_LAMBDA_PORT LOAM_MOUNTS=/mnt/database=$scratch/efs
AWS_LOCAL_PORT=$(freePort)
AWS_LOCAL_LAMBDA_PORT=$(freePort)
mkdir -p "$scratch/efs"

stop() {
    local status=$?
    [[ $status == 0 ]] || tail -n 30 "$AWS_LOCAL_DIR"/*.log 2>/dev/null || true
    "$local" down || true
    rm -rf "$scratch"
    exit "$status"
}
trap stop EXIT

synthesize "$1" "$2" "$scratch/out" --target cloudformation
"$local" up
eval "$("$local" env)"
export AWS_DEFAULT_REGION=eu-central-1 AWS_REGION=eu-central-1
"$local" deploy "$scratch/out/Articles.template.json" Articles | tee "$scratch/deploy.txt"
grep -q 'CREATE_COMPLETE\|UPDATE_COMPLETE' "$scratch/deploy.txt" || fail "the stack is not complete"

# Version 1 of the CLI always takes a payload as it is and does not know the option.
raw=()
[[ $(aws --version 2>&1) == aws-cli/1.* ]] || raw=(--cli-binary-format raw-in-base64-out)

front=http://127.0.0.1:$AWS_LOCAL_LAMBDA_PORT/_http/articles-writer

# expectText FILE TEXT
expectText() {
    grep -qF -- "$2" "$1" && return 0
    cat "$1"
    fail "$(basename "$1") does not say $2"
}

echo "migrate, as the guide writes it"
aws lambda invoke --function-name articles-migrate --log-type Tail /dev/null --output json --query 'LogResult' | tr -d '\"' | base64 -d >"$scratch/migrate.log"
cat "$scratch/migrate.log"
for migration in "$2"/prisma/migrations/*/; do
    expectText "$scratch/migrate.log" "$(basename "$migration")"
done
[[ -s $scratch/efs/database.db ]] || fail "no database on the file system"

# invoke FILE EVENT: the answer of the writer function to an HTTP API event, into FILE.
event() {
    python3 - "$1" <<'PYTHON'
import json, sys
print(json.dumps({"version": "2.0", "routeKey": "POST /graphql", "rawPath": "/graphql", "rawQueryString": "",
    "headers": {"content-type": "application/json"}, "isBase64Encoded": False, "body": json.dumps({"query": sys.argv[1]}),
    "requestContext": {"accountId": "123456789012", "apiId": "api", "stage": "$default", "routeKey": "POST /graphql",
        "requestId": "request-1", "http": {"method": "POST", "path": "/graphql", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "test"}}}))
PYTHON
}
invoke() {
    aws lambda invoke "${raw[@]}" --function-name articles-writer \
        --payload "$(event "$2")" "$1" --output json
    cat "$1"
    echo
    ! grep -q '"errorMessage"' "$1" || fail "the writer failed"
}

echo "create and findMany through the writer"
invoke "$scratch/create.json" 'mutation { createOneArticle(data: {title: "Deployed"}) { id title } }'
expectText "$scratch/create.json" '"statusCode":200'
expectText "$scratch/create.json" Deployed
invoke "$scratch/read.json" 'query { findManyArticle(where: {title: {equals: "Deployed"}}) { id title } }'
expectText "$scratch/read.json" Deployed

echo "the same through HTTP"
ask() {
    curl -sS --max-time 20 -H 'Content-Type: application/json' --data-binary "$2" "$front$1"
    echo
}
ask /graphql '{"query": "mutation { createOneArticle(data: {title: \"Over HTTP\"}) { title } }"}' >"$scratch/http.json"
ask /5.0.0/hash/graphql '{"query": "query { findManyArticle(orderBy: {id: asc}) { title } }"}' >>"$scratch/http.json"
cat "$scratch/http.json"
expectText "$scratch/http.json" Deployed
expectText "$scratch/http.json" 'Over HTTP'

echo "reset"
aws lambda invoke "${raw[@]}" --payload '{"reset": true}' --function-name articles-migrate --log-type Tail "$scratch/reset.json" --output json --query 'LogResult' | tr -d '\"' | base64 -d >"$scratch/reset.log"
cat "$scratch/reset.log" "$scratch/reset.json"
echo
ask /graphql '{"query": "query { findManyArticle(where: {title: {in: [\"Deployed\", \"Over HTTP\"]}}) { title } }"}' >"$scratch/after.json"
cat "$scratch/after.json"
expectText "$scratch/after.json" '"findManyArticle":[]'

echo "reset without migrating removes the database"
aws lambda invoke "${raw[@]}" --payload '{"reset": true, "migrate": false}' --function-name articles-migrate "$scratch/removed.json" >/dev/null
cat "$scratch/removed.json"
echo
for file in database.db database.db-wal database.db-shm database.db-journal; do
    [[ ! -e $scratch/efs/$file ]] || fail "$file is still there"
done
echo "deployed, migrated, written, read and reset"
