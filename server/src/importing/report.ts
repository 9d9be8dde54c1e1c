/** What an import made of what it was given: values taken over, and what was left out and why. It names no person: entries by number, codes, facts. */

export interface Taken {
  /** `Observation, entry 3`. */
  readonly from: string;
  /** `calcium`, `lesions.a.site`. */
  readonly to: string;
  readonly value: string;
  readonly date?: string;
  readonly note?: string;
}

export interface LeftOut {
  readonly from: string;
  /** A code, or the fact it was meant for. */
  readonly what: string;
  readonly why: string;
  /** How many times, all told once. */
  readonly count: number;
}

export interface ImportedPatient {
  readonly id: string;
  /** The whole text of a `*.patient.json`. */
  readonly text: string;
  readonly taken: readonly Taken[];
  readonly leftOut: readonly LeftOut[];
}

export interface Imported {
  readonly patients: readonly ImportedPatient[];
  /** Of the file as a whole. Without patients they say why there are none. */
  readonly problems: readonly string[];
  /** Whether the file, or a patient in it, could not be read. */
  readonly stopped: boolean;
  /** Whether a patient was left out because no day is known to describe it for. */
  readonly needsDay: boolean;
}

/** Collects what was left out, the same only once. */
export class LeftOutList {
  readonly #kept = new Map<string, { from: string; what: string; why: string; count: number }>();
  #unlisted = 0;

  add(from: string, what: string, why: string): void {
    const key = `${from.replace(/,.*/, '')}\n${what}\n${why}`;
    const known = this.#kept.get(key);
    if (known) known.count++;
    else if (this.#kept.size < MOST_LISTED) this.#kept.set(key, { from, what, why, count: 1 });
    else this.#unlisted++;
  }

  list(): LeftOut[] {
    const rest = { from: 'further entries', what: '', why: 'not listed: there are too many', count: this.#unlisted };
    return [...this.#kept.values(), ...(this.#unlisted ? [rest] : [])];
  }
}

const MOST_LISTED = 2000;

/** The report as Markdown, which can be read as it stands. `names` are the files the patients were written to, in their order. */
export function reportText({ patients, problems }: Imported, names: readonly (string | undefined)[] = []): string {
  const count = `${patients.length} ${patients.length === 1 ? 'patient' : 'patients'}`;
  const lines = [`# Import: ${count}`, ''];
  if (problems.length) lines.push(...problems.map(problem => `- ${problem}`), '');
  for (const [i, patient] of patients.entries()) {
    lines.push(`## ${patient.id}${names[i] === undefined ? '' : `: ${names[i]}`}`, '');
    lines.push(`### Taken over (${patient.taken.length})`, '', ...orNone(patient.taken.map(takenLine)), '');
    lines.push(`### Left out (${patient.leftOut.length})`, '', ...orNone(patient.leftOut.map(leftOutLine)), '');
  }
  if (patients.length)
    lines.push('What is not listed as taken over stays unknown, and lists of records count as incomplete unless said otherwise.', '');
  return lines.join('\n');
}

function orNone(lines: readonly string[]): readonly string[] {
  return lines.length ? lines : ['Nothing.'];
}

function takenLine({ from, to, value, date, note }: Taken): string {
  return `- \`${to}\`: ${value}${date === undefined ? '' : ` on ${date}`} (${from}${note === undefined ? '' : `; ${note}`})`;
}

function leftOutLine({ from, what, why, count }: LeftOut): string {
  return `- ${from}${count > 1 ? ` and ${count - 1} more` : ''}${what ? `, ${what}` : ''}: ${why}`;
}
