/** The rule sets that `check` analyses as wholes, and the findings of each file with theirs. */
import { type Analysed, analysed } from '../analysed.ts';
import type { Diagnostic } from '../diagnostics/define.ts';
import { type Part, type ToldFinding, told } from '../told.ts';
import type { Workspace } from '../workspace.ts';

export interface Whole {
  readonly root: string;
  /** Undefined where it was not analysed; `why` says why. */
  readonly analysed: Analysed | undefined;
  readonly why: string;
}

export interface How {
  readonly enabled: boolean;
  /** Undefined: the usual number. */
  readonly steps: number | undefined;
}

/** Every rule set among the files asked for. Libraries decide nothing by themselves; what has errors would be analysed for what it does not say. */
export function analysedIn(
  workspace: Workspace,
  asked: readonly string[],
  plain: ReadonlyMap<string, readonly Diagnostic[]>,
  howFor: (root: string) => How,
): Whole[] {
  return [...asked].sort().flatMap((root): Whole[] => {
    const ruleSet = workspace.linked(root)?.ruleSet;
    if (ruleSet?.root.role !== 'rule-set') return [];
    const broken = workspace.wholeOf(root).some(file => plain.get(file)?.some(({ severity }) => severity === 'error'));
    const { enabled, steps } = howFor(root);
    if (!enabled)
      return [
        { root, analysed: undefined, why: 'Anything about this rule set as a whole: the analysis is switched off in clinical-rules.json.' },
      ];
    if (!broken) return [{ root, analysed: analysed(ruleSet, steps), why: '' }];
    return [
      {
        root,
        analysed: undefined,
        why: 'Anything about this rule set as a whole, because it or a file it uses has errors. Mend them first.',
      },
    ];
  });
}

export function toldIn(workspace: Workspace, file: string, plain: readonly Diagnostic[], wholes: readonly Whole[]): readonly ToldFinding[] {
  const subject = workspace.subject(file);
  if (!subject) return plain.map(diagnostic => ({ diagnostic, waived: false, root: undefined }));
  if (subject.kind !== 'rule-set') return told(subject, plain, [], false);
  const around = [subject.ruleSet, ...subject.usedBy].filter(({ root }) => root.role === 'rule-set');
  const parts = around.flatMap((ruleSet): Part[] => {
    const found = wholes.find(whole => whole.root === ruleSet.root.file)?.analysed;
    return found ? [{ analysed: found, ruleSet }] : [];
  });
  return told(subject, plain, parts, parts.length === around.length);
}
