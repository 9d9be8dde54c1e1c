/** A FHIR R4 Bundle from its text: its entries in order, and to which patient each belongs. Parsed once, then one pass. */
import { isObject, type JsonObject, listUnder, textUnder, under } from './json.ts';

export interface Entry {
  /** Counted from 1, as reports tell it: ids may tell who a patient is. */
  readonly number: number;
  readonly type: string;
  readonly resource: JsonObject;
}

export interface BundlePatient {
  /** The Patient resource; undefined where the bundle has none. */
  readonly patient: Entry | undefined;
  readonly entries: readonly Entry[];
}

export interface Bundle {
  readonly patients: readonly BundlePatient[];
  /** The moment the bundle was made. */
  readonly timestamp: string | undefined;
  /** Resources that belong to no patient of the bundle, with why. */
  readonly strays: readonly { readonly entry: Entry; readonly why: string }[];
  /** The resource a reference leads to: one step, so that references in a circle lead nowhere twice. */
  readonly resolve: (reference: string, from: Entry) => JsonObject | undefined;
  readonly problems: readonly string[];
}

/** More text than this is not parsed at once. */
export const MOST_CHARACTERS = 256 * 1024 * 1024;
const KINDS = new Set(['collection', 'searchset', 'document', 'transaction', 'batch', 'message', 'transaction-response', 'batch-response']);

/** A bundle, or why the text is none. */
export function readBundle(text: string): Bundle | { readonly problem: string } {
  if (text.length > MOST_CHARACTERS)
    return { problem: 'The file is larger than 256 MB, and was not read. Export fewer patients at a time.' };
  const root = parsed(text);
  if (root === undefined)
    return { problem: 'The file is no sound JSON, so it cannot be read as a FHIR bundle. Export it again: it may have been cut off.' };
  const type = textUnder(root, 'resourceType');
  if (type !== 'Bundle')
    return {
      problem: `A FHIR bundle has "resourceType": "Bundle" at its top; here it is ${toldType(type)}. Put the resources into a bundle.`,
    };
  const kind = textUnder(root, 'type');
  if (kind === 'history')
    return { problem: 'This bundle is of type history: it holds old versions of resources. Export the current ones as a collection.' };
  if (!Array.isArray(under(root, 'entry')) || listUnder(root, 'entry').length === 0)
    return { problem: 'The bundle has no entries, so there is no patient to import.' };
  const problems =
    kind !== undefined && KINDS.has(kind) ? [] : ['The bundle does not say of which type it is; its entries were taken as they stand.'];
  if (listUnder(root, 'link').some(link => textUnder(link, 'relation') === 'next'))
    problems.push('This is one page of several: what the other pages say is not known here.');
  return arranged(root, problems);
}

/** Undefined where it cannot be parsed. The words of the failure are kept back: they quote the text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

function toldType(type: string | undefined): string {
  return type !== undefined && /^[A-Z][A-Za-z]{1,40}$/.test(type) ? type : 'something else';
}

export function typeOf(resource: JsonObject): string {
  const type = textUnder(resource, 'resourceType');
  return type !== undefined && /^[A-Z][A-Za-z]{1,40}$/.test(type) ? type : 'Resource of unknown type';
}

function arranged(root: unknown, problems: string[]): Bundle {
  const index = new Map<string, Entry>();
  const clashing = new Set<Entry>();
  const entries: Entry[] = [];
  let empty = 0;
  for (const [i, item] of listUnder(root, 'entry').entries()) {
    const resource = under(item, 'resource');
    if (!isObject(resource)) {
      empty++;
      continue;
    }
    const entry = { number: i + 1, type: typeOf(resource), resource };
    if (isNew(entry, textUnder(item, 'fullUrl'), index, clashing)) entries.push(entry);
  }
  if (empty) problems.push(`${empty} ${empty === 1 ? 'entry has' : 'entries have'} no resource.`);
  const resolve = (reference: string, from: Entry) => resolved(reference, from, index);
  return { ...assigned(entries, clashing, index), timestamp: textUnder(root, 'timestamp'), resolve, problems };
}

/** Of two entries with one address that say the same the first counts; where they differ nobody knows which holds. */
function isNew(entry: Entry, url: string | undefined, index: Map<string, Entry>, clashing: Set<Entry>): boolean {
  const id = textUnder(entry.resource, 'id');
  const names = [url, id === undefined ? undefined : `${entry.type}/${id}`].filter(name => name !== undefined);
  const other = names.map(name => index.get(name)).find(known => known !== undefined);
  for (const name of names) if (!index.has(name)) index.set(name, entry);
  if (!other) return true;
  if (isSame(other.resource, entry.resource)) return false;
  clashing.add(other).add(entry);
  return true;
}

