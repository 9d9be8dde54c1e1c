#!/usr/bin/env node
/** The command line: the only place with a process. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { casesCommand } from './cases.ts';
import { checkCommand, type Result, type Surroundings } from './check.ts';
import { explainCommand } from './explain-rule-set.ts';
import { formatCommand } from './format.ts';
import { helpText } from './help.ts';
import { importCommand } from './import.ts';
import { mutateCommand } from './mutate.ts';
import { runCommand } from './run.ts';
import { testCommand } from './test.ts';
import { type Arguments, type Command, readArguments, UsageError } from './usage.ts';

/** Here, since `main` is called before what stands below is there. */
const ANSWERS: Readonly<Record<Command, (given: Arguments, surroundings: Surroundings) => Result | Promise<Result>>> = {
  check: checkCommand,
  run: runCommand,
  test: testCommand,
  mutate: mutateCommand,
  cases: casesCommand,
  explain: explainCommand,
  format: formatCommand,
  import: importCommand,
};

// Whoever reads the output may stop early, as `head` does.
process.stdout.on('error', () => process.exit(process.exitCode ?? 1));
void main(process.argv.slice(2)).then(code => {
  process.exitCode = code;
});

async function main(argv: readonly string[]): Promise<number> {
  try {
    const given = readArguments(argv);
    const { exitCode, output, complaint } = await answer(given);
    process.stderr.write(complaint);
    process.stdout.write(output);
    return exitCode;
  } catch (error) {
    if (!(error instanceof UsageError)) return crashed(error);
    process.stderr.write(`clinical-rules: ${error.message} See clinical-rules --help.\n`);
    return 2;
  }
}

/** Never exit code 0, and never the words of the failure: they may hold a patient's data. */
function crashed(error: unknown): number {
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: '' };
  const frames = (stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  process.stderr.write(`clinical-rules failed; this is a mistake in Clinical Rules. ${name}\n${frames.slice(0, 8).join('\n')}\n`);
  return 1;
}

async function answer(given: Arguments): Promise<Result> {
  if (given.command === 'help') return { exitCode: 0, output: helpText(given.about), complaint: '' };
  if (given.command === 'version') return { exitCode: 0, output: `${version()}\n`, complaint: '' };
  return ANSWERS[given.command](given, surroundings(given));
}

function surroundings({ color }: Arguments): Surroundings {
  return {
    cwd: process.cwd(),
    version: version(),
    schemas: join(packageFolder(), 'schemas'),
    today: () => new Date().toISOString().slice(0, 10),
    color: color ?? (process.stdout.isTTY === true && !process.env.NO_COLOR),
    progress: process.stderr.isTTY === true ? text => void process.stderr.write(`\r\x1b[K${text}`) : () => undefined,
    interrupted,
  };
}

function interrupted(): () => boolean {
  let is = false;
  process.once('SIGINT', () => {
    is = true;
  });
  return () => is;
}

function version(): string {
  const text = readIfThere(join(packageFolder(), 'package.json'));
  return text === undefined ? 'unknown' : (JSON.parse(text) as { version: string }).version;
}

/** The package this file was installed with: beside `dist`, or above `server/src/cli`. */
function packageFolder(): string {
  const start = dirname(process.argv[1]!);
  for (let folder = start; ; folder = dirname(folder)) {
    if (readIfThere(join(folder, 'package.json')) !== undefined) return folder;
    if (dirname(folder) === folder) return start;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
