/** FHIRPath expressions of a rule set. The library is large, and loaded only for a rule set that has one. */
import type { Fact, RuleSet } from '../model/rule-set.ts';
import type { Raw } from './admit.ts';
import { isDate } from './dates.ts';
import { isObject, type JsonObject, textUnder, under } from './json.ts';
import { rawQuantity } from './statements.ts';
import { codingsOf } from './systems.ts';

/** What a resource has where a fact's expression points to. */
export interface FhirPaths {
  /** Undefined for a fact without an expression. Never throws: an expression that fails on a resource says so. */
  readonly valuesOf: (fact: Fact, resource: JsonObject) => readonly Raw[] | undefined;
  /** Expressions that cannot be read. */
  readonly problems: readonly string[];
}

export async function fhirPathsOf(ruleSet: RuleSet): Promise<FhirPaths> {
  const facts = [...ruleSet.facts.values(), ...[...ruleSet.groups.values()].flatMap(group => [...group.facts.values()])];
  const wanted = facts.filter(fact => fact.fhirPath !== undefined);
  if (!wanted.length) return { valuesOf: () => undefined, problems: [] };
  const { compileFhirPath } = await import('./fhir-path-library.ts');
  const problems: string[] = [];
  const compiled = new Map<Fact, (resource: JsonObject) => unknown[]>();
  for (const fact of wanted)
    try {
      compiled.set(fact, compileFhirPath(fact.fhirPath!.value));
    } catch {
      const name = fact.group === undefined ? fact.id : `${fact.group}.${fact.id}`;
      problems.push(`The FHIRPath of ${name} cannot be read, so nothing was looked for there. Correct it in the rule set.`);
    }
  return { valuesOf: (fact, resource) => valuesOf(fact, resource, compiled), problems };
}

function valuesOf(
  fact: Fact,
  resource: JsonObject,
  compiled: ReadonlyMap<Fact, (resource: JsonObject) => unknown[]>,
): readonly Raw[] | undefined {
  const run = compiled.get(fact);
  if (!run) return undefined;
  try {
    return run(resource).map(value => rawOf(fact, value));
  } catch {
    return [{ kind: 'none', why: 'the FHIRPath of the fact fails on this resource' }];
  }
}

function rawOf(fact: Fact, value: unknown): Raw {
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'number') return { kind: 'number', value, unit: undefined };
  if (typeof value === 'string') return fact.type === 'date' && isDate(value) ? { kind: 'date', date: value } : { kind: 'id', id: value };
  if (!isObject(value)) return { kind: 'none', why: 'the FHIRPath of the fact gives no value that can be read' };
  if (under(value, 'coding') !== undefined) return { kind: 'codes', codes: codingsOf(value) };
  if (under(value, 'value') !== undefined) return rawQuantity(value);
  const [system, code] = [textUnder(value, 'system'), textUnder(value, 'code')];
  if (system !== undefined && code !== undefined) return { kind: 'codes', codes: [{ system, code }] };
  return { kind: 'none', why: 'the FHIRPath of the fact gives no value that can be read' };
}
