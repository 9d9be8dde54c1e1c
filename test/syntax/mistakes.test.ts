/** One mistake, one problem, on exactly the text that is wrong. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Exact } from '../../server/src/model/exact.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import type { Node, Property } from '../../server/src/syntax/node.ts';
import { checkSchema, type SchemaKind } from '../../server/src/syntax/schema.ts';
import { pick } from '../support/random-json.ts';
import { seeded } from '../support/seeded.ts';

const HEAD = '"id": "x", "title": "X", "version": "1.0.0"';
const rule = (members: string) => `{ ${HEAD}, "rules": [ { "id": "a", ${members} } ] }`;
const when = (condition: string) => rule(`"when": ${condition}, "then": [ { "avoid": "b" } ]`);
const effect = (written: string) => rule(`"then": [ ${written} ]`);
const section = (name: string, item: string) => `{ ${HEAD}, "${name}": { "a": ${item} } }`;
const fact = (members: string) => section('facts', `{ "title": "A", ${members} }`);
const score = (members: string) => section('scores', `{ "title": "A", ${members} }`);
const patient = (members: string) => `{ "id": "x", "title": "X", "asOf": "2026-11-22", ${members} }`;

/** `kind «text» suggestion`, in the order of the text. */
function found(text: string, kind: SchemaKind): string[] {
  const problems = checkSchema(parseDocument(text), kind);
  return problems.map(problem => {
    const { suggestion } = problem.data;
    return `${problem.kind} «${text.slice(problem.span.start, problem.span.end)}»${suggestion === undefined ? '' : ` ${suggestion}`}`;
  });
}

