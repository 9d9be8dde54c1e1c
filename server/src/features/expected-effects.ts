/** Effects a sample patient expects, or rules out, against those of the outcome: by verb, by what they are about, by site. */
import type { EffectOutcome, Outcome } from '../evaluation/outcome.ts';
import { siteHierarchy } from '../model/hierarchy.ts';
import type { Expected, ExpectedEffect } from '../model/patient.ts';
import type { RuleSet } from '../model/rule-set.ts';
import type { Difference } from './expectations.ts';
import { andList } from './plain-lists.ts';

export function* effectDifferences(expected: Expected, outcome: Pick<Outcome, 'effects'>, ruleSet: RuleSet): Iterable<Difference> {
  for (const effect of expected.effects) {
    const alike = outcome.effects.filter(each => isAlike(each, effect));
    const inForce = alike.filter(({ state }) => state === 'in-force');
    if (reaches(inForce, effect, ruleSet)) continue;
    const actual = alike.length === 0 ? nearMiss(effect, outcome) : effectsFound(alike);
    const text = effectText(effect);
    yield {
      about: 'effect',
      name: effect.what?.value ?? '',
      span: effect.span,
      expected: text,
      actual,
      message: `Expected ${text}, but ${actual}.`,
    };
  }
  for (const effect of expected.noEffects) {
    const alike = outcome.effects.filter(each => isAlike(each, effect) && touches(each, effect, ruleSet));
    if (alike.length === 0) continue;
    const [text, actual] = [`no effect “${effectText(effect)}”`, effectsFound(alike)];
    yield {
      about: 'no-effect',
      name: effect.what?.value ?? '',
      span: effect.span,
      expected: text,
      actual,
      message: `Expected ${text}, but ${actual}.`,
    };
  }
}

/** The same verb about the same, with all that is said of it. */
function isAlike(found: EffectOutcome, { verb, what, details }: ExpectedEffect): boolean {
  if (!verb || !what || found.verb !== verb.value || !found.what.includes(what.value)) return false;
  const said = found as unknown as Readonly<Record<string, unknown>>;
  return [...details].every(([key, value]) => canonical(said[key]) === canonical(value));
}

/** Numbers and their texts are alike; keys in any order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(String(value));
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${key}:${canonical(each)}`).join()}}`;
}

/** Whether the effects together reach every place that is asked for. */
function reaches(found: readonly EffectOutcome[], { at }: ExpectedEffect, ruleSet: RuleSet): boolean {
  if (at === 'anywhere') return found.some(each => each.at === 'everywhere' || each.at.length > 0);
  if (found.some(each => each.at === 'everywhere')) return true;
  if (at === 'everywhere') return false;
  const sites = found.flatMap(each => (each.at === 'everywhere' ? [] : each.at.map(({ site }) => site)));
  return leavesOf(at, ruleSet).every(leaf => sites.includes(leaf));
}

/** Whether an effect reaches any place that is asked about. */
function touches(found: EffectOutcome, { at }: ExpectedEffect, ruleSet: RuleSet): boolean {
  if (found.at === 'everywhere') return true;
  if (typeof at === 'string') return at === 'anywhere' && found.at.length > 0;
  const leaves = leavesOf(at, ruleSet);
  return found.at.some(({ site }) => leaves.includes(site));
}

function leavesOf(names: readonly { readonly value: string }[], ruleSet: RuleSet): readonly string[] {
  const hierarchy = siteHierarchy(ruleSet);
  return names.flatMap(({ value }) => (hierarchy.has(value) ? hierarchy.leavesBelow(value) : [value]));
}

function effectText({ verb, what, at, details }: ExpectedEffect): string {
  const more = [...details].map(([key, value]) => ` ${key} ${typeof value === 'object' ? JSON.stringify(value) : value}`).join('');
  const where = at === 'anywhere' ? '' : at === 'everywhere' ? ' everywhere' : ` at ${andList(at.map(({ value }) => value))}`;
  return `${verb?.value ?? 'an effect'} ${what?.value ?? ''}${more}${where}`;
}

function effectsFound(found: readonly EffectOutcome[]): string {
  const each = found.map(({ rule, record, state, at }) => {
    const where =
      at === 'everywhere' ? 'everywhere' : at.length === 0 ? 'at no site' : `at ${andList([...new Set(at.map(({ site }) => site))])}`;
    return `“${rule}”${record === null ? '' : ` of ${record}`} ${state === 'possible' ? 'may give' : 'gives'} it ${where}`;
  });
  return andList(each);
}

/** Where the effect is there but says something else, what it says. */
function nearMiss(effect: ExpectedEffect, outcome: Pick<Outcome, 'effects'>): string {
  const other = outcome.effects.find(each => isAlike(each, { ...effect, details: new Map() })) as unknown as
    | (Readonly<Record<string, unknown>> & EffectOutcome)
    | undefined;
  if (!other) return 'no rule gives it';
  const [key, value] = [...effect.details].find(([name, wanted]) => canonical(other[name]) !== canonical(wanted))!;
  return `“${other.rule}” says ${key} ${other[key] === undefined ? 'nothing' : JSON.stringify(other[key])}, not ${JSON.stringify(value)}`;
}
