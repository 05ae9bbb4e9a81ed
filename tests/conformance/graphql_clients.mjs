// See graphql_clients.sh. Arguments: the lamdb program, the file of cases, a folder for scratch files.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
    buildClientSchema, buildSchema, getIntrospectionQuery, lexicographicSortSchema, parse, printSchema,
    validate, validateSchema,
} from 'graphql';

const [lamdb, casesFile, scratch] = process.argv.slice(2);
const database = join(scratch, 'empty.db');
writeFileSync(database, '');
const introspection = getIntrospectionQuery({
    directiveIsRepeatable: true, inputValueDeprecation: true, schemaDescription: true, specifiedByUrl: true,
});
const exceptions = readFileSync(join(scratch, 'graphql_exceptions.txt'), 'utf8')
    .split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split(' | '));

function run(...args) {
    const { status, stdout, stderr } = spawnSync(lamdb, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(`lamdb ${args[0]} ended with ${status}: ${stderr}${stdout}`.slice(0, 500));
    return stdout;
}

const sorted = (schema) => printSchema(lexicographicSortSchema(schema));

function clientSchema(text, number) {
    const file = join(scratch, `schema${number}.prisma`);
    writeFileSync(file, text);
    const answer = JSON.parse(run('query', '--schema', file, '--database', database, introspection));
    const schema = buildClientSchema(answer.data);
    const [problem] = validateSchema(schema);
    if (problem) throw problem;
    if (sorted(schema) !== sorted(buildSchema(run('schema', '--schema', file, '--sdl')))) {
        throw new Error('the schema language and introspection differ');
    }
    return schema;
}

const schemas = new Map();
const unused = new Set(exceptions);
let queries = 0;
let failures = 0;

function report(id, message) {
    failures += 1;
    console.error(`${id}: ${message}`);
}

function check(id, schema, query) {
    queries += 1;
    // Values taken from earlier answers stand in texts, or in place of a literal.
    const text = query.replace(/@@\w+@@/g, (_, at) => (query[at - 1] === '"' ? 'x' : '"1"'));
    const [problem] = validate(schema, parse(text));
    if (!problem) return;
    const known = exceptions.find(([end, message]) => id.endsWith(end) && problem.message.startsWith(message));
    if (known) unused.delete(known);
    else report(id, `${problem.message} in ${query.replace(/\s+/g, ' ')}`);
}

for (const line of readFileSync(casesFile, 'utf8').split('\n').filter(Boolean)) {
    const { id, schema, steps } = JSON.parse(line);
    try {
        if (!schemas.has(schema)) schemas.set(schema, clientSchema(schema, schemas.size));
        for (const step of steps.filter((candidate) => !candidate.expect_error)) {
            for (const query of step.query ? [step.query] : step.batch ?? []) check(id, schemas.get(schema), query);
        }
    } catch (error) {
        report(id, error.message);
    }
}
for (const [end, message] of unused) console.log(`no longer an exception, or not in these cases: ${end} | ${message}`);
console.log(`${schemas.size} schemas, ${queries} queries, ${failures} failures`);
process.exit(failures === 0 && queries > 0 ? 0 : 1);
