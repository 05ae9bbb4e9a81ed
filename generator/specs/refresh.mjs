#!/usr/bin/env node
// Writes the fact files next to this script: one <service>.txt for every CloudFormation service,
// and VERSIONS. See docs/decisions/resource-facts.md for the format. To run it:
//
//   npm install --prefix SCRATCH @aws-cdk/aws-service-spec
//   python3 -m pip install cfn-lint
//   node generator/specs/refresh.mjs --modules SCRATCH/node_modules
//
// Names, types, attributes, replacement, relations and tags come from aws-service-spec; patterns,
// limits, write-only marks and combinations of properties from the schemas inside cfn-lint.
// The same two versions give the same bytes. No documentation text is read.
import fs from 'node:fs';
import path from 'node:path';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {loadSchemas, ResourceOverlay} from './cfn_lint_schemas.mjs';
import {moreStatefulTypes} from './stateful_types.mjs';

const folder = path.dirname(fileURLToPath(import.meta.url));

function modulesFolder() {
  const index = process.argv.indexOf('--modules');
  if (index < 0 || !process.argv[index + 1]) {
    console.error('usage: refresh.mjs --modules <folder with @aws-cdk/aws-service-spec>');
    process.exit(2);
  }
  return path.resolve(process.argv[index + 1]);
}

const require = createRequire(path.join(modulesFolder(), 'resolve.js'));
const {loadAwsServiceSpecSync} = require('@aws-cdk/aws-service-spec');
const db = loadAwsServiceSpecSync();
const resourcesByType = new Map([...db.all('resource')].map(r => [r.cloudFormationType, r]));
const {version, schemas, stateful} = loadSchemas();
for (const type of moreStatefulTypes) {
  if (!resourcesByType.has(type)) throw new Error(`stateful_types.mjs names ${type}, which is no longer a type`);
  stateful.add(type);
}

const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/// The type of a field in the notation of the fact files: str, num, int, bool, any, tag, a
/// definition's name, [element] or {element}. A union is any: no single C++ type holds it.
function typeText(type) {
  switch (type.type) {
    case 'string':
    case 'date-time':
      return 'str';
    case 'number':
      return 'num';
    case 'integer':
      return 'int';
    case 'boolean':
      return 'bool';
    case 'tag':
      return 'tag';
    case 'ref':
      return db.get('typeDefinition', type.reference).name;
    case 'array':
      return `[${typeText(type.element)}]`;
    case 'map':
      return `{${typeText(type.element)}}`;
    case 'json':
    case 'union':
      return 'any';
    default:
      throw new Error(`unknown type ${JSON.stringify(type)}`);
  }
}

function allowedValues(type) {
  return type.allowedValues ?? (type.element ? allowedValues(type.element) : undefined);
}

/// A pattern with the few words replaced that RE2 spells in another way. Where the meaning cannot be
/// kept, the result accepts more, never less: RE2 counts repetitions to 1,000 only.
function portable(pattern) {
  const hex = (text, digits) => text.charCodeAt(0).toString(16).toUpperCase().padStart(digits, '0');
  const surrogates = /\\u([dD][89a-fA-F]|[e-fE-F])/.test(pattern);
  return pattern
      .replace(/\\A/g, '^')
      .replace(/\\Z/g, '$')
      .replace(/\\u([0-9a-fA-F]{4})/g, surrogates ? '\\u$1' : '\\x{$1}')
      .replace(/(?<!\\)\{(\d+),(\d{4,})\}/g, (all, low, high) => (+high > 1000 && +low <= 1000 ? `{${low},}` : all))
      // Characters that a text file should not hold.
      .replace(/[\0-\x1f\x7f]/g, c => `\\x${hex(c, 2)}`)
      .replace(/[\x80-\x9f\p{Cs}\p{Zl}\p{Zp}\ufeff]/gu, c => `\\u${hex(c, 4)}`);
}

const numeric = text => /^[[{]*(num|int)[\]}]*$/.test(text);
const textual = text => /^[[{]*str[\]}]*$/.test(text);
const range = ([low, high]) => `${low ?? ''}..${high ?? ''}`;

/// Lists longer than this change weekly and differ between regions (instance types).
const longestEnumeration = 400;

function enumeration(property, limits) {
  const stated = allowedValues(property.type)?.map(String);
  const values = [...new Set([...(stated ?? []), ...(limits?.values ?? [])])];
  if (values.length === 0 || values.length > longestEnumeration) return undefined;
  if (values.some(value => /[|\t\n]/.test(value))) throw new Error(`value with a separator: ${values}`);
  return values.sort(byName).join('|');
}

