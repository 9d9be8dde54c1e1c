/** What a team has agreed on in its `clinical-rules.json`, applied to what was found. What is switched off is counted, never forgotten. */
import { chosenBy } from '../config.ts';
import type { Configs } from '../config-files.ts';
import { problemsOf } from '../config-problems.ts';
import type { ToldFinding } from '../told.ts';
import { UsageError } from './usage.ts';

export interface FoundIn extends ToldFinding {
  readonly file: string;
}

/** A diagnostic that a team has switched off. */
export interface SwitchedOff {
  /** The `clinical-rules.json` that says so. */
  readonly file: string;
  readonly code: string;
  /** How many findings are not told for it. */
  readonly count: number;
}

/** Throws a `UsageError` where the settings that hold for one of the files are wrong: a check with other settings than were meant must not pass. */
export function requireSound(configs: Configs, files: readonly string[], shorten: (file: string) => string): void {
  for (const file of files) configs.for(file);
  const wrong = configs
    .met()
    .flatMap(config =>
      problemsOf(config).map(({ at, message }) => `${shorten(config.file)}:${at.line + 1}:${at.character + 1}: ${message}`),
    );
  if (wrong.length > 0) throw new UsageError(wrong.join('\n'));
}

/** The findings with the severities chosen, and what is switched off. Waived findings stay listed as such. */
export function asAgreed(configs: Configs, files: readonly string[], found: readonly FoundIn[]) {
  const counts = new Map<string, SwitchedOff>();
  for (const file of files) {
    const config = configs.for(file);
    for (const [code, choice] of config?.severity ?? [])
      if (choice === 'off') counts.set(`${config!.file} ${code}`, { file: config!.file, code, count: 0 });
  }
  const told = found.flatMap((one): FoundIn[] => {
    const config = configs.for(one.file);
    const chosen = chosenBy(config, one.diagnostic);
    if (chosen !== 'off') return [{ ...one, diagnostic: chosen ?? one.diagnostic }];
    const key = `${config!.file} ${one.diagnostic.code}`;
    const before = counts.get(key)!;
    counts.set(key, { ...before, count: before.count + 1 });
    return [];
  });
  return { told, switchedOff: [...counts.values()].sort((a, b) => (`${a.file} ${a.code}` < `${b.file} ${b.code}` ? -1 : 1)) };
}
