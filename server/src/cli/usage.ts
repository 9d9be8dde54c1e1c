/** What the command line understands, and its words for help and for wrong use. */
import { parseArgs } from 'node:util';
import { DEFAULT_STEPS } from '../analysis/analyse.ts';

/** Wrong use: one clear line, and exit code 2. */
export class UsageError extends Error {}

export type Format = 'text' | 'json' | 'sarif';

export interface Arguments {
  readonly command: 'check' | 'run' | 'help' | 'version';
  /** For `help`: the command it is about. */
  readonly about: 'check' | 'run' | undefined;
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
}

const OPTIONS = {
  format: { type: 'string' },
  'as-of': { type: 'string' },
  workspace: { type: 'string' },
  color: { type: 'boolean' },
  witness: { type: 'string' },
  explain: { type: 'string' },
  budget: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

const FORMATS: Readonly<Record<'check' | 'run', readonly Format[]>> = { check: ['text', 'json', 'sarif'], run: ['text', 'json'] };

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
    format: 'text' as Format,
    about: undefined,
  };
  if (values.version) return { ...rest, command: 'version' };
  if (command === 'help') return { ...rest, command: 'help', about: isCommand(paths[0]) ? paths[0] : undefined };
  if (values.help || argv.length === 0) return { ...rest, command: 'help', about: isCommand(command) ? command : undefined };
  if (command === undefined) throw new UsageError('Say what to do: check or run.');
  if (!isCommand(command)) throw new UsageError(`Unknown command “${command}”. Known are check and run.`);
  if (command === 'run') refuseOfCheck(values);
  if (values.explain === undefined) checkPaths(command, paths);
  if (command === 'run' && values['as-of'] !== undefined)
    throw new UsageError('run has no --as-of: the date is the patient’s own “asOf”, so that the same files always give the same outcome.');
  return {
    ...rest,
    command,
    format: formatFor(command, values.format),
    asOf: dateFrom(values['as-of']),
    budget: budgetFrom(values.budget),
  };
}

function refuseOfCheck(values: Readonly<Record<string, unknown>>): void {
  const given = ['witness', 'explain', 'budget'].find(name => values[name] !== undefined);
  if (given !== undefined) throw new UsageError(`run has no --${given}: that is for check.`);
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

function isCommand(word: string | undefined): word is 'check' | 'run' {
  return word === 'check' || word === 'run';
}

function checkPaths(command: 'check' | 'run', paths: readonly string[]): void {
  if (command === 'check' && paths.length === 0) throw new UsageError('check needs at least one file or folder.');
  if (command === 'run' && paths.length < 2) throw new UsageError('run needs a rule set and at least one patient.');
}

function formatFor(command: 'check' | 'run', format = 'text'): Format {
  const known = FORMATS[command].find(candidate => candidate === format);
  if (!known) throw new UsageError(`--format ${format}: ${command} can write ${FORMATS[command].join(', ')}.`);
  return known;
}

function dateFrom(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (!date || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text)
    throw new UsageError(`--as-of ${text}: write a date as 2026-11-22.`);
  return text;
}

const COMMON = `
  --workspace DIR   The folder no file may name its way out of. Default: the Git working tree
                    around each path; without one the current folder, or the path's own.
  --color           Colour even where the output is no terminal.
  --no-color        No colour. The environment variable NO_COLOR does the same.
  -h, --help        Show this help.`;

const HELP = {
  check: `
Usage: clinical-rules check PATH… [--format text|json|sarif] [--as-of DATE] [--witness DIR]
                            [--budget STEPS]
       clinical-rules check --explain CODE

Checks rule sets (*.clinical.json) and sample patients (*.patient.json). Each PATH is a file or
a folder, which is searched with all folders below it. A file is checked with everything it
uses or extends. Every rule set among the PATHs (not a library) is then analysed as a whole, for
every patient in scope: rules that conflict, patients without an answer, rules that never
matter. What was proved is said, and what was not and why.

Options:
  --format FORMAT   text (default): for people. json: for programs. sarif: SARIF 2.1.0, for code
                    hosts, which show it beside the lines.
  --as-of DATE      The date against which review and waiver dates are held, as 2026-11-22.
                    Default: today.
  --witness DIR     Write the patient who shows a finding to DIR, one file a finding, named after
                    it. The folder is made if it is not there.
  --budget STEPS    How many steps the analysis of one rule set may take; the same everywhere,
                    whatever the machine. Default: ${DEFAULT_STEPS}. What is not settled by then is listed
                    as not proved.
  --explain CODE    Tell what a finding of this code means and what to do, and stop.${COMMON}

Exit codes:
  0  no errors (warnings and waived findings do not count)
  1  at least one error
  2  wrong use

Examples:
  clinical-rules check samples
  clinical-rules check --format json --as-of 2026-11-22 rules/clearance.clinical.json
  clinical-rules check --witness witnesses rules/clearance.clinical.json
  clinical-rules check --explain conflicting-effects`,
  run: `
Usage: clinical-rules run RULESET PATIENT… [--format text|json]

Runs each PATIENT (*.patient.json, or a folder of them) through the rule set with everything it
uses. The clock is never read: time is the patient's own "asOf".

Options:
  --format FORMAT   text (default): the decision first, then why, scores, precautions by site,
                    what is missing, sources. json: a list with one outcome a patient, with the
                    trace of every rule.${COMMON}

Exit codes:
  0  every patient was run
  1  the rule set has errors, or a patient file cannot be read: nothing is run, the findings are
     written to standard error
  2  wrong use

Examples:
  clinical-rules run samples/news2/news2.clinical.json samples/news2/unwell.patient.json
  clinical-rules run --format json rules/clearance.clinical.json patients`,
  all: `
Clinical Rules: check clinical rule sets written as JSON, and run sample patients through them.

Usage: clinical-rules COMMAND [options]

Commands:
  check PATH…             Check rule sets and sample patients; exit code 1 if there are errors.
  run RULESET PATIENT…    Run sample patients through a rule set.
  help [COMMAND]          Show help, for all or for one command.

Options:
  -h, --help              Show help; after a command, that command's.
  -v, --version           Show the version.

clinical-rules help check and clinical-rules help run tell of all options, exit codes and examples.`,
};

export function helpText(about: 'check' | 'run' | undefined): string {
  return `${HELP[about ?? 'all'].trim()}\n`;
}