/// One line of facts about a property. The pattern, which may hold any character, comes last.
function propertyLine(name, property, facts) {
  const type = typeText(property.type);
  const limits = facts?.limits;
  const words = ['p', name, type];
  if (property.required && facts?.required !== false) words.push('required');
  const replaces = property.causesReplacement ?? (facts?.mayReplace ? 'maybe' : 'no');
  if (replaces === 'yes') words.push('replace');
  if (replaces === 'maybe') words.push('may-replace');
  if (facts?.writeOnly) words.push('write-only');
  if (property.deprecated) words.push('deprecated');
  if (/^[[{]/.test(type) && limits?.items) words.push(`items=${range(limits.items)}`);
  if (/^\[/.test(type) && limits?.unique) words.push('unique');
  if (textual(type) && limits?.length) words.push(`length=${range(limits.length)}`);
  if (numeric(type) && limits?.range) words.push(`range=${range(limits.range)}`);
  const values = textual(type) || numeric(type) ? enumeration(property, limits) : undefined;
  if (values) words.push(`${limits?.anyCase ? 'enum-any-case' : 'enum'}=${values}`);
  const targets = relations(property, limits);
  if (targets.length > 0) words.push(`takes=${targets.join(',')}`);
  if (textual(type) && limits?.pattern) words.push(`pattern=${portable(limits.pattern)}`);
  return words.join('\t');
}

/// What a property takes, as Type.Attribute. Where the resource has no attribute of that name ("Id"),
/// it is the one that ends so, or else what Ref returns.
function relations(property, limits) {
  const stated = (property.relationshipRefs ?? []).map(r => [r.cloudFormationType, r.propertyName]);
  const all = [...stated, ...(limits?.targets ?? [])].map(([type, attribute]) => {
    const resource = resourcesByType.get(type);
    return resource && `${type}.${attributeName(resource, attribute)}`;
  });
  return [...new Set(all.filter(Boolean))].sort(byName);
}

function attributeName(resource, attribute) {
  const names = [...Object.keys(resource.attributes), ...Object.keys(resource.properties)];
  const wanted = [attribute, resource.name + attribute, ...referenceNames(resource)];
  const likely = wanted.find(name => name.endsWith(attribute) && names.includes(name));
  const similar = names.filter(name => name.endsWith(attribute));
  return likely ?? (similar.length === 1 ? similar[0] : 'Ref');
}

function referenceNames(resource) {
  const names = resource.cfnRefIdentifier ?? resource.primaryIdentifier ?? [];
  return names.length === 1 ? names : [];
}

function referenceKind(name) {
  return /Arn$/i.test(name) ? 'arn' : /Id$/.test(name) ? 'id' : /Name$/.test(name) ? 'name' : 'value';
}

function structLines(definition, facts) {
  const lines = [];
  for (const name of Object.keys(definition.properties).sort(byName)) {
    const property = definition.properties[name];
    if (property.deprecated !== 'IGNORE') lines.push(propertyLine(name, property, facts?.property(name)));
  }
  const known = name => name in definition.properties;
  for (const [word, names] of facts?.combinations ?? []) {
    if (names.every(known)) lines.push(`${word}\t${names.join(',')}`);
  }
  return lines;
}

function resourceLines(resource, overlay) {
  const definitions = [...db.follow('usesType', resource)].map(link => link.entity);
  overlay?.match(db, resource);
  const lines = [`resource\t${resource.cloudFormationType}`];
  if (resource.primaryIdentifier?.length) lines.push(`id\t${resource.primaryIdentifier.join(',')}`);
  for (const name of referenceNames(resource)) lines.push(`ref\t${name}\t${referenceKind(name)}`);
  if (resource.arnTemplate) lines.push(`arn\t${resource.arnTemplate}`);
  const tags = resource.tagInformation;
  if (tags) lines.push(`tags\t${tags.tagPropertyName}\t${{standard: 'list', map: 'map', asg: 'asg'}[tags.variant]}`);
  if (resource.isStateful || stateful.has(resource.cloudFormationType)) lines.push('stateful');
  if (resource.cloudFormationTransform) lines.push(`transform\t${resource.cloudFormationTransform}`);
  lines.push(...structLines(resource, overlay?.facts(resource)));
  for (const name of Object.keys(resource.attributes).sort(byName)) {
    lines.push(`a\t${name}\t${typeText(resource.attributes[name].type)}`);
  }
  for (const definition of definitions.sort((a, b) => byName(a.name, b.name))) {
    lines.push(`type\t${definition.name}`, ...structLines(definition, overlay?.facts(definition)));
  }
  return lines;
}

function writeService(service) {
  const lines = [`service\t${service.cloudFormationNamespace}`];
  const resources = [...db.follow('hasResource', service)].map(link => link.entity);
  for (const resource of resources.sort((a, b) => byName(a.cloudFormationType, b.cloudFormationType))) {
    const variants = schemas.get(resource.cloudFormationType);
    lines.push('', ...resourceLines(resource, variants && new ResourceOverlay(variants)));
  }
  fs.writeFileSync(path.join(folder, `${service.shortName}.txt`), lines.join('\n') + '\n');
}

for (const file of fs.readdirSync(folder)) {
  if (file.endsWith('.txt')) fs.unlinkSync(path.join(folder, file));
}
const services = [...db.all('service')].sort((a, b) => byName(a.shortName, b.shortName));
for (const service of services) writeService(service);
fs.writeFileSync(
    path.join(folder, 'VERSIONS'),
    `@aws-cdk/aws-service-spec ${require('@aws-cdk/aws-service-spec/package.json').version}\n` +
        `cfn-lint ${version}\n`);
console.log(`${services.length} services, ${resourcesByType.size} resource types`);
