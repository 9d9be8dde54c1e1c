/** Mistakes made on purpose in the samples: every name misspelt, every number and unit changed beyond sense. Each must be found at its place. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../server/src/diagnostics/check.ts';
import type { Diagnostic, RuleSetSubject } from '../../server/src/diagnostics/define.ts';
import { factIn, referencesOf } from '../../server/src/model/names.ts';
import type { Condition, Fact } from '../../server/src/model/rule-set.ts';
import { loadUnits } from '../../server/src/model/units.ts';
import type { Span } from '../../server/src/text/span.ts';
import { seeded } from '../support/seeded.ts';
import { Folder } from '../support/subject.ts';

const SAMPLES = 'samples';
const SEED = 11;
const paths = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.clinical.json'));
const texts = Object.fromEntries(paths.map(path => [path, readFileSync(join(SAMPLES, path), 'utf8')]));

describe(`mistakes in the samples (seed ${SEED})`, () => {
  before(loadUnits);
  const folder = new Folder(texts);
  const random = seeded(SEED);
  for (const path of paths) {
    // Made when first asked for, within a test: what fails then is that test.
    const subject = () => folder.subject(path) as RuleSetSubject;

    it(`${path}: a misspelt name`, () => {
      for (const { name } of some(referencesOf(subject().own), 6, random)) {
        if (texts[path]!.slice(name.span.start, name.span.end) !== JSON.stringify(name.value)) continue;
        assertFound(mutated(folder, path, name.span, JSON.stringify(`${name.value}-zzz`)), name.span, `${path}: ${name.value}`);
      }
    });

    it(`${path}: an id given twice`, () => {
      for (const { id, idSpan } of some([...subject().own.rules.values()].slice(1), 2, random)) {
        const [first] = subject().own.rules.keys();
        assertFound(mutated(folder, path, idSpan, JSON.stringify(first)), idSpan, `${path}: ${id}`);
      }
    });

    it(`${path}: a unit that UCUM does not have, where it is declared`, () => {
      for (const { unit, alsoIn, id } of some([...subject().own.facts.values(), ...subject().own.derived.values()], 6, random))
        for (const { span } of [...(unit ? [unit] : []), ...alsoIn.map(other => other.unit)])
          assertFound(mutated(folder, path, span, '"mgdl"'), span, `${path}: mgdl for ${id}`);
    });

    it(`${path}: a unit of something else, where a fact is tested`, () => {
      for (const { unit, fact } of some(allTests(subject()), 6, random)) {
        const other = fact.unit?.value === 'Cel' ? '"kg"' : '"Cel"';
        assertFound(mutated(folder, path, unit, other), unit, `${path}: ${other} for ${fact.id}`);
      }
    });

    it(`${path}: a file that is gone`, () => {
      for (const { span, value } of some(subject().own.uses, 2, random))
        assertFound(mutated(folder, path, span, JSON.stringify(`no-${value.replaceAll('/', '-')}`)), span, `${path}: ${value}`);
    });

    it(`${path}: other points of an option, against a published range`, () => {
      for (const { id, components, range } of subject().own.scores.values()) {
        const points = [...components.values()].flatMap(({ how }) => (how?.kind === 'options' ? [...how.options.values()] : []));
        if (!range) continue;
        for (const { points: number } of some(points, 2, random)) {
          const found = mutated(folder, path, number.span, '970');
          assert.ok(
            found.some(({ code }) => code === 'range-mismatch'),
            `${path}: ${id} with 970 points`,
          );
        }
      }
    });
  }

  it('a right sample shows nothing', () => {
    for (const path of paths) assert.deepEqual(check(folder.subject(path)), [], path);
  });
});

interface WrittenUnit {
  readonly unit: Span;
  readonly fact: Fact;
}

/** The units of all fact conditions of the rules. */
function allTests({ own, ruleSet }: RuleSetSubject): WrittenUnit[] {
  const found: WrittenUnit[] = [];
  const visit = (condition: Condition | undefined, group: string | undefined): void => {
    if (condition?.kind === 'all' || condition?.kind === 'any') for (const item of condition.items) visit(item, group);
    if (condition?.kind !== 'fact' || !condition.test.unit) return;
    const fact = factIn(ruleSet, group, condition.fact.value);
    if (fact) found.push({ unit: condition.test.unit.span, fact });
  };
  for (const { when, of } of own.rules.values()) visit(when, of?.value);
  return found;
}

function mutated(folder: Folder, path: string, { start, end }: Span, put: string): Diagnostic[] {
  const text = texts[path]!.slice(0, start) + put + texts[path]!.slice(end);
  return check(folder.with(path, text).subject(path));
}

/** A finding begins where the mistake was made. */
function assertFound(found: readonly Diagnostic[], { start }: Span, what: string): void {
  assert.ok(
    found.some(({ span }) => span.start === start),
    `${what} is not found; but ${found.map(({ code, span }) => `${code} at ${span.start} instead of ${start}`).join(', ')}`,
  );
}

function some<T>(from: readonly T[], most: number, random: () => number): T[] {
  const rest = [...from];
  return Array.from({ length: Math.min(most, rest.length) }, () => rest.splice(Math.floor(random() * rest.length), 1)[0]!);
}
