/**
 * Completion: what can be typed at the cursor. The schema says which keys and forms are allowed, the model which names mean something there. A
 * half-typed text is read with something whole in place of what is being typed, so that the rest of the file keeps its meaning.
 */
import type { RuleSet } from '../model/rule-set.ts';
import type { Snapshot } from '../snapshot.ts';
import { patientDescribed, ruleSetDescribed } from '../syntax/described-schemas.generated.js';
import type { Node } from '../syntax/node.ts';
import type { Edit } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { partsAt, valueParts } from './completion/allowed.ts';
import { keyOffers } from './completion/key-offers.ts';
import type { About, Offer, OfferKind } from './completion/offer.ts';
import { isBeforeValue, isBehindValue, isWhole, madeWhole, type Place, placeAt } from './completion/place.ts';
import type { Scene } from './completion/scene.ts';
import { plainText } from './completion/snippet.ts';
import { type Token, tokenAt } from './completion/token.ts';
import { usesIn } from './completion/uses.ts';
import { valueOffers } from './completion/value-offers.ts';

export type { About, OfferKind };

/** One proposal, ready to be written. */
export interface Completion {
  readonly label: string;
  readonly kind: OfferKind;
  readonly title: string | undefined;
  readonly note: string | undefined;
  /** Replaces what is being typed. */
  readonly edit: Edit;
  /** A comma that is missing before it. */
  readonly more: readonly Edit[];
  /** Whether the new text has stops for the cursor. */
  readonly isSnippet: boolean;
  /** What is held against the typed token, which may begin with a quote: the name, and the title so that either can be typed. */
  readonly filter: string;
  readonly sort: string;
  readonly about: About | undefined;
  /** The cursor is left where more can be proposed at once. */
  readonly goesOn: boolean;
}

export interface Asked {
  /** The date of today, for what is dated today. */
  readonly today: string;
  /** Whether the editor knows stops in inserted text. */
  readonly snippets: boolean;
}

/** What was last proposed in a text, and what for. */
interface Proposed {
  readonly key: string;
  readonly list: readonly Completion[];
}

const last = new WeakMap<Snapshot, Proposed>();

/** What can be typed at the offset, best first. Empty where nothing can, or the file cannot be read. Within one token the answer is the same. */
export function completionsAt(workspace: Workspace, file: string, offset: number, asked: Asked): readonly Completion[] {
  const snapshot = workspace.snapshot(file);
  if (typeof snapshot === 'string') return [];
  const token = tokenAt(snapshot.text, offset);
  const key = [token.span.start, token.span.end, workspace.revision, asked.today, asked.snippets].join(' ');
  const known = last.get(snapshot);
  if (known?.key === key) return known.list;
  const list = proposals(workspace, snapshot, token, asked);
  last.set(snapshot, { key, list });
  return list;
}

function proposals(workspace: Workspace, snapshot: Snapshot, token: Token, asked: Asked): readonly Completion[] {
  const read = readAt(workspace, snapshot, token, asked.today);
  if (!read) return [];
  const { scene, text } = read;
  const offers = scene.place.wanted === 'key' ? keysFor(scene) : valuesFor(scene);
  const fitting = scene.place.hasColon && scene.place.wanted === 'key' ? offers.filter(({ kind }) => kind !== 'template') : offers;
  return fitting.map((offer, i) => completion(offer, i, scene, text, asked));
}

function keysFor(scene: Scene): readonly Offer[] {
  const root = scene.patient ? patientDescribed : ruleSetDescribed;
  return keyOffers(scene, root, partsAt(root, scene.place.path));
}

function valuesFor(scene: Scene): readonly Offer[] {
  const root = scene.patient ? patientDescribed : ruleSetDescribed;
  const { path } = scene.place;
  const last = path.at(-1);
  return valueOffers(scene, root, last ? valueParts(root, partsAt(root, path), last) : [{ schema: root, slot: 'file' }]);
}

interface Read {
  readonly scene: Scene;
  readonly text: string;
}

