/** The records that have a place on the body, each with the strictest thing that holds there, for the body map. */
import type { EffectOutcome, EffectSites } from '../evaluation/outcome.ts';
import { siteHierarchy } from '../model/hierarchy.ts';
import type { PatientRecord } from '../model/patient.ts';
import type { Group } from '../model/rule-set.ts';
import type { PreviewBody, PreviewMark, Tone } from './preview-model.ts';
import { effectWords, HARDNESS } from './preview-precautions.ts';
import { toneRank } from './preview-scores.ts';
import { answerOf, type Reading, toneOfPart } from './reading.ts';
import { ruleGroup } from './sentences.ts';
import { isPaired } from './site-words.ts';
import { recordName, scoreName, titleOf } from './titles.ts';
import { capitalised, inSentence, numbersText } from './words.ts';

/** Undefined where the rule set has no records with a site. */
export function previewBody(reading: Reading): PreviewBody | undefined {
  const located = [...reading.ruleSet.groups.values()].filter(group => siteFact(group));
  if (!located.length) return undefined;
  const marks = located.flatMap(group =>
    (reading.patient.groups.get(group.id)?.records ?? []).map(record => markOf(reading, group, record)),
  );
  marks.sort((a, b) => toneRank(a.tone) - toneRank(b.tone));
  const decides = [...reading.ruleSet.decisions.values()].some(({ each }) => located.some(({ id }) => each?.value === id));
  const title = `${capitalised(inSentence(titleOf(located[0], located[0]!.id)))}s on the body`;
  return {
    title: located.length === 1 ? title : 'Records on the body',
    by: decides ? 'by the strictest value there' : 'by the strictest precaution there',
    marks,
  };
}

function siteFact(group: Group) {
  return [...group.facts.values()].find(fact => fact.values === 'sites');
}

function markOf(reading: Reading, group: Group, record: PatientRecord): PreviewMark {
  const { ruleSet } = reading;
  const sites = (record.facts.get(siteFact(group)!.id)?.values ?? []).map(({ value }) => String(value));
  const sideFact = [...group.facts.values()].find(fact => fact.type === 'side');
  const sides = ((sideFact && record.facts.get(sideFact.id)?.values) ?? []).map(({ value }) => value as 'left' | 'right');
  const paired = sites.some(site => isPaired(ruleSet, site));
  const places = sites.map(site => ({ site, parts: siteHierarchy(ruleSet).leavesBelow(site) }));
  const side = !paired ? undefined : sides.length === 1 ? sides[0]! : 'unknown';
  const effects = effectsAt(reading, group, record, places, side);
  const answer = answerAt(reading, group, record);
  return {
    record: record.id,
    name: recordName(ruleSet, group.id, record).name,
    tone: answer?.tone ?? toneOfEffects(effects),
    status: answer?.title ?? (effects.length ? 'precautions' : 'no precaution of its own'),
    detail: [scoresText(reading, group, record), side === 'unknown' ? 'side unknown' : ''].filter(Boolean).join('; '),
    places,
    side,
    precautions: effects.map(effect => `${effect.state === 'possible' ? 'perhaps ' : ''}${effect.verb} ${effectWords(reading, effect)}`),
    link: reading.link({ file: record.file, span: record.idSpan }),
  };
}

function answerAt({ ruleSet, outcome }: Reading, group: Group, record: PatientRecord): { title: string; tone: Tone } | undefined {
  const decision = [...ruleSet.decisions.values()].find(({ each }) => each?.value === group.id);
  const part = decision && outcome.decisions[decision.id]?.records[record.id];
  return part && { title: inSentence(answerOf(ruleSet, decision.id, part)), tone: toneOfPart(decision, part) };
}

/** Without a decision for each record, the hardest word that is said about the place counts. */
function toneOfEffects(effects: readonly EffectOutcome[]): Tone {
  const sure = effects.filter(({ state }) => state === 'in-force');
  if (sure.some(({ verb }) => verb === 'forbid')) return 'contraindicated';
  if (sure.some(({ verb }) => verb !== 'recommend')) return 'modify';
  return effects.length ? 'undetermined' : 'value';
}

/** `SINS 5, 6 or 8`; empty where no score applies. */
function scoresText({ ruleSet, outcome }: Reading, group: Group, record: PatientRecord): string {
  const own = outcome.scores.filter(score => score.record === record.id && ruleSet.scores.get(score.id)?.of?.value === group.id);
  const scored = own.filter(({ state }) => state !== 'not-scorable');
  if (own.length && !scored.length) return 'no score';
  return scored
    .map(({ id, total, totals }) => `${scoreName(ruleSet, id)} ${total ?? (totals?.length ? numbersText(totals, 'or') : 'not known')}`)
    .join(', ');
}

/** What is said of this very record, and what holds at its place for whatever reason; not what holds everywhere. */
function effectsAt(
  { ruleSet, outcome }: Reading,
  group: Group,
  record: PatientRecord,
  places: PreviewMark['places'],
  side: PreviewMark['side'],
): readonly EffectOutcome[] {
  const parts = new Set(places.flatMap(({ site, parts }) => [site, ...parts]));
  const here = (at: EffectSites) =>
    at !== 'everywhere' &&
    at.some(place => parts.has(place.site) && (!place.side || side === undefined || side === 'unknown' || side === place.side));
  const about = (effect: EffectOutcome) => effect.record === record.id && ruleGroup(ruleSet, ruleSet.rules.get(effect.rule)) === group.id;
  const found = outcome.effects.filter(effect => effect.at !== 'everywhere' && (about(effect) || here(effect.at)));
  const texts = new Map(found.map(effect => [JSON.stringify([effect.verb, effect.what, effect.state, effect.of, effect.with]), effect]));
  return [...texts.values()].sort((a, b) => HARDNESS.indexOf(a.verb) - HARDNESS.indexOf(b.verb));
}
