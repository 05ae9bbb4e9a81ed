// Reads the resource schemas inside the cfn-lint Python package and lays them over the types of
// aws-service-spec. Several regional variants of a schema, and several places that use one
// definition, may disagree; the loosest of them is kept, so that no correct template is refused.
import fs from 'node:fs';
import path from 'node:path';
import {execFileSync} from 'node:child_process';

/// All schemas by type name (every regional variant), the version of cfn-lint, and the types it
/// counts as stateful.
export function loadSchemas() {
  const script = 'import cfnlint.version, os; print(os.path.dirname(cfnlint.__file__)); print(cfnlint.version.__version__)';
  const [package_, version] = execFileSync('python3', ['-c', script], {encoding: 'utf8'}).trim().split('\n');
  const folder = path.join(package_, 'data', 'schemas', 'resources');
  const schemas = new Map();
  for (const file of fs.readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue;
    const schema = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
    if (!schemas.has(schema.typeName)) schemas.set(schema.typeName, []);
    schemas.get(schema.typeName).push(schema);
  }
  const stateful = path.join(package_, 'data', 'AdditionalSpecs', 'StatefulResources.json');
  const types = JSON.parse(fs.readFileSync(stateful, 'utf8')).ResourceTypes;
  return {version, schemas, stateful: new Set(Object.keys(types))};
}

function resolve(root, schema) {
  for (let hops = 0; schema?.$ref && hops < 10; hops++) {
    const {$ref, ...own} = schema;
    let target = root;
    for (const part of $ref.replace(/^#\//, '').split('/')) target = target?.[part];
    schema = {...target, ...own};
  }
  return schema;
}

const alternatives = schema => [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])];

/// The schemas that describe one property of an object, its alternatives included.
function propertySchemas(root, object, name) {
  const found = [];
  const direct = object?.properties?.[name];
  if (direct && typeof direct === 'object') found.push(resolve(root, direct));
  for (const part of alternatives(object ?? {})) found.push(...propertySchemas(root, resolve(root, part), name));
  return found;
}

/// Steps into arrays and maps until the schema of a scalar or object is reached.
function elements(root, schema, type) {
  if (type.type !== 'array' && type.type !== 'map') return [schema];
  const inner = [];
  if (schema.items) inner.push(resolve(root, schema.items));
  for (const value of Object.values(schema.patternProperties ?? {})) inner.push(resolve(root, value));
  if (typeof schema.additionalProperties === 'object') inner.push(resolve(root, schema.additionalProperties));
  for (const part of alternatives(schema)) {
    const resolved = resolve(root, part);
    if (resolved.items) inner.push(resolve(root, resolved.items));
  }
  return inner.flatMap(one => elements(root, one, type.element));
}