const RULE_SETS: [text: string, ...expected: string[]][] = [
  ['[]', 'wrong-type «[]»'],
  ['"rules"', 'wrong-type «"rules"»'],
  ['null', 'wrong-type «null»'],
  ['{}', 'missing-property «{»', 'missing-property «{»', 'missing-property «{»'],
  ['{ "id": "x", "titel": "X", "version": "1.0.0" }', 'unknown-property «"titel"» title'],
  [`{ ${HEAD}, "rulez": [] }`, 'unknown-property «"rulez"» rules'],
  [`{ ${HEAD}, "constructor": [] }`, 'unknown-property «"constructor"»'],
  [`{ ${HEAD}, "__proto__": { "id": 1 } }`, 'unknown-property «"__proto__"»'],
  [`{ ${HEAD}, "status": "Draft" }`, 'value-not-allowed «"Draft"» draft'],
  [`{ ${HEAD}, "role": 1 }`, 'wrong-type «1»'],
  [`{ ${HEAD}, "reviewBy": "2026-02-29" }`, 'malformed-value «"2026-02-29"»'],
  [`{ ${HEAD}, "uses": ["a\\\\b.clinical.json"] }`, 'malformed-value «"a\\\\b.clinical.json"»'],
  [`{ ${HEAD}, "remove": [] }`, 'missing-property «{»'],
  [when('"x"'), 'wrong-type «"x"»'],
  [when('{}'), 'missing-property «{»'],
  [when('{ "is": true }'), 'missing-property «{»'],
  [when('{ "fcat": "b", "is": true }'), 'unknown-property «"fcat"» fact'],
  [when('{ "fact": "b" }'), 'missing-property «{»'],
  [when('{ "fact": "b", "unit": "a" }'), 'missing-property «{»'],
  [when('{ "fact": "b", "iss": true }'), 'unknown-property «"iss"» is'],
  [when('{ "fact": "b", "atleast": 3 }'), 'unknown-property «"atleast"» atLeast'],
  [when('{ "fact": "b", "is": true, "score": "s" }'), 'exclusive-properties «"score"»'],
  [when('{ "fact": "b", "is": 3, "atLeast": 4 }'), 'exclusive-properties «"atLeast"»'],
  [when('{ "fact": "b", "above": 3, "atLeast": 4 }'), 'exclusive-properties «"above"»'],
  [when('{ "fact": "b", "is": null }'), 'wrong-type «null»'],
  [when('{ "fact": "b", "in": [] }'), 'wrong-count «[]»'],
  [when('{ "fact": "b", "in": "c" }'), 'wrong-type «"c"»'],
  [when('{ "fact": "b", "atLeast": "3" }'), 'malformed-value «"3"»'],
  [when('{ "fact": "b", "atLeast": { "a": "3" } }'), 'wrong-type «"3"»'],
  [when('{ "fact": "b", "atLeast": { "a": 3 }, "unit": "a" }'), 'wrong-type «{ "a": 3 }»'],
  [when('{ "fact": "" , "is": true }'), 'malformed-value «""»'],
  [when('{ "all": [] }'), 'wrong-count «[]»'],
  [when('{ "all": { "fact": "b", "is": true } }'), 'wrong-type «{ "fact": "b", "is": true }»'],
  [when('{ "not": { "not": { "not": { "fact": "b", "is": [] } } } }'), 'wrong-type «[]»'],
  [when('{ "score": "s" }'), 'missing-property «{»'],
  [when('{ "score": "s", "total": 3 }'), 'wrong-type «3»'],
  [when('{ "score": "s", "total": {} }'), 'missing-property «{»'],
  [when('{ "score": "s", "in": ["b"], "applies": true }'), 'exclusive-properties «"applies"»'],
  [when('{ "every": "g" }'), 'missing-property «{»'],
  [when('{ "some": "g", "were": { "fact": "b", "is": true } }'), 'unknown-property «"were"» where'],
  [when('{ "count": "g" }'), 'missing-property «{»'],
  [when('{ "count": "g", "where": { "fact": "b", "is": true } }'), 'missing-property «{»'],
  [when('{ "unknown": {} }'), 'missing-property «{»'],
  [when('{ "unknown": { "fact": "b", "score": "c" } }'), 'exclusive-properties «"score"»'],
  [rule('"then": []'), 'wrong-count «[]»'],
  [rule('"thn": [ { "avoid": "b" } ]'), 'unknown-property «"thn"» then'],
  [rule('"then": [ { "avoid": "b" } ], "override": { "rules": ["c"] }'), 'missing-property «{»'],
  [`{ ${HEAD}, "rules": [ { "id": "A b", "then": [ { "avoid": "b" } ] } ] }`, 'malformed-value «"A b"»'],
  [`{ ${HEAD}, "precautions": [ { "id": "a", "then": [ { "avoid": "b" } ] } ] }`, 'missing-property «{»'],
  [effect('{}'), 'missing-property «{»'],
  [effect('{ "decid": "c", "as": "d" }'), 'unknown-property «"decid"» decide'],
  [effect('{ "decide": "c" }'), 'missing-property «{»'],
  [effect('{ "decide": "c", "sa": "d" }'), 'unknown-property «"sa"» as'],
  [effect('{ "avoid": "b", "forbid": "c" }'), 'exclusive-properties «"forbid"»'],
  [effect('{ "avoid": "b", "at": "her" }'), 'value-not-allowed «"her"» here'],
  [effect('{ "avoid": "b", "at": {} }'), 'missing-property «{»'],
  [effect('{ "require": "b", "every": "7d" }'), 'malformed-value «"7d"»'],
  [effect('{ "require": "b", "every": "0 d" }'), 'malformed-value «"0 d"»'],
  [effect('{ "limit": "dose", "unit": "mg" }'), 'missing-property «{»'],
  [effect('{ "limit": "dose", "atMost": "high", "unit": "mg" }'), 'wrong-type «"high"»'],
  [effect('{ "recommend": "b", "with": { "dose": { "unit": "mg" } } }'), 'missing-property «{»'],
  [effect('{ "recommend": { "oneof": ["b"] } }'), 'unknown-property «"oneof"» oneOf'],
  [fact('"type": "quantty", "unit": "a"'), 'value-not-allowed «"quantty"» quantity'],
  [fact('"tpye": "quantity", "unit": "a"'), 'unknown-property «"tpye"» type'],
  [fact('"unit": "a"'), 'missing-property «{»'],
  [fact('"type": "quantity"'), 'missing-property «{»'],
  [fact('"type": "quantity", "unti": "a"'), 'unknown-property «"unti"» unit'],
  [fact('"type": "boolean", "unit": "a"'), 'unknown-property «"unit"»'],
  [fact('"type": "code", "values": "site"'), 'value-not-allowed «"site"» sites'],
  [fact('"type": "code", "values": []'), 'wrong-count «[]»'],
  [fact('"type": "quantity", "unit": "a", "alsoIn": { "mo": 0 }'), 'value-not-allowed «0»'],
  [section('derived', '{ "title": "A", "type": "decimal" }'), 'missing-property «{»'],
  [section('derived', '{ "title": "A", "type": "decimal", "summ": [1, 2] }'), 'unknown-property «"summ"» sum'],
  [section('derived', '{ "title": "A", "type": "decimal", "sum": [1, 2], "product": [1, 2] }'), 'exclusive-properties «"product"»'],
  [section('derived', '{ "title": "A", "type": "decimal", "sum": [1] }'), 'wrong-count «[1]»'],
  [section('derived', '{ "title": "A", "type": "decimal", "sum": [1, { "sun": [1, 2] }] }'), 'unknown-property «"sun"» sum'],
  [section('derived', '{ "title": "A", "type": "decimal", "sum": [1, "2"] }'), 'wrong-type «"2"»'],
  [section('derived', '{ "title": "A", "type": "decimal", "sum": [1, 2], "unit": "h" }'), 'exclusive-properties «"unit"»'],
  [section('derived', '{ "title": "A", "type": "decimal", "formulas": { "h": 1 } }'), 'missing-property «{»'],
  [section('thresholds', '{ "fact": "b" }'), 'missing-property «{»'],
  [section('decisions', '{ "title": "A", "values": ["b"], "resolve": "single", "each": "g" }'), 'value-not-allowed «"single"»'],
  [section('parameters', '{ "title": "A", "unit": "h", "order": ["b", "c"] }'), 'exclusive-properties «"order"»'],
  [section('parameters', '{ "title": "A" }'), 'missing-property «{»'],
  [score('"components": { "c": { "title": "C" } }'), 'missing-property «{»'],
  [score('"components": { "c": { "title": "C", "optoins": { "d": 1 } } }'), 'unknown-property «"optoins"» options'],
  [score('"components": { "c": { "title": "C", "options": { "d": "1" } } }'), 'wrong-type «"1"»'],
  [score('"components": { "c": { "title": "C", "fact": "f", "intervals": [ { "points": 1 } ] } }'), 'missing-property «{»'],
  [
    score('"components": { "c": { "title": "C", "fact": "f" } }, "bands": { "b": {} }, "bandSets": { "s": { "b": {} } }'),
    'exclusive-properties «"bandSets"»',
  ],
  [score('"components": { "c": { "title": "C", "fact": "f" } }, "range": [0]'), 'wrong-count «[0]»'],
];

