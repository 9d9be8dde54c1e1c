/** Every name that stands in a rule set file: where it declares something, and where it refers to something. Nothing is looked up yet. */
import { type Reference, type ReferenceTo, referencesOf } from '../model/names.ts';
import type { Component, RuleSetFile, Score, Waiver } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';
import { declaredIn, type Named } from './declared.ts';

export interface Mention {
  readonly name: string;
  readonly file: string;
  /** With its quotes; of a name within a longer text (`lesions.a.site`) only the name. */
  readonly span: Span;
  readonly sense: Sense;
}

/** What a name is, where it stands. */
export type Sense =
  | { readonly kind: 'declares'; readonly named: Named }
  | { readonly kind: 'refers'; readonly reference: Reference }
  /** In a part that cannot be read: a guess by the key it stands under. */
  | { readonly kind: 'seems'; readonly reference: Reference }
  /** An item of the base that is taken out, whatever its section. */
  | { readonly kind: 'removes' }
  /** The path of another file. */
  | { readonly kind: 'path' }
  /** One of the names of a waived finding. */
  | { readonly kind: 'waives'; readonly code: string }
  /** In a sample patient. */
  | { readonly kind: 'in-patient'; readonly as: PatientSense };

/** What a name is in a sample patient; `group` is that of the record it stands in. */
export type PatientSense =
  | { readonly kind: 'fact'; readonly group: string | undefined }
  | { readonly kind: 'value'; readonly group: string | undefined; readonly fact: string }
  | { readonly kind: 'score'; readonly group: string | undefined }
  | { readonly kind: 'component'; readonly score: string }
  | { readonly kind: 'option'; readonly score: string; readonly component: string }
  | { readonly kind: 'group' }
  | { readonly kind: 'record'; readonly group: string }
  /** A score of the patient or of any group. */
  | { readonly kind: 'total' }
  /** A record of the group that the score is of. */
  | { readonly kind: 'record-of-score'; readonly score: string }
  | { readonly kind: 'band'; readonly score: string }
  /** What an expected effect is of. */
  | { readonly kind: 'item'; readonly section: 'advice' | 'parameters' | 'phases' | 'sites' }
  | { readonly kind: 'requirement' }
  | { readonly kind: 'place'; readonly parameter: string }
  | { readonly kind: 'rule-set' }
  | { readonly kind: 'decision' }
  | { readonly kind: 'answer'; readonly decision: string }
  | { readonly kind: 'rule' }
  /** A fact or score that is expected to be missing. */
  | { readonly kind: 'input' };

const made = new WeakMap<RuleSetFile, readonly Mention[]>();

/** In no particular order. Made once a file. */
export function mentionsOfRuleSet(file: RuleSetFile): readonly Mention[] {
  const known = made.get(file);
  if (known) return known;
  const declares = declaredIn(file).map(named => mention(file, named.id, named.idSpan, { kind: 'declares', named }));
  const refers = [...referencesOf(file), ...unscoredValues(file)];
  const all = [
    ...declares,
    ...refers.map(reference => mention(file, reference.name.value, reference.name.span, { kind: 'refers', reference })),
    ...file.remove.map(({ id }) => mention(file, id.value, id.span, { kind: 'removes' })),
    ...[...file.uses, ...(file.basedOn ? [file.basedOn.file] : [])].map(({ value, span }) => mention(file, value, span, { kind: 'path' })),
    ...file.waivers.flatMap(waivedNames),
  ];
  made.set(file, all);
  return all;
}

function mention({ file }: { readonly file: string }, name: string, span: Span, sense: Sense): Mention {
  return { name, file, span, sense };
}

/** Of a component that reads a code, what has no points is a value of that code too. */
function unscoredValues({ scores }: RuleSetFile): Reference[] {
  return [...scores.values()].flatMap(score => [...score.components.values()].flatMap(component => unscoredOf(score, component)));
}

function unscoredOf(score: Score, { how }: Component): Reference[] {
  if (how?.kind !== 'options' || !how.from) return [];
  const to: ReferenceTo = { kind: 'value', fact: how.from };
  const scored = new Set(how.options.keys());
  return [...how.undefinedOptions].flatMap(([value, { idSpan: span }]) =>
    scored.has(value) ? [] : [{ name: { value, span }, to, group: score.of?.value, from: score }],
  );
}

/** `hidden-rule:clearance,walk` names two things. A name that is written with an escape is passed over. */
function waivedNames({ file, finding: { value, span } }: Waiver): Mention[] {
  const colon = value.indexOf(':');
  if (colon < 0 || span.end - span.start !== value.length + 2) return [];
  const code = value.slice(0, colon);
  let start = span.start + 1 + colon + 1;
  return value
    .slice(colon + 1)
    .split(',')
    .map(name => {
      const place = { start, end: start + name.length };
      start = place.end + 1;
      return { name, file, span: place, sense: { kind: 'waives', code } };
    });
}
