/** What `check` found, as plain data: the JSON that other programs read. */
import type { Diagnostic, Severity } from '../diagnostics/define.ts';
import type { PositionRange } from '../text/line-index.ts';
import type { SwitchedOff } from './agreed.ts';

export interface Report {
  readonly version: 1;
  /** The date against which reviews and waivers were held. */
  readonly asOf: string;
  /** How many files were checked. */
  readonly files: number;
  readonly findings: readonly ReportedFinding[];
  /** What was settled for every patient, by rule set. */
  readonly proved: readonly Statement[];
  /** What could not be settled, and why. */
  readonly notProved: readonly Statement[];
  /** What a team has switched off, and how many findings are not told for it. */
  readonly switchedOff: readonly SwitchedOff[];
}

export interface Statement {
  /** The rule set it is about. */
  readonly file: string;
  readonly text: string;
}

export interface ReportedFinding {
  /** The identity of the finding, which a waiver names. */
  readonly id: string;
  readonly file: string;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Lines and characters from zero, as editors count. */
  readonly range: PositionRange;
  readonly related: readonly { readonly file: string; readonly range: PositionRange; readonly message: string }[];
  /** Ids of the rules it is about. */
  readonly rules: readonly string[];
  /** A patient who shows it, as in a `*.patient.json`; null where there is none. */
  readonly witness: object | null;
  /** Waived findings are listed and do not count. */
  readonly waived: boolean;
}

/** Where a span of a file is, in lines; undefined for a file that is gone. */
export type Locate = (file: string, span: Diagnostic['span']) => PositionRange | undefined;

const NOWHERE: PositionRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export function reported(
  diagnostic: Diagnostic,
  file: string,
  waived: boolean,
  locate: Locate,
  shorten: (file: string) => string,
): ReportedFinding {
  return {
    id: diagnostic.id,
    file: shorten(file),
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: diagnostic.message,
    range: locate(file, diagnostic.span) ?? NOWHERE,
    related: (diagnostic.related ?? []).map(({ place, message }) => ({
      file: shorten(place.file),
      range: locate(place.file, place.span) ?? NOWHERE,
      message,
    })),
    rules: [...(diagnostic.rules ?? [])].sort(),
    witness: diagnostic.witness ?? null,
    waived,
  };
}

/** The errors that count. */
export function errorsIn({ findings }: Pick<Report, 'findings'>): readonly ReportedFinding[] {
  return findings.filter(({ severity, waived }) => severity === 'error' && !waived);
}
