/** What rules ask for, advise, limit and bar, by site; colliding effects stay, and are said to collide. */
import type { EffectConflict, EffectOutcome, EffectSites } from '../evaluation/outcome.ts';
import { adviceHierarchy } from '../model/hierarchy.ts';
import type { PreviewConflict, PreviewEffect, PreviewSite } from './preview-model.ts';
import { type Reading, ruleLink } from './reading.ts';
import { everyText, parameterTitle } from './sentences.ts';
import { sitesText } from './site-words.ts';
import { adviceTitle, titleOf } from './titles.ts';
import { amountText, inSentence, listText, spoken } from './words.ts';

export function previewPrecautions(reading: Reading): PreviewSite[] {
  const effects = mergeRecords(reading, reading.outcome.effects);
  const conflicts = conflictsBySite(reading, effects);
  const sites = new Map<string, { effects: PreviewEffect[]; count: number }>();
  for (const { at, effect } of effects) {
    const site = sitesText(reading.ruleSet, at);
    const count = breadth(at);
    const found = sites.get(site) ?? { effects: [], count };
    found.effects.push(effect);
    sites.set(site, found);
  }
  return [...sites]
    .sort(([, a], [, b]) => a.count - b.count)
    .map(([site, found]) => ({
      site,
      effects: joinRules(found.effects.sort(byWeight)),
      conflicts: conflicts.get(site) ?? [],
    }));
}

/** Everything that collides, wherever: for the reader who wants only that. */
export function previewConflicts(reading: Reading): PreviewConflict[] {
  return reading.outcome.conflicts.map(conflict => previewConflict(reading, conflict));
}

/** Hardest first. */
export const HARDNESS: readonly EffectOutcome['verb'][] = ['forbid', 'avoid', 'limit', 'require', 'recommend'];

function byWeight(a: PreviewEffect, b: PreviewEffect): number {
  return Number(a.state === 'possible') - Number(b.state === 'possible') || HARDNESS.indexOf(a.verb) - HARDNESS.indexOf(b.verb);
}

/** What one rule says with one verb at one place is one line. */
function joinRules(effects: readonly PreviewEffect[]): PreviewEffect[] {
  const joined = new Map<string, PreviewEffect[]>();
  for (const effect of effects) {
    const key = [effect.verb, effect.state, effect.rule.id].join('|');
    joined.set(key, [...(joined.get(key) ?? []), effect]);
  }
  return [...joined.values()].map(same => {
    const texts = same.map(effect => effect.text);
    const note = [...new Set(same.map(effect => effect.note))].filter(Boolean).join(' ');
    return { ...same[0]!, note, text: texts.join(texts.some(text => text.includes(',')) ? '; ' : ', ') };
  });
}

interface Merged {
  at: EffectSites;
  readonly effect: PreviewEffect;
}

/** The same effect of one rule for several records is one line at the sites of all. */
function mergeRecords(reading: Reading, effects: readonly EffectOutcome[]): Merged[] {
  const merged = new Map<string, Merged>();
  for (const outcome of effects) {
    const effect = previewEffect(reading, outcome);
    const key = [effect.verb, effect.state, effect.text, effect.note, outcome.rule].join('|');
    const same = merged.get(key);
    if (same) same.at = union(same.at, outcome.at);
    else merged.set(key, { at: outcome.at, effect });
  }
  return [...merged.values()];
}

function union(a: EffectSites, b: EffectSites): EffectSites {
  if (a === 'everywhere' || b === 'everywhere') return 'everywhere';
  const key = ({ site, side }: { readonly site: string; readonly side?: string }) => `${site} ${side ?? ''}`;
  const known = new Set(a.map(key));
  return [...a, ...b.filter(each => !known.has(key(each)))];
}

function previewEffect(reading: Reading, effect: EffectOutcome): PreviewEffect {
  return {
    verb: effect.verb,
    state: effect.state,
    text: effectWords(reading, effect),
    note: effect.note ?? '',
    rule: ruleLink(reading, effect.rule),
  };
}

/** What the effect is about, with its ranges: `heat, at most 20 min`. */
export function effectWords(reading: Reading, effect: EffectOutcome): string {
  const { ruleSet } = reading;
  const during = effect.during?.map(phase => inSentence(titleOf(ruleSet.phases.get(phase), phase)));
  const parts = [
    effect.verb === 'limit'
      ? limitWords(reading, effect)
      : listText(
          effect.what.map(what => adviceTitle(ruleSet, what)),
          'or',
        ),
    ...rangesWords(reading, effect.with),
    ...(effect.steps ?? []).map((step, index) => `step ${index + 1}: ${stepWords(reading, step)}`),
    ...rangesWords(reading, effect.maximum).map(text => `at most ${text}`),
    ...(effect.every ? [everyText(effect.every)] : []),
    ...(during ?? []),
  ];
  return parts.join(', ');
}

