/** Made cases as a `*.patient.json`: the patient whom all extend, and a table in which each case states only what differs, and what it shows. */
import { withExactNumbers } from '../../analysis/witness.ts';
import { formatEdits, LINE_WIDTH } from '../../features/format.ts';
import { patientId } from '../../features/new-patient.ts';
import { parseDocument } from '../../syntax/document.ts';
import { applyEdits } from '../../text/span.ts';
import type { PointKind } from '../coverage.ts';
import { pointWords, wayWords } from '../point-words.ts';
import { valueWords } from '../witness-words.ts';
import type { Made, MadeCase } from './make.ts';
import { type Proposal, proposalFor } from './propose.ts';
import { saysTheSame, statedOver } from './shared.ts';
import { changesTo, patientOf, type Sheet } from './sheet.ts';
import type { Way } from './shows.ts';

export interface MadeFile {
  /** The file's name: the id is made of it. */
  readonly name: string;
  /** Paths relative to the file. */
  readonly ruleSet: string;
  readonly schema: string | undefined;
  /** Of the base that the author's cases share, where there is one. */
  readonly extends?: string | undefined;
}

/** One row of the table in words. */
export interface MadeRow {
  readonly title: string;
  /** By column what differs from the base. */
  readonly differs: ReadonlyMap<string, unknown>;
  readonly expected: Proposal;
  /** What the case is there to show. */
  readonly duties: readonly Way[];
}

export function rowsOf({ cases, base, looking, before }: Made): readonly MadeRow[] {
  const left = new Set(before);
  return cases.map(one => {
    const places = [...one.shown.ways].filter(way => !left.has(way)).sort((a, b) => a - b);
    for (const place of places) left.add(place);
    const alone = new Set(one.alone);
    const first = [...places.filter(place => alone.has(place)), ...places.filter(place => !alone.has(place))];
    const duties = first.map(place => looking.ways[place]!);
    const differs = cellsOf(base, one);
    return { title: titleOf(duties, differs), differs, expected: proposalFor(one.shown, duties, looking), duties };
  });
}

/** More of what differs than this is seen in the row itself. */
const NAMED = 3;
/** What tells most of what a case is there for comes first. */
const TELLING: readonly PointKind[] = ['boundary', 'alone', 'rule', 'band', 'effect', 'threshold', 'condition'];

/** `age 65 a, frail true: boundary 65 a of “old” at, and 7 more`. */
function titleOf(duties: readonly Way[], differs: ReadonlyMap<string, unknown>): string {
  const named = [...differs].slice(0, NAMED).map(differenceWords);
  const who = differs.size === 0 ? 'nothing else' : `${named.join(', ')}${differs.size > NAMED ? ' …' : ''}`;
  const [first] = [...duties].sort((a, b) => TELLING.indexOf(a.point.kind) - TELLING.indexOf(b.point.kind));
  const more = duties.length > 1 ? `, and ${duties.length - 1} more` : '';
  return first ? `${who}: ${pointWords(first.point)} ${wayWords(first.name)}${more}` : who;
}

function differenceWords([column, value]: readonly [string, unknown]): string {
  if (column.endsWith('.remove')) return `no ${column.slice(0, -'.remove'.length)}`;
  if (column.endsWith('.complete')) return `${column.slice(0, -'.complete'.length)} not complete`;
  return `${column} ${value === null ? 'not recorded' : valueWords(value)}`;
}

/** What differs from the base, by column. */
function cellsOf(base: Sheet, { sheet }: MadeCase): ReadonlyMap<string, unknown> {
  const cells = new Map<string, unknown>();
  const changes = changesTo(base, sheet);
  for (const [path, value] of changes) {
    const record = /^groups\/([^/]+)\/records\/([^/]+)$/.exec(path);
    if (record) {
      const [, group, id] = record;
      const empty = ![...sheet.keys()].some(other => other.startsWith(`${path}/`));
      if (value !== true && base.get(path) === true) cells.set(`${group}.${id}.remove`, true);
      else if (value === true && empty) cells.set(`${group}.${id}.remove`, false);
      continue;
    }
    const owner = /^groups\/[^/]+\/records\/[^/]+/.exec(path)?.[0];
    if (owner !== undefined && sheet.get(owner) !== true) continue;
    cells.set(columnOf(path), value === undefined ? null : value);
  }
  return cells;
}

