/** What the command line understands, and its words for wrong use. */
import { parseArgs } from 'node:util';

/** Wrong use: one clear line, and exit code 2. */
export class UsageError extends Error {}

export type Format = 'text' | 'json' | 'sarif' | 'junit' | 'github' | 'markdown' | 'html';

export const COMMANDS = ['check', 'run', 'test', 'mutate', 'cases', 'explain', 'format', 'import'] as const;
export type Command = (typeof COMMANDS)[number];

export interface Arguments {
  readonly command: Command | 'help' | 'version';
  /** For `help`: the command it is about. */
  readonly about: Command | undefined;
  readonly paths: readonly string[];
  readonly format: Format;
  /** `2026-11-22`. */
  readonly asOf: string | undefined;
  readonly workspace: string | undefined;
  /** Undefined: as the terminal can. */
  readonly color: boolean | undefined;
  /** For `check`: the folder to write witnesses to, a diagnostic to explain, the steps of the analysis. */
  readonly witness: string | undefined;
  readonly explain: string | undefined;
  readonly budget: number | undefined;
  /** For `import`: the folder to write patients to; for `cases` the file. */
  readonly out: string | undefined;
  /** For `format`: whether files are only looked at, and how wide a line may be. */
  readonly check: boolean;
  readonly width: number | undefined;
  /** For `test`: whether to run again after every change. */
  readonly watch: boolean;
  /** For `test`: how to write coverage, if at all, and the folder for files. */
  readonly coverage: readonly CoverageFormat[];
  readonly coverageFolder: string;
  /** For `mutate`: the folder to write patients to who would notice. */
  readonly cases: string | undefined;
}

export const COVERAGE_FORMATS = ['text', 'lcov', 'cobertura'] as const;
export type CoverageFormat = (typeof COVERAGE_FORMATS)[number];

const OPTIONS = {
  format: { type: 'string' },
  'as-of': { type: 'string' },
  workspace: { type: 'string' },
  color: { type: 'boolean' },
  witness: { type: 'string' },
  explain: { type: 'string' },
  budget: { type: 'string' },
  out: { type: 'string' },
  check: { type: 'boolean' },
  width: { type: 'string' },
  watch: { type: 'boolean' },
  coverage: { type: 'string', multiple: true },
  'coverage-dir': { type: 'string' },
  cases: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** The options that not every command has, and those that have them. */
const OPTIONS_OF: Readonly<Record<string, readonly Command[]>> = {
  format: ['check', 'run', 'test', 'mutate', 'cases', 'import'],
  out: ['cases', 'import'],
  watch: ['test'],
  coverage: ['test'],
  'coverage-dir': ['test'],
  cases: ['mutate'],
  'as-of': ['check', 'import'],
  witness: ['check'],
  explain: ['check'],
  budget: ['check'],
  check: ['format'],
  width: ['format'],
};
const FORMATS: Readonly<Partial<Record<Command, readonly Format[]>>> = {
  check: ['text', 'json', 'sarif'],
  run: ['text', 'json', 'markdown', 'html'],
  test: ['text', 'json', 'junit', 'github'],
  mutate: ['text', 'json'],
  cases: ['text', 'json'],
  import: ['text', 'json'],
};

/** Throws a `UsageError` for what it does not understand. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parse(argv);
  const [command, ...paths] = positionals;
  const rest = {
    paths,
    asOf: values['as-of'],
    workspace: values.workspace,
    color: values.color,
    witness: values.witness,
    explain: values.explain,
    budget: undefined,
    out: values.out,
    check: values.check ?? false,
    width: undefined,
    watch: values.watch ?? false,
    coverage: [],
    coverageFolder: values['coverage-dir'] ?? 'coverage',
    cases: values.cases,
    format: 'text' as Format,
    about: undefined,
  };
  if (values.version) return { ...rest, command: 'version' };
  if (command === 'help') return { ...rest, command: 'help', about: isCommand(paths[0]) ? paths[0] : undefined };
  if (values.help || argv.length === 0) return { ...rest, command: 'help', about: isCommand(command) ? command : undefined };
  if (command === undefined) throw new UsageError(`Say what to do: ${known('or')}.`);
  if (!isCommand(command)) throw new UsageError(`Unknown command “${command}”. Known are ${known('and')}.`);
  refuseOfOthers(command, values);
  if (values.explain === undefined) checkPaths(command, paths);
  return {
    ...rest,
    command,
    format: formatFor(command, values.format),
    asOf: dateFrom(values['as-of']),
    budget: budgetFrom(values.budget),
    width: widthFrom(values.width),
    coverage: (values.coverage ?? []).map(coverageFormat),
  };
}

function known(last: 'and' | 'or'): string {
  return `${COMMANDS.slice(0, -1).join(', ')} ${last} ${COMMANDS.at(-1)}`;
}

function refuseOfOthers(command: Command, values: Readonly<Record<string, unknown>>): void {
  if (command === 'run' && values['as-of'] !== undefined)
    throw new UsageError('run has no --as-of: the date is the patient’s own “asOf”, so that the same files always give the same outcome.');
  const [name, owners] = Object.entries(OPTIONS_OF).find(([option, of]) => values[option] !== undefined && !of.includes(command)) ?? [];
  if (name !== undefined) throw new UsageError(`${command} has no --${name}: that is for ${owners!.join(' and ')}.`);
}

function widthFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{1,5}$/.test(text) || Number(text) < 20)
    throw new UsageError(`--width ${text}: write a number of columns from 20 on, such as 130.`);
  return Number(text);
}

function coverageFormat(text: string): CoverageFormat {
  const format = COVERAGE_FORMATS.find(candidate => candidate === text);
  if (!format) throw new UsageError(`--coverage ${text}: write ${COVERAGE_FORMATS.slice(0, -1).join(', ')} or ${COVERAGE_FORMATS.at(-1)}.`);
  return format;
}

function budgetFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new UsageError(`--budget ${text}: write a whole number of steps, such as 20000000.`);
  return Number(text);
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, allowNegative: true } as const);
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(/\. To specify|\n/)[0]!.replace(/\.$/, '')}.`);
  }
}

function isCommand(word: string | undefined): word is Command {
  return COMMANDS.some(command => command === word);
}

function checkPaths(command: Command, paths: readonly string[]): void {
  if (
    command === 'import'
      ? paths.length === 2
      : command === 'run'
        ? paths.length >= 2
        : command === 'cases'
          ? paths.length === 1
          : paths.length >= 1
  )
    return;
  const needs = {
    check: 'check needs at least one file or folder.',
    run: 'run needs a rule set and at least one patient.',
    test: 'test needs at least one file or folder.',
    mutate: 'mutate needs at least one file or folder.',
    cases: 'cases needs one rule set.',
    explain: 'explain needs at least one rule set.',
    format: 'format needs at least one file or folder.',
    import: 'import needs a rule set and one file: a FHIR bundle, or a CSV file.',
  };
  throw new UsageError(needs[command]);
}

function formatFor(command: Command, format = 'text'): Format {
  const formats = FORMATS[command] ?? ['text'];
  const chosen = formats.find(candidate => candidate === format);
  if (!chosen) throw new UsageError(`--format ${format}: ${command} can write ${formats.join(', ')}.`);
  return chosen;
}

function dateFrom(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (!date || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text)
    throw new UsageError(`--as-of ${text}: write a date as 2026-11-22.`);
  return text;
}
