/** Findings with their digests, which are made when they are asked for: few waivers ask, and a digest costs more than its finding. */
import type { Analysed, AnalysedFinding, PlainlyAnalysed } from './analysed.ts';
import type { Diagnostic } from './diagnostics/define.ts';
import { digestOf } from './digest.ts';
import type { RuleSet } from './model/rule-set.ts';

/** `ruleSet` is what was analysed, or says the same. */
export function withDigests(plain: PlainlyAnalysed, ruleSet: RuleSet): Analysed {
  const findings = [...plain.findings].map(([file, found]) => [file, found.map(one => withDigest(one, ruleSet))] as const);
  return { ...plain, findings: new Map(findings) };
}

export function withDigest(finding: Diagnostic, ruleSet: RuleSet): AnalysedFinding {
  let digest: string | undefined;
  return {
    ...finding,
    get digest() {
      digest ??= digestOf(finding, ruleSet);
      return digest;
    },
  };
}
