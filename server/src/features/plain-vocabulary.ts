/** Sites, what is advised, sources, notes and waivers, in plain words. */
import { siteHierarchy } from '../model/hierarchy.ts';
import type { Advice, AdviceKind, Parameter, RuleSet, Source } from '../model/rule-set.ts';
import type { PlainBlock, PlainItem } from './plain-model.ts';
import { chapter, groundsOf, heading, placeOf, plainItem, reasonText, sentence, unitName } from './plain-words.ts';
import { adviceTitle, siteTitle } from './titles.ts';
import { capitalised, dateText, listText, spoken } from './words.ts';

/** Each site with its parts; those that neither have parts nor are one, together. */
export function plainSites(ruleSet: RuleSet): readonly PlainBlock[] {
  const hierarchy = siteHierarchy(ruleSet);
  const named = (id: string) => `${siteTitle(ruleSet, id)}${ruleSet.sites.get(id)?.paired ? ' (left and right)' : ''}`;
  const items = hierarchy.ids.flatMap((id): PlainItem[] => {
    const parts = hierarchy.childrenOf(id).map(named);
    const site = ruleSet.sites.get(id);
    return parts.length && site ? [plainItem(site, `${listText(parts)}.`, reasonText(site))] : [];
  });
  const alone = hierarchy.ids.filter(id => hierarchy.isLeaf(id) && hierarchy.parentsOf(id).length === 0).map(named);
  const others = alone.length ? [{ title: '', text: `${capitalised(listText(alone))}.`, details: [], place: undefined }] : [];
  return chapter('Sites', [{ kind: 'list', items: [...items, ...others] }]);
}

const KINDS: readonly (readonly [AdviceKind, string])[] = [
  ['activity', 'Activities'],
  ['intervention', 'Interventions'],
  ['assessment', 'Assessments'],
  ['referral', 'Referrals'],
  ['approval', 'Approvals'],
];

export function plainAdvice(ruleSet: RuleSet): readonly PlainBlock[] {
  const blocks = KINDS.flatMap(([kind, title]): PlainBlock[] => {
    const items = [...ruleSet.advice.values()].filter(advice => advice.kind === kind).map(advice => adviceItem(ruleSet, advice));
    return items.length ? [heading(3, title), { kind: 'list', items }] : [];
  });
  const amounts = [...ruleSet.parameters.values()].map(parameterItem);
  const phases = [...ruleSet.phases.values()].map(phase => plainItem(phase, '', reasonText(phase)));
  return chapter('What can be advised', [
    ...blocks,
    ...(amounts.length ? [heading(3, 'Amounts'), { kind: 'list', items: amounts } as const] : []),
    ...(phases.length ? [heading(3, 'Phases'), { kind: 'list', items: phases } as const] : []),
  ]);
}

/** What it is a kind of, what is meant by it, what is known once it is done. */
export function adviceItem(ruleSet: RuleSet, advice: Advice): PlainItem {
  const above = advice.isA.map(({ value }) => adviceTitle(ruleSet, value));
  const gives = advice.gives.map(({ value }) => adviceTitle(ruleSet, value));
  const text = [
    ...(above.length ? [`A kind of ${listText(above)}.`] : []),
    ...(advice.definition === undefined ? [] : [sentence(advice.definition)]),
    ...(gives.length ? [`Once done, known: ${listText(gives)}.`] : []),
  ];
  return plainItem(advice, text.join(' '), reasonText(advice));
}

/** Its unit, or its places from least to most. */
export function parameterItem(parameter: Parameter): PlainItem {
  const order = parameter.order?.map(({ value }) => spoken(value));
  return plainItem(
    parameter,
    order ? `From least to most: ${listText(order)}.` : `In ${unitName(parameter.unit?.value ?? '')}.`,
    reasonText(parameter),
  );
}

export function plainSources(ruleSet: RuleSet): readonly PlainBlock[] {
  const items = [...ruleSet.sources.values()].map(source => ({
    ...plainItem(source, sourceText(source), reasonText(source)),
    place: placeOf(source),
  }));
  return chapter('Sources', [{ kind: 'list', items }]);
}

/** The citation. */
export function sourceText({ published, kind, evidence, url, note }: Source): string {
  const grades = [kind, evidence].filter(each => each !== undefined).map(spoken);
  const sentences = [published && dateText(published), capitalised(grades.join('; ')), url?.value, note];
  return sentences.flatMap(text => (text ? [`${text.replace(/\.$/, '')}.`] : [])).join(' ');
}

export function plainNotes(ruleSet: RuleSet): readonly PlainBlock[] {
  const items = [...ruleSet.notes.values()].map(note => {
    const kind = note.kind === undefined ? '' : `${capitalised(spoken(note.kind))}: `;
    return { ...plainItem(note, `${kind}${sentence(note.text)}`, groundsOf(ruleSet, note)), title: note.title ?? '' };
  });
  return chapter('Notes', [{ kind: 'list', items }]);
}

/** Of the rule set and the files it uses. */
export function plainWaivers(ruleSet: RuleSet): readonly PlainBlock[] {
  const items = ruleSet.files.flatMap(({ waivers }) =>
    waivers.map(({ finding, reason, by, until, file, span }) => ({
      title: finding.value,
      text: sentence(reason?.value ?? 'no reason given'),
      details: [`Waived by ${by?.value ?? 'nobody named'}${until ? ` until ${dateText(until.value)}` : ''}.`],
      place: { file, span },
    })),
  );
  return chapter('Findings that are waived', [{ kind: 'list', items }]);
}
