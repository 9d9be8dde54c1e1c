/** The thread that analyses rule sets, so that typing never waits for it: one whole at a time, as it was when asked. */
import { parentPort } from 'node:worker_threads';
import { analysed } from '../analysed.ts';
import { Memory } from '../analysis/memory.ts';
import { diskFiles } from '../disk.ts';
import { loadUnits } from '../model/units.ts';
import { Workspace } from '../workspace.ts';
import type { AnalysisAnswer, AnalysisTask } from './analyses.ts';
import { URIS } from './uris.ts';

parentPort?.on('message', async (task: AnalysisTask) => {
  let answer: AnalysisAnswer;
  try {
    answer = { id: task.id, analysed: await analysedFrom(task), failed: undefined };
  } catch (error) {
    // Only where it failed: the words may hold what a file says.
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    answer = {
      id: task.id,
      analysed: undefined,
      failed: stack
        .split('\n')
        .filter(line => /^\s+at /.test(line))
        .slice(0, 8)
        .join('\n'),
    };
  }
  parentPort?.postMessage(answer);
});

/** By root what was solved for the version before. */
const memories = new Map<string, Memory>();

async function analysedFrom({ root, texts, folders, steps }: AnalysisTask) {
  const workspace = new Workspace(diskFiles(folders, URIS), () => undefined);
  for (const [file, text] of texts) workspace.setText(file, text);
  if (workspace.needsUnits(root)) await loadUnits();
  const ruleSet = workspace.linked(root)?.ruleSet;
  if (!ruleSet) return undefined;
  const memory = memories.get(root) ?? new Memory();
  memories.set(root, memory);
  return analysed(ruleSet, steps, memory);
}
