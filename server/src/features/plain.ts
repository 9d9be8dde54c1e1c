/** All that a rule set says, in clinical English: the order of the chapters, and what stands at their head. */
import type { RuleSet, RuleSetFile } from '../model/rule-set.ts';
import { plainDerived, plainFacts } from './plain-facts.ts';
import type { PlainBlock, PlainItem } from './plain-model.ts';
import { plainDecisions, plainImpossible, plainPrecautions, plainRules } from './plain-rules.ts';
import { plainScores, plainThresholds } from './plain-scores.ts';
import { plainAdvice, plainNotes, plainSites, plainSources, plainWaivers } from './plain-vocabulary.ts';
import { sentence } from './plain-words.ts';
import { conditionText } from './sentences.ts';
import { capitalised, dateText, listText, spoken } from './words.ts';

export function plainView(ruleSet: RuleSet): readonly PlainBlock[] {
  return [
    ...headOf(ruleSet),
    ...[plainDecisions, plainRules, plainPrecautions, plainScores, plainThresholds].flatMap(chapter => chapter(ruleSet)),
    ...[plainFacts, plainDerived, plainImpossible, plainNotes].flatMap(chapter => chapter(ruleSet)),
    ...[plainWaivers, plainSources, plainAdvice, plainSites].flatMap(chapter => chapter(ruleSet)),
  ];
}

export function titleOfFile({ title, id, file }: RuleSetFile): string {
  return title ?? (id ? capitalised(spoken(id.value)) : file.slice(file.lastIndexOf('/') + 1));
}

function headOf(ruleSet: RuleSet): PlainBlock[] {
  const { root, files } = ruleSet;
  const place = root.id ? { file: root.file, span: root.id.span } : { file: root.file, span: { start: 0, end: 0 } };
  const used = files.filter(({ file }) => file !== root.file).map(titleOfFile);
  const texts = [
    stateText(root),
    root.description ? sentence(root.description) : '',
    root.appliesTo ? `Applies if ${conditionText(ruleSet, root.appliesTo, undefined)}.` : scopeText(root),
    used.length ? `Includes ${listText(used.map(title => `“${title}”`))}.` : '',
  ];
  return [
    { kind: 'heading', level: 1, text: titleOfFile(root), place },
    ...texts.filter(text => text !== '').map(text => ({ kind: 'text', text }) as const),
    ...adaptedFrom(ruleSet),
  ];
}

function scopeText({ role }: RuleSetFile): string {
  return role === 'library' ? '' : 'Applies to every patient.';
}

const STATES = { draft: 'a draft, not to be relied on', active: 'in use', retired: 'retired, not to be relied on' } as const;

function stateText({ version, status, reviewBy, role, complete }: RuleSetFile): string {
  const state = [...(version ? [`Version ${version.value}`] : []), ...(status ? [STATES[status.value]] : [])].join(', ');
  return [
    ...(state ? [`${capitalised(state)}.`] : []),
    ...(reviewBy ? [`To be reviewed by ${dateText(reviewBy.value)}.`] : []),
    ...(role === 'library' ? ['A library: other rule sets use it.'] : []),
    ...(complete ? ['Meant to be complete: it is checked for patients without an answer.'] : []),
  ].join(' ');
}

function adaptedFrom({ root, files }: RuleSet): PlainBlock[] {
  if (!root.basedOn) return [];
  const { file, version } = root.basedOn;
  const base = files.find(one => one.file.endsWith(`/${file.value.replace(/^(\.\.?\/)+/, '')}`));
  const name = base ? `“${titleOfFile(base)}”` : file.value;
  const removed = root.remove.map(
    ({ id, reason, span }): PlainItem => ({
      title: `Without ${id.value}`,
      text: reason ? sentence(reason.value) : '',
      details: [],
      place: { file: root.file, span },
    }),
  );
  return [
    { kind: 'text', text: `Adapts ${name}${version ? `, version ${version.value}` : ''}.` },
    ...(removed.length ? [{ kind: 'list', items: removed } as const] : []),
  ];
}