function columnOf(path: string): string {
  return path
    .split('/')
    .filter((step, i, steps) => !isStructure(step, i, steps))
    .join('.');
}

/** Words of the form, not names: a heading leaves them out. */
function isStructure(step: string, i: number, steps: readonly string[]): boolean {
  const inRecord = steps[0] === 'groups';
  const at = inRecord ? i - 4 : i;
  if (inRecord && (i === 0 || (i === 2 && step === 'records'))) return true;
  return (at === 0 && (step === 'facts' || step === 'scores')) || (at === 2 && step === 'options');
}

/** Over the base that the author's cases share, if that says just the same; else by itself. */
export function madeText(made: Made, rows: readonly MadeRow[], file: MadeFile): string {
  const { shared, looking, base } = made;
  const alone = written(made, rows, file, { asOf: looking.asOf, for: [file.ruleSet], ...withoutEmpty(patientOf(base, looking.asOf)) });
  const stated = shared && file.extends !== undefined ? statedOver(shared, base) : undefined;
  if (!shared || !stated) return alone;
  const { facts, ...others } = patientOf(stated, looking.asOf);
  const own = { ...withoutEmpty({ facts, ...others }), ...(Object.keys(facts).length === 0 && { facts: undefined }) };
  const extending = written(made, rows, file, { extends: file.extends, for: [file.ruleSet], ...own });
  return saysTheSame(looking.compiled, extending, alone, shared.patient) ? extending : alone;
}

function written(made: Made, rows: readonly MadeRow[], { name, schema }: MadeFile, own: object): string {
  const { root } = made.looking.compiled.ruleSet;
  const patient = {
    ...(schema === undefined ? {} : { $schema: schema }),
    id: patientId(name),
    title: `Made cases of ${root.title ?? root.id?.value ?? ''}`,
    ...own,
    cases: { ruleSet: root.id?.value ?? '', rows: rows.map(rowAs) },
  };
  const document = parseDocument(withExactNumbers(JSON.stringify(patient)));
  return `${applyEdits(document.text, formatEdits(document, LAYOUT)).trimEnd()}\n`;
}

const LAYOUT = { lineWidth: LINE_WIDTH, tabSize: 2, insertSpaces: true };

function rowAs({ title, differs, expected }: MadeRow): object {
  const proposed = [...expected].sort(([a], [b]) => rank(a) - rank(b)).map(([key, value]) => [`expected.${key}`, value]);
  return { case: title, ...Object.fromEntries([...differs].map(cellAs)), ...Object.fromEntries(proposed), 'expected.proposed': true };
}

/** `"age in a": 65`: the heading says the unit. */
function cellAs([column, value]: readonly [string, unknown]): [string, unknown] {
  if (typeof value !== 'object' || value === null || !('unit' in value) || typeof value.unit !== 'string') return [column, value];
  return [`${column} in ${value.unit}`, (value as { readonly value?: unknown }).value];
}

const ORDER = ['decisions', 'totals', 'bands', 'fired', 'notFired', 'effects'];

function rank(key: string): number {
  return ORDER.indexOf(key.split('.')[0]!);
}

function withoutEmpty({ groups, scores, facts }: ReturnType<typeof patientOf>): object {
  const has = (value: object | undefined) => value !== undefined && Object.keys(value).length > 0;
  return { facts, ...(has(scores) ? { scores } : {}), ...(has(groups) ? { groups } : {}) };
}