function readAt(workspace: Workspace, snapshot: Snapshot, token: Token, today: string): Read | undefined {
  const { text, file } = snapshot;
  const { problems, root } = snapshot.document();
  const isPatient = snapshot.kind() === 'patient';
  if (isWhole(problems)) {
    const place = placeIn(token, root, token.span.start);
    const patient = isPatient ? workspace.patient(file) : undefined;
    const linked = isPatient ? undefined : workspace.linked(file)?.ruleSet;
    return place && { text, scene: sceneOf(workspace, file, text, place, patient, linked, today) };
  }
  const { asIf, at } = mended(workspace, file, text, token);
  const place = placeIn(token, asIf.snapshot.document().root, at);
  if (!place) return undefined;
  const patient = isPatient ? asIf.patient() : undefined;
  return { text, scene: sceneOf(workspace, file, text, place, patient, isPatient ? undefined : asIf.linked().ruleSet, today) };
}

/** The file with something whole in place of the token. If that is not enough, the line may not be finished. */
function mended(workspace: Workspace, file: string, text: string, token: Token) {
  const first = madeWhole(text, token, false);
  const asIf = workspace.asIf(file, first.text);
  if (isWhole(asIf.snapshot.document().problems) || !/^[ \t]*(\r?\n|$)/.test(text.slice(token.span.end))) return { asIf, at: first.at };
  const second = madeWhole(text, token, true);
  const closed = workspace.asIf(file, second.text);
  return isWhole(closed.snapshot.document().problems) ? { asIf: closed, at: second.at } : { asIf, at: first.at };
}

/** Where there is nothing but what is being typed, a whole file is wanted. */
function placeIn(token: Token, root: Node | undefined, at: number): Place | undefined {
  return placeAt(token, root?.type === 'string' ? undefined : root, at);
}

function sceneOf(
  workspace: Workspace,
  file: string,
  text: string,
  place: Place,
  patient: ReturnType<Workspace['patient']>,
  ruleSet: RuleSet | undefined,
  today: string,
): Scene {
  const wholes = patient ? patient.ruleSets : ruleSet ? [ruleSet] : [];
  return { workspace, file, place, wholes, patient: patient?.patient, uses: usesIn(workspace), today, indent: indentOf(text) };
}

/** One step of indentation as the file has it. */
function indentOf(text: string): string {
  return /^[\s\ufeff]*[{[][^\n]*\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}

function completion(offer: Offer, order: number, scene: Scene, text: string, { snippets }: Asked): Completion {
  const { token, hasColon } = scene.place;
  const property = offer.value === undefined || hasColon ? offer.json : `${offer.json}: ${offer.value}`;
  const written = onLinesOfItsOwn(property, token, text, scene.indent);
  const isMissing = isBehindValue(token);
  const isClose = token.beforeEnd === token.span.start;
  const before = text[token.span.start - 1] ?? '';
  const comma = isMissing && isClose ? ', ' : ':,'.includes(before) && before !== '' ? ' ' : '';
  const behind = isBeforeValue(token) ? ',' : '';
  const isBare = before === '{' && text[token.span.end] === '}' && !written.includes('\n');
  const whole = isBare ? ` ${written} ` : `${comma}${written}${behind}`;
  const isSnippet = snippets && /\$\{?\d/.test(whole);
  const bare = !token.quoted && token.span.start < token.span.end;
  return {
    label: offer.label,
    kind: offer.kind,
    title: offer.title,
    note: offer.note,
    edit: { span: token.span, newText: isSnippet ? whole : plainText(whole) },
    more: isMissing && !isClose ? [{ span: { start: token.beforeEnd, end: token.beforeEnd }, newText: ',' }] : [],
    isSnippet,
    filter: `${bare ? '' : '"'}${offer.label}${offer.title === undefined ? '' : ` ${offer.title}`}`,
    sort: `${String(offer.rank).padStart(5, '0')}${String(order).padStart(5, '0')}`,
    about: offer.about,
    goesOn: offer.goesOn ?? false,
  };
}

/** What has several lines, between brackets that have nothing else between them, does not begin on theirs. */
function onLinesOfItsOwn(written: string, token: Token, text: string, indent: string): string {
  const isBetween = /[[{]/.test(token.before) && /[\]}]/.test(token.after);
  const isOneLine = !/[\r\n]/.test(text.slice(token.beforeEnd, token.afterStart));
  if (!written.includes('\n') || !isBetween || !isOneLine) return written;
  return `\n${indent}${written.replaceAll('\n', `\n${indent}`)}\n`;
}
