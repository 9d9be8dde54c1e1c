/** `clinical-rules explain`: all that a rule set and what it uses say, in plain words, as Markdown. */
import { diskFiles } from '../disk.ts';
import { plainView } from '../features/plain.ts';
import { plainMarkdown } from '../features/plain-markdown.ts';
import { Workspace } from '../workspace.ts';
import { findingsOf, learnUnits, type Result, type Surroundings } from './check.ts';
import { scopeOf, shortName } from './scope.ts';
import { type Arguments, UsageError } from './usage.ts';

/** What is damaged may be missing from the text: that is told, and the exit code says so too. */
export async function explainCommand({ paths, workspace: folder }: Arguments, { cwd }: Surroundings): Promise<Result> {
  const { files, folders } = scopeOf(paths, cwd, folder, '.clinical.json');
  const workspace = new Workspace(diskFiles(folders), () => undefined);
  await learnUnits(workspace, files);
  const told = files.map(file => {
    const linked = workspace.linked(file);
    if (!linked) throw new UsageError(`${shortName(file, cwd)}: this is no rule set that can be read.`);
    return plainMarkdown(plainView(linked.ruleSet));
  });
  const broken = [...new Set(files.flatMap(file => workspace.wholeOf(file)))].filter(file =>
    findingsOf(workspace, file).some(({ severity }) => severity === 'error'),
  );
  const complaint = broken.map(
    file => `${shortName(file, cwd)} has errors, so that something may be missing; clinical-rules check tells which.\n`,
  );
  return { exitCode: broken.length > 0 ? 1 : 0, output: told.join('\n---\n\n'), complaint: complaint.join('') };
}
