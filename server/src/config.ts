/**
 * `clinical-rules.json`: what a team has agreed on for its rule sets. The editor and the command line read it alike; what it says comes before an
 * editor's own settings, so that authors, reviewers and continuous integration see the same.
 */
import type { Diagnostic, Severity } from './diagnostics/define.ts';
import { Exact } from './model/exact.ts';
import { type ParsedDocument, parseDocument } from './syntax/document.ts';
import { type Node, valueOf as valueUnder } from './syntax/node.ts';

export type Choice = Severity | 'off';

export interface Config {
  /** The path of the file. */
  readonly file: string;
  readonly severity: ReadonlyMap<string, Choice>;
  /** Undefined where it says nothing: then the editor's own count. */
  readonly exclude: readonly string[] | undefined;
  readonly enabled: boolean | undefined;
  readonly steps: number | undefined;
  /** Relative to the file. */
  readonly defaultPatient: string | undefined;
  /** As it is written: `config-problems.ts` says what is wrong with it. Entries that are sound count all the same. */
  readonly document: ParsedDocument;
}

/** Never throws: what cannot be read counts as not set. */
export function readConfig(text: string, file: string): Config {
  const document = parseDocument(text);
  const { root } = document;
  const analysis = valueUnder(root, 'analysis');
  const steps = valueUnder(analysis, 'steps');
  const enabled = valueUnder(analysis, 'enabled');
  const patient = valueUnder(root, 'defaultPatient');
  return {
    file,
    severity: severitiesIn(valueUnder(root, 'severity')),
    exclude: patternsIn(valueUnder(root, 'exclude')),
    enabled: enabled?.type === 'boolean' ? enabled.value : undefined,
    steps: steps?.type === 'number' ? wholeNumber(steps.text) : undefined,
    defaultPatient: patient?.type === 'string' && patient.value !== '' ? patient.value : undefined,
    document,
  };
}

const CHOICES: ReadonlySet<string> = new Set<Choice>(['off', 'information', 'warning', 'error']);

function severitiesIn(node: Node | undefined): ReadonlyMap<string, Choice> {
  const properties = node?.type === 'object' ? node.properties : [];
  return new Map(
    properties.flatMap(({ key, value }) => (value?.type === 'string' && CHOICES.has(value.value) ? [[key, value.value as Choice]] : [])),
  );
}

function patternsIn(node: Node | undefined): readonly string[] | undefined {
  if (node?.type !== 'array') return undefined;
  return node.items.flatMap(item => (item.type === 'string' && item.value !== '' ? [item.value] : []));
}

function wholeNumber(text: string): number | undefined {
  const value = Exact.parse(text);
  return value?.isInteger() && value.double > 0 && Number.isSafeInteger(value.double) ? value.double : undefined;
}

/**
 * Whether a path, relative to where the patterns are written and with slashes, is one of them or lies below one. `*` stands for anything in one
 * name, `**` for any folders, `?` for one character.
 */
export function isExcludedBy(patterns: readonly string[], path: string): boolean {
  return patterns.some(pattern => patternOf(pattern).test(path));
}

const made = new Map<string, RegExp>();

function patternOf(pattern: string): RegExp {
  const known = made.get(pattern);
  if (known) return known;
  const body = pattern
    .replace(/^\.\//, '')
    .replace(/\/+$/, '')
    .split(/(\*\*\/|\/\*\*$|\*\*|\*|\?)/)
    .map(part => WILD[part] ?? part.replace(/[.+^${}()|[\]\\]/g, '\\$&'))
    .join('');
  const expression = new RegExp(`^${body}(/.*)?$`);
  made.set(pattern, expression);
  return expression;
}

const WILD: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '/**': '(?:/.*)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

/** What the team has chosen for a diagnostic, else what `otherwise` says of it. A finding may be graver than its diagnostic usually is, unless somebody chose. */
export function chosenBy(config: Config | undefined, diagnostic: Diagnostic): Diagnostic | 'off' | undefined {
  const choice = config?.severity.get(diagnostic.code);
  if (choice === undefined || choice === 'off') return choice;
  return { ...diagnostic, severity: choice };
}
