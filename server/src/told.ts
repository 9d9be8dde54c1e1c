/** All findings of one file put together: those of the file itself, those of every rule set it is part of, and those on its waivers. */
import type { Analysed, AnalysedFinding } from './analysed.ts';
import { check } from './diagnostics/check.ts';
import type { Diagnostic, Subject, WaivableFinding } from './diagnostics/define.ts';
import { rule as lapsedWaiver } from './diagnostics/rules/lapsed-waiver.ts';
import { rule as unneededWaiver } from './diagnostics/rules/unneeded-waiver.ts';
import { digestOf } from './digest.ts';
import type { Waiver } from './model/rule-set.ts';
import { isWaived } from './waived.ts';

export interface ToldFinding {
  readonly diagnostic: Diagnostic;
  readonly waived: boolean;
  /** The file of the rule set whose analysis found it. */
  readonly root: string | undefined;
  /** What a waiver may write down. */
  readonly digest: string;
}

export interface Part {
  readonly analysed: Analysed;
  /** Of every file of the whole: each may waive what is found in it. */
  readonly waivers: readonly Waiver[];
}

/**
 * `parts` are the rule sets that the file is part of, as far as they were analysed; `whole` says whether these are all of them: only then a waiver
 * can be called needless.
 */
export function told(subject: Subject, plain: readonly Diagnostic[], parts: readonly Part[], whole: boolean): ToldFinding[] {
  const own = plain.map(diagnostic => toldPlain(diagnostic, subject));
  const ofWholes = mergedFrom(subject, parts);
  if (!whole || subject.kind !== 'rule-set' || subject.own.waivers.length === 0) return sorted([...own, ...ofWholes]);
  const found: WaivableFinding[] = [
    ...own.map(({ diagnostic: { id }, digest }) => ({ id, digest })),
    ...parts.flatMap(({ analysed }) => [...analysed.findings.values()].flat()),
  ];
  const onWaivers = check({ ...subject, found }, WAIVERS).map(diagnostic => toldPlain(diagnostic, subject));
  return sorted([...own, ...ofWholes, ...onWaivers]);
}

const WAIVERS = [lapsedWaiver, unneededWaiver];

function toldPlain(diagnostic: Diagnostic, subject: Subject): ToldFinding {
  if (subject.kind !== 'rule-set') return { diagnostic, waived: false, root: undefined, digest: '' };
  const digest = digestOf(diagnostic, subject.ruleSet);
  return { diagnostic, waived: isWaived({ id: diagnostic.id, digest }, subject.own.waivers, subject.today), root: undefined, digest };
}

/** What several rule sets show is told once, as the one shows it that has least; it is waived if it is waived in each. */
function mergedFrom({ file, today }: Subject, parts: readonly Part[]): ToldFinding[] {
  const byId = new Map<string, { finding: AnalysedFinding; part: Part }[]>();
  const least = [...parts].sort((a, b) => a.analysed.findings.size - b.analysed.findings.size);
  for (const part of least) {
    for (const finding of part.analysed.findings.get(file) ?? []) {
      const same = byId.get(finding.id);
      if (same) same.push({ finding, part });
      else byId.set(finding.id, [{ finding, part }]);
    }
  }
  const merged = [...byId.values()].map(same => {
    const { finding, part } = same[0]!;
    const waived = same.every(each => isWaived(each.finding, each.part.waivers, today));
    return {
      diagnostic: finding,
      waived,
      root: part.analysed.root,
      get digest() {
        return finding.digest;
      },
    };
  });
  const atPlace = new Map<number, ToldFinding[]>();
  for (const one of merged) {
    const { start } = one.diagnostic.span;
    const same = atPlace.get(start);
    if (same) same.push(one);
    else atPlace.set(start, [one]);
  }
  return [...atPlace.values()].flatMap(same => (same.length < 2 ? same : same.filter(one => !same.some(other => saysMore(other, one)))));
}

/** The same cause, met in a larger rule set by more rules. What is waived there hides nothing here. */
function saysMore(other: ToldFinding, { diagnostic, waived }: ToldFinding): boolean {
  const { code, span, names } = other.diagnostic;
  if (other.diagnostic === diagnostic || code !== diagnostic.code || span.start !== diagnostic.span.start) return false;
  return (waived || !other.waived) && names.length > diagnostic.names.length && diagnostic.names.every(name => names.includes(name));
}

function sorted(findings: readonly ToldFinding[]): ToldFinding[] {
  return [...findings].sort(
    ({ diagnostic: a }, { diagnostic: b }) =>
      a.span.start - b.span.start || a.span.end - b.span.end || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}