function limitWords({ ruleSet }: Reading, effect: EffectOutcome): string {
  const of = effect.of === undefined ? '' : ` of ${adviceTitle(ruleSet, effect.of)}`;
  return `${parameterTitle(ruleSet, effect.what[0] ?? '')}${of} at most ${amountText(spoken(effect.atMost ?? ''), effect.unit)}`;
}

function stepWords(reading: Reading, step: unknown): string {
  const { title, with: ranges } = step as { title?: string; with?: Readonly<Record<string, unknown>> };
  return [...(title ? [title] : []), ...rangesWords(reading, ranges)].join(', ');
}

const BOUNDS = [
  ['is', ''],
  ['value', ''],
  ['atLeast', 'at least '],
  ['above', 'above '],
  ['atMost', 'at most '],
  ['below', 'below '],
] as const;

/** Ranges as the outcome writes them: `{ "minutes": { "atLeast": "150", "unit": "min/wk" } }` is `minutes at least 150 min/wk`. */
function rangesWords({ ruleSet }: Reading, ranges: Readonly<Record<string, unknown>> | undefined): string[] {
  return Object.entries(ranges ?? {}).map(([parameter, range]) => `${parameterTitle(ruleSet, parameter)} ${rangeWords(range)}`);
}

function rangeWords(range: unknown): string {
  if (typeof range !== 'object' || range === null) return spoken(String(range));
  const written = range as Readonly<Partial<Record<(typeof BOUNDS)[number][0] | 'unit', unknown>>>;
  const unit = typeof written.unit === 'string' ? written.unit : undefined;
  if (written.atLeast !== undefined && written.atMost !== undefined)
    return `${spoken(String(written.atLeast))} to ${amountText(spoken(String(written.atMost)), unit)}`;
  const bounds = BOUNDS.flatMap(([key, words]) =>
    written[key] === undefined ? [] : [`${words}${amountText(spoken(String(written[key])), unit)}`],
  );
  return bounds.join(' and ');
}

/** A conflict is told once: at the narrowest place the list shows one of the colliding effects at. */
function conflictsBySite(reading: Reading, effects: readonly Merged[]): Map<string, PreviewConflict[]> {
  const bySite = new Map<string, PreviewConflict[]>();
  for (const conflict of reading.outcome.conflicts) {
    const places = effects.filter(({ effect }) => conflict.rules.includes(effect.rule.id)).map(({ at }) => at);
    const narrowest = places.sort((a, b) => breadth(a) - breadth(b))[0] ?? 'everywhere';
    const site = sitesText(reading.ruleSet, narrowest);
    const told = previewConflict(reading, conflict);
    const known = bySite.get(site) ?? [];
    // For several records at one place it is the same conflict.
    const again = known.some(
      ({ text, state, rules }) => JSON.stringify([text, state, rules]) === JSON.stringify([told.text, told.state, told.rules]),
    );
    if (!again) bySite.set(site, [...known, told]);
  }
  return bySite;
}

function breadth(at: EffectSites): number {
  return at === 'everywhere' ? Number.MAX_SAFE_INTEGER : at.length;
}

function previewConflict(reading: Reading, conflict: EffectConflict): PreviewConflict {
  return { text: conflictText(reading, conflict), state: conflict.state, rules: conflict.rules.map(rule => ruleLink(reading, rule)) };
}

const ASKED: Readonly<Record<string, string>> = { require: 'is required', recommend: 'is recommended' };
const BARRED: Readonly<Record<string, string>> = { avoid: 'is to be avoided', forbid: 'is forbidden' };

/** `single-leg balance test is required, yet load on the leg is to be avoided.` */
function conflictText(reading: Reading, conflict: EffectConflict): string {
  const { ruleSet, outcome } = reading;
  const what = ruleSet.parameters.has(conflict.what) ? parameterTitle(ruleSet, conflict.what) : adviceTitle(ruleSet, conflict.what);
  if (conflict.kind === 'dose') return `the rules ask for amounts of ${what} that do not meet.`;
  const involved = outcome.effects.filter(effect => conflict.rules.includes(effect.rule));
  const asks =
    involved.find(effect => effect.verb in ASKED && effect.what.includes(conflict.what)) ?? involved.find(effect => effect.verb in ASKED);
  const hierarchy = adviceHierarchy(ruleSet);
  const asked = [conflict.what, ...(asks?.what ?? [])];
  const bars = involved.find(
    ({ verb, what: [barred] }) => verb in BARRED && asked.some(id => barred !== undefined && hierarchy.isBelow(id, barred)),
  );
  if (!asks || !bars) return `the rules disagree about ${what}.`;
  const barred = adviceTitle(ruleSet, bars.what[0] ?? conflict.what);
  return `${what} ${ASKED[asks.verb]}, yet ${barred === what ? 'it' : barred} ${BARRED[bars.verb]}.`;
}
