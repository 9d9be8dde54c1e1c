/** All findings of one file put together: those of the file itself, those of every rule set it is part of, and those on its waivers. */
import type { PlainlyAnalysed } from './analysed.ts';
import { check } from './diagnostics/check.ts';
import type { Diagnostic, Subject, WaivableFinding } from './diagnostics/define.ts';
import { rule as lapsedWaiver } from './diagnostics/rules/lapsed-waiver.ts';
import { rule as unneededWaiver } from './diagnostics/rules/unneeded-waiver.ts';
import { digestOf } from './digest.ts';
import type { RuleSet, Waiver } from './model/rule-set.ts';
import { isWaived } from './waived.ts';

export interface ToldFinding {
  readonly diagnostic: Diagnostic;
  readonly waived: boolean;
  /** The file of the rule set whose analysis found it. */
  readonly root: string | undefined;
}

export interface Part {
  readonly analysed: PlainlyAnalysed;
  /** What was analysed, or says the same. Each of its files may waive what is found in it. */
  readonly ruleSet: RuleSet;
}

/**
 * `parts` are the rule sets that the file is part of, as far as they were analysed; `whole` says whether these are all of them: only then a waiver
 * can be called needless.
 */
export function told(subject: Subject, plain: readonly Diagnostic[], parts: readonly Part[], whole: boolean): ToldFinding[] {
  const own = plain.map(diagnostic => toldPlain(diagnostic, subject));
  const all = sorted([...own, ...withoutLess(sorted(mergedFrom(subject, parts)))]);
  if (!whole || subject.kind !== 'rule-set' || subject.own.waivers.length === 0) return all;
  const { waivers } = subject.own;
  const found = [
    ...plain.map(one => waivable(one, subject.ruleSet, waivers)),
    ...parts.flatMap(({ analysed, ruleSet }) => [...analysed.findings.values()].flat().map(one => waivable(one, ruleSet, waivers))),
  ];
  const onWaivers = check({ ...subject, found }, WAIVERS).map(diagnostic => toldPlain(diagnostic, subject));
  return sorted([...all, ...onWaivers]);
}

const WAIVERS = [lapsedWaiver, unneededWaiver];

function toldPlain(diagnostic: Diagnostic, subject: Subject): ToldFinding {
  const waived = subject.kind === 'rule-set' && isWaivedBy(subject.own.waivers, diagnostic, subject.ruleSet, subject.today);
  return { diagnostic, waived, root: undefined };
}

function isWaivedBy(waivers: readonly Waiver[], diagnostic: Diagnostic, ruleSet: RuleSet, today: string | undefined): boolean {
  return waivers.length > 0 && isWaived(waivable(diagnostic, ruleSet, waivers), waivers, today);
}

/** A digest costs more than its finding: it is made of what some waiver names. */
function waivable(diagnostic: Diagnostic, ruleSet: RuleSet, waivers: readonly Waiver[]): WaivableFinding {
  const { id } = diagnostic;
  return { id, digest: waivers.some(({ finding }) => finding.value === id) ? digestOf(diagnostic, ruleSet) : '' };
}

/** What several rule sets show is told once, as the one shows it that has least; it is waived if it is waived in each. */
function mergedFrom({ file, today }: Subject, parts: readonly Part[]): ToldFinding[] {
  const byId = new Map<string, ToldFinding>();
  const least = [...parts].sort((a, b) => a.analysed.findings.size - b.analysed.findings.size);
  for (const { analysed, ruleSet } of least) {
    const waivers = ruleSet.files.flatMap(own => own.waivers);
    for (const finding of analysed.findings.get(file) ?? []) {
      const { diagnostic = finding, waived = true, root = analysed.root } = byId.get(finding.id) ?? {};
      byId.set(finding.id, { diagnostic, waived: waived && isWaivedBy(waivers, finding, ruleSet, today), root });
    }
  }
  return [...byId.values()];
}

/** The same cause may be met in a larger rule set by more rules: then it is told by these. Those of one place stand together. */
function withoutLess(found: readonly ToldFinding[]): ToldFinding[] {
  return found.filter((one, i) => {
    const { start } = one.diagnostic.span;
    for (let k = i - 1; found[k]?.diagnostic.span.start === start; k--) if (saysMore(found[k]!, one)) return false;
    for (let k = i + 1; found[k]?.diagnostic.span.start === start; k++) if (saysMore(found[k]!, one)) return false;
    return true;
  });
}

/** What is waived there hides nothing here. */
function saysMore(other: ToldFinding, { diagnostic, waived }: ToldFinding): boolean {
  const { code, names } = other.diagnostic;
  if (code !== diagnostic.code || names.length <= diagnostic.names.length) return false;
  return (waived || !other.waived) && diagnostic.names.every(name => names.includes(name));
}

function sorted(findings: readonly ToldFinding[]): ToldFinding[] {
  return [...findings].sort(
    ({ diagnostic: a }, { diagnostic: b }) =>
      a.span.start - b.span.start || a.span.end - b.span.end || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}