const PATIENTS: [text: string, ...expected: string[]][] = [
  ['{ "id": "x", "title": "X" }', 'missing-property «{»'],
  ['{ "id": "x", "title": "X", "extends": "b.patient.json" }'],
  ['{ "id": "x", "title": "X", "asof": "2026-11-22" }', 'unknown-property «"asof"» asOf'],
  [patient('"facts": { "a": [1] }'), 'wrong-type «[1]»'],
  [patient('"facts": { "a": { "value": 3 } }'), 'missing-property «{»'],
  [patient('"facts": { "a": { "value": "3", "unit": "h" } }'), 'wrong-type «"3"»'],
  [patient('"facts": { "a": { "oneOf": [] } }'), 'wrong-count «[]»'],
  [patient('"facts": { "a": { "oneof": [1] } }'), 'unknown-property «"oneof"» oneOf'],
  [patient('"groups": { "g": { "records": [ { "facts": {} } ] } }'), 'missing-property «{»'],
  [patient('"groups": { "g": { "complete": "no" } }'), 'wrong-type «"no"»'],
  [patient('"scores": { "s": { "on": "22.11.2026" } }'), 'malformed-value «"22.11.2026"»'],
  [patient('"expected": [ { "ruleSet": "r", "totals": { "s": "7" } } ]'), 'wrong-type «"7"»'],
];