/// What a property takes: format "AWS::IAM::Role.Arn" or a relationshipRef.
function targets(schema) {
  const found = [];
  for (const part of [schema, ...(schema.anyOf ?? [])]) {
    const format = /^(AWS::\w+::\w+)\.(\w+)$/.exec(part.format ?? '');
    if (format) found.push([format[1], format[2].replace(/^(Ids|Arns|Names)$/, word => word.slice(0, -1))]);
    const reference = part.relationshipRef;
    if (reference) found.push([reference.typeName, reference.propertyPath.replace(/^\/properties\//, '').replaceAll('/', '.')]);
  }
  return found;
}

/// The limits one schema puts on a property; undefined fields mean no limit.
function limitsOf(outer, leaf) {
  const pair = (low, high) => (low === undefined && high === undefined ? undefined : [low, high]);
  const values = leaf.enum ?? leaf.enumCaseInsensitive ?? (leaf.const !== undefined ? [leaf.const] : undefined);
  return {
    items: pair((outer.minItems ?? outer.minProperties) || undefined, outer.maxItems ?? outer.maxProperties),
    unique: outer.uniqueItems === true || undefined,
    length: pair(leaf.minLength || undefined, leaf.maxLength),
    range: pair(leaf.minimum, leaf.maximum),
    values: values?.map(String),
    anyCase: leaf.enumCaseInsensitive !== undefined || undefined,
    pattern: leaf.pattern,
    targets: targets(leaf),
  };
}

function looserPair(a, b) {
  if (!a || !b) return undefined;
  const low = a[0] === undefined || b[0] === undefined ? undefined : Math.min(a[0], b[0]);
  const high = a[1] === undefined || b[1] === undefined ? undefined : Math.max(a[1], b[1]);
  return low === undefined && high === undefined ? undefined : [low, high];
}

function looser(a, b) {
  if (!a) return b;
  return {
    items: looserPair(a.items, b.items),
    unique: a.unique && b.unique,
    length: looserPair(a.length, b.length),
    range: looserPair(a.range, b.range),
    values: a.values && b.values && [...new Set([...a.values, ...b.values])],
    anyCase: a.anyCase || b.anyCase,
    pattern: a.pattern === b.pattern ? a.pattern : undefined,
    targets: [...a.targets, ...b.targets],
  };
}

/// Which properties belong together: [word, names] with the words of the fact files.
/// xor: exactly one. or: at least one. needs: the first requires the rest. excludes: likewise.
function combinationsOf(root, schema) {
  const found = [];
  const single = part => (part.required?.length === 1 && Object.keys(part).every(key => key === 'required' || key === 'type') ? part.required[0] : undefined);
  const onlyProperty = part => {
    const names = Object.keys(part.properties ?? {});
    return names.length === 1 && part.additionalProperties === false && part.required?.[0] === names[0] ? names[0] : undefined;
  };
  const group = (word, parts, pick) => {
    const names = (parts ?? []).map(part => pick(resolve(root, part)));
    if (names.length > 1 && names.every(Boolean)) found.push([word, [...new Set(names)].sort()]);
  };
  if (schema.requiredXor) found.push(['xor', [...schema.requiredXor].sort()]);
  if (schema.requiredOr) found.push(['or', [...schema.requiredOr].sort()]);
  group('xor', schema.oneOf, single);
  group('or', schema.anyOf, single);
  if (!schema.properties) group('xor', schema.oneOf, onlyProperty);
  const dependent = (word, table) => {
    for (const [name, names] of Object.entries(table ?? {})) {
      if (Array.isArray(names)) found.push([word, [name, ...[...names].sort()]]);
    }
  };
  dependent('needs', schema.dependentRequired);
  dependent('needs', schema.dependencies);
  dependent('excludes', schema.dependentExcluded);
  return found.filter(([, names]) => names.length > 1);
}

/// Facts of one struct, gathered from every schema object that describes it.
class StructFacts {
  properties = new Map();
  combinations = undefined;

  property(name) {
    return this.properties.get(name);
  }

  addCombinations(list) {
    const text = entry => JSON.stringify(entry);
    const here = new Set(list.map(text));
    this.combinations = this.combinations ? this.combinations.filter(entry => here.has(text(entry))) :
                                            list.filter((entry, index) => list.findIndex(e => text(e) === text(entry)) === index);
    this.combinations.sort((a, b) => (text(a) < text(b) ? -1 : 1));
  }

  add(name, limits, {required, writeOnly, mayReplace}) {
    const before = this.properties.get(name);
    this.properties.set(name, {
      limits: looser(before?.limits, limits),
      required: (before?.required ?? required) && required,
      writeOnly: (before?.writeOnly ?? writeOnly) && writeOnly,
      mayReplace: (before?.mayReplace ?? mayReplace) && mayReplace,
    });
  }
}

/// Lays all variants of one type's schema over the type's definitions in aws-service-spec.
export class ResourceOverlay {
  constructor(variants) {
    this.variants = variants;
    this.byId = new Map();
  }

  facts(entity) {
    return this.byId.get(entity.$id);
  }

  match(db, resource) {
    for (const root of this.variants) {
      this.root = root;
      this.resource = resource;
      this.writeOnly = new Set(root.writeOnlyProperties);
      this.mayReplace = new Set(root.conditionalCreateOnlyProperties);
      this.walk(db, resource, [root], '/properties', []);
    }
  }

  walk(db, entity, objects, at, ancestors) {
    if (ancestors.includes(entity.$id)) return;
    if (!this.byId.has(entity.$id)) this.byId.set(entity.$id, new StructFacts());
    const facts = this.byId.get(entity.$id);
    for (const object of objects) facts.addCombinations(combinationsOf(this.root, object));
    for (const [name, property] of Object.entries(entity.properties)) {
      const place = `${at}/${name}`;
      const flags = {
        required: objects.some(object => object.required?.includes(name)),
        writeOnly: this.writeOnly.has(place),
        mayReplace: this.mayReplace.has(place),
      };
      const outers = objects.flatMap(object => propertySchemas(this.root, object, name));
      const inner = outers.flatMap(outer => elements(this.root, outer, property.type));
      for (const outer of outers) {
        for (const leaf of elements(this.root, outer, property.type)) {
          facts.add(name, this.withoutOwn(limitsOf(outer, leaf), entity), flags);
        }
      }
      this.descend(db, property.type, inner, place, [...ancestors, entity.$id]);
    }
  }

  /// A format on a resource's own top-level property names what it is, not what it takes.
  withoutOwn(limits, entity) {
    if (entity !== this.resource) return limits;
    return {...limits, targets: limits.targets.filter(([type]) => type !== this.resource.cloudFormationType)};
  }

  descend(db, type, schemas, place, ancestors) {
    if (type.type === 'array' || type.type === 'map') {
      this.descend(db, type.element, schemas, `${place}/*`, ancestors);
    } else if (type.type === 'union') {
      for (const one of type.types) this.descend(db, one, schemas, place, ancestors);
    } else if (type.type === 'ref' && schemas.length > 0) {
      this.walk(db, db.get('typeDefinition', type.reference), schemas, place, ancestors);
    }
  }
}