/** Texts nested so deep that they cannot be written again count as different. */
function isSame(a: JsonObject, b: JsonObject): boolean {
  try {
    return JSON.stringify(a) === JSON.stringify(b);
  } catch {
    return false;
  }
}

function resolved(reference: string, from: Entry, index: ReadonlyMap<string, Entry>): JsonObject | undefined {
  if (reference.startsWith('#'))
    return listUnder(from.resource, 'contained').find(
      (inner): inner is JsonObject => isObject(inner) && textUnder(inner, 'id') === reference.slice(1),
    );
  return index.get(withoutVersion(reference))?.resource;
}

function withoutVersion(reference: string): string {
  return reference.replace(/\/_history\/[^/]*$/, '');
}

const ABOUT = ['subject', 'patient'] as const;
const CLASH = 'another entry has the same address and says something else, so that nobody knows which holds';

function assigned(entries: readonly Entry[], clashing: ReadonlySet<Entry>, index: ReadonlyMap<string, Entry>) {
  const patients = entries.filter(({ type }) => type === 'Patient');
  const groups = new Map<Entry | string, Entry[]>(patients.filter(patient => !clashing.has(patient)).map(patient => [patient, []]));
  const strays: { entry: Entry; why: string }[] = [];
  for (const entry of entries) {
    if (entry.type === 'Patient') {
      if (clashing.has(entry)) strays.push({ entry, why: CLASH });
      continue;
    }
    const owner = clashing.has(entry) ? CLASH : ownerOf(entry, patients.length > 0, index);
    if (typeof owner === 'string') strays.push({ entry, why: owner });
    else if (owner.key !== undefined) add(groups, owner.key, entry);
  }
  const known = [...groups].filter(([key, list]) => typeof key !== 'string' || list.length > 0);
  return { patients: known.map(([key, list]) => ({ patient: typeof key === 'string' ? undefined : key, entries: list })), strays };
}

function add(groups: Map<Entry | string, Entry[]>, key: Entry | string, entry: Entry): void {
  const known = groups.get(key);
  if (known) known.push(entry);
  else groups.set(key, [entry]);
}

/** Types that are about no patient by themselves, or are reached by reference. */
const BESIDE = new Set([
  'Medication',
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Location',
  'Device',
  'Provenance',
  'OperationOutcome',
]);

/** The key of the patient a resource is about, or why there is none. */
function ownerOf(
  entry: Entry,
  hasPatients: boolean,
  index: ReadonlyMap<string, Entry>,
): { readonly key: Entry | string | undefined } | string {
  if (BESIDE.has(entry.type)) return { key: undefined };
  const reference = ABOUT.map(key => textUnder(entry.resource, key, 'reference')).find(text => text !== undefined);
  if (reference === undefined) return 'it does not say which patient it is about';
  const target = index.get(withoutVersion(reference));
  if (target?.type === 'Patient') return { key: target };
  if (target) return 'it is about something that is no patient';
  return hasPatients ? 'it is about somebody who is not in the bundle' : { key: withoutVersion(reference) };
}