describe('a mistake', () => {
  for (const [text, ...expected] of RULE_SETS) it(shown(text), () => assert.deepEqual(found(text, 'rule-set'), expected));
  for (const [text, ...expected] of PATIENTS) it(shown(text), () => assert.deepEqual(found(text, 'patient'), expected));

  it('in any key of a sample is told once, at that key (seed 21)', () => {
    const random = seeded(21);
    const files = readdirSync('samples', { recursive: true, encoding: 'utf8' })
      .filter(file => /\.(clinical|patient)\.json$/.test(file))
      .sort();
    let told = 0;
    for (let i = 0; i < 600; i++) {
      const file = pick(files, random);
      const text = readFileSync(`samples/${file}`, 'utf8');
      const { keyStart, keyEnd, key } = pick([...keysIn(parseDocument(text).root)], random);
      const misspelt = JSON.stringify(random() < 0.5 ? `${key}x` : `${key.slice(0, -2)}${key.at(-1)}${key.at(-2) ?? ''}`);
      const changed = text.slice(0, keyStart) + misspelt + text.slice(keyEnd);
      const problems = found(changed, file.endsWith('.patient.json') ? 'patient' : 'rule-set');
      if (problems.length === 0 || misspelt === JSON.stringify(key)) continue;
      told++;
      assert.equal(problems.length, 1, `${file}: ${misspelt}: ${problems}`);
      assert.ok(problems[0]!.includes(`«${misspelt}»`), `${file}: ${misspelt}: ${problems}`);
    }
    assert.ok(told > 200, `${told}`);
  });
});

describe('in a damaged text', () => {
  it('nothing is missing that may stand where the damage is', () => {
    for (const text of [
      rule('"then": [ { "decide": '),
      `{ ${HEAD}, "rules": [ { "id": "a", "th`,
      rule('"then": [ { "avoid": } ]'),
      '{ "id": "x", ',
    ]) {
      assert.deepEqual(found(text, 'rule-set'), [], text);
    }
  });

  it('and what is wrong elsewhere is told all the same', () => {
    assert.deepEqual(found(`{ ${HEAD}, "rules": [ { "id": "a", "then": [ { "decide": "b" } ], } ], "rulez": 1`, 'rule-set'), [
      'missing-property «{»',
      'unknown-property «"rulez"»',
    ]);
  });
});

describe('a number is too long', () => {
  it('where the exact numbers refuse it, and nowhere else (seed 22)', () => {
    const random = seeded(22);
    const digits = () => '0'.repeat(random() * 40) + String(Math.floor(random() * 1e6)) + '9'.repeat(random() * 70);
    for (let i = 0; i < 2000; i++) {
      const whole = random() < 0.3 ? '0' : digits().replace(/^0+(?=\d)/, '');
      const exponent = random() < 0.5 ? '' : `e${random() < 0.5 ? '-' : ''}${Math.floor(random() * 10 ** Math.floor(random() * 9))}`;
      const number = `${random() < 0.2 ? '-' : ''}${whole}${random() < 0.5 ? '' : `.${digits()}`}${exponent}`;
      const told = parseDocument(number).problems.map(({ code }) => code);
      assert.deepEqual(told, Exact.parse(number) ? [] : ['number-too-long'], number);
    }
  });
});

function* keysIn(node: Node | undefined): Generator<Property> {
  if (node?.type === 'array') for (const item of node.items) yield* keysIn(item);
  if (node?.type !== 'object') return;
  for (const property of node.properties) {
    yield property;
    yield* keysIn(property.value);
  }
}

function shown(text: string): string {
  const own = text.replace(`${HEAD}, `, '');
  return own.length > 110 ? `${own.slice(0, 109)}…` : own;
}
