/** Which rule sets use the files that are changed: in each of them a mutant may be noticed. */
import type { RuleSet } from '../model/rule-set.ts';
import { type FindingsOf, ruleSetObstacles } from '../obstacles.ts';
import type { Workspace } from '../workspace.ts';

export function filesIn({ files }: RuleSet): readonly string[] {
  return files.map(({ file }) => file);
}

/** Of these files the rule sets that can be run by themselves and have no errors. */
export function soundRuleSets(workspace: Workspace, files: readonly string[], findings: FindingsOf): readonly RuleSet[] {
  return files.flatMap(file => {
    const ruleSet = workspace.linked(file)?.ruleSet;
    return ruleSet?.root.role === 'rule-set' && ruleSetObstacles(workspace, file, findings).length === 0 ? [ruleSet] : [];
  });
}

/** Each once. */
export function usersOf(files: ReadonlySet<string>, ruleSets: readonly RuleSet[]): readonly RuleSet[] {
  return [...new Set(ruleSets)].filter(ruleSet => filesIn(ruleSet).some(file => files.has(file)));
}
