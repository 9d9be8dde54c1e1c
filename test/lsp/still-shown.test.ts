/** What was found of a version stays told of it while other things are looked at anew, and whoever waits for news is told of it. */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { plainlyAnalysed } from '../../server/src/analysed.ts';
import { Analyses } from '../../server/src/lsp/analyses.ts';
import type { AnalysisTask, Foreseen } from '../../server/src/lsp/analysis-thread.ts';
import { startBackground } from '../../server/src/lsp/background.ts';
import type { Converter } from '../../server/src/lsp/convert.ts';
import { Findings } from '../../server/src/lsp/findings.ts';
import { pullWorkspace } from '../../server/src/lsp/pull.ts';
import type { Session } from '../../server/src/lsp/session.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';

const ROOT = '/root.clinical.json';
const LIBRARY = '/library.clinical.json';
const OTHER = '/other.clinical.json';

const rootWith = (least: number) => `{
  "id": "root", "title": "Root", "version": "1.0.0", "uses": ["library.clinical.json"],
  "decisions": { "ward": { "title": "Which ward?", "values": ["medical", "surgical"], "resolve": "single" } },
  "rules": [
    { "id": "some", "title": "Some", "when": { "fact": "pain", "atMost": 3 }, "then": [{ "decide": "ward", "as": "medical" }] },
    { "id": "much", "title": "Much", "when": { "fact": "pain", "atLeast": ${least} }, "then": [{ "decide": "ward", "as": "surgical" }] }
  ]
}`;
const LIBRARY_TEXT = `{
  "id": "library", "title": "Library", "version": "1.0.0", "role": "library",
  "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } }
}`;
const otherCalled = (title: string) =>
  `{ "id": "other", "title": "${title}", "version": "1.0.0", "uses": ["library.clinical.json"], "rules": [] }`;

describe('an error that the analysis found is told of its version', () => {
  const events: Readonly<Record<string, (server: ReturnType<typeof started>) => void>> = {
    'the day after': server => server.turnDay(),
    'while another rule set that uses the same library is edited': ({ workspace }) => workspace.setText(OTHER, otherCalled('Otherwise')),
    'when the settings have changed': ({ findings }) => findings.forget(),
  };
  for (const [when, happens] of Object.entries(events))
    it(`also ${when}`, async () => {
      const server = started();
      await server.look();
      server.workspace.setText(ROOT, rootWith(2));
      await server.look();
      assert.ok((await server.codes()).includes('conflicting-decisions'));
      happens(server);
      assert.ok((await server.codes()).includes('conflicting-decisions'));
      assert.ok((await server.codes()).includes('conflicting-decisions'));
    });
});

describe('a request for whatever is new in the workspace', () => {
  it('is answered when a file that had problems has none, though nobody else has looked at it', async () => {
    const file = '/alone.clinical.json';
    const sound = '{ "id": "alone", "title": "Alone", "version": "1.0.0", "role": "library" }';
    const files = new MemoryFiles({ [file]: sound.replace('role', 'rolle') });
    const workspace = new Workspace(files, () => undefined);
    const nothing = { shown: () => undefined, soon: async () => {}, giveUp: () => {}, changed: () => {}, bring: async () => {} };
    const findings = new Findings(workspace, converterFor(workspace), () => found => found, nothing as never, UNHEARD);
    const wire = { notify: () => {}, request: async () => undefined, log: assert.fail };
    const session = {
      ...{ workspace, wire, findings, analyses: nothing, converter: converterFor(workspace), documents: new Map() },
      ...{ abilities: { pull: true, refresh: true }, previews: false, folders: ['/'] },
    } as unknown as Session;
    const background = startBackground(session);
    const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => {} }) };
    const first = await pullWorkspace(session, background, { previousResultIds: [] }, token);
    const previousResultIds = first.items.map(({ uri, resultId }) => ({ uri, value: resultId! }));
    assert.ok(first.items[0]!.kind === 'full' && first.items[0]!.items.length > 0);
    const held = pullWorkspace(session, background, { previousResultIds }, token);
    // Until it waits.
    for (let turn = 0; turn < 50; turn++) await new Promise(resolve => setImmediate(resolve));
    files.texts.set(file, sound);
    workspace.changedOnDisk(file);
    background.changed();
    const [mended] = (await held).items;
    assert.ok(mended?.kind === 'full' && mended.items.length === 0);
  });
});

const UNHEARD = { failed: assert.fail, unitsLoaded: () => {} };

function converterFor(workspace: Workspace): Converter {
  return {
    uriOf: file => file,
    snapshot: file => workspace.snapshot(file),
    docsOf: () => undefined,
    relatedInformation: true,
    tags: false,
  };
}

/** A server that has looked at nothing yet. Its thread analyses here. */
function started() {
  let today = '2026-11-23';
  const workspace = new Workspace(
    new MemoryFiles({ [ROOT]: rootWith(7), [LIBRARY]: LIBRARY_TEXT, [OTHER]: otherCalled('Other') }),
    () => today,
  );
  class Here extends EventEmitter {
    unref() {}
    async terminate() {}
    postMessage(task: AnalysisTask | Foreseen) {
      if (!('id' in task)) return;
      const analysed = plainlyAnalysed(workspace.linked(task.root)!.ruleSet);
      setImmediate(() => this.emit('message', { id: task.id, analysed, failed: undefined }));
    }
  }
  const analyses = new Analyses({
    workspace,
    folders: () => [],
    settings: () => ({ enabled: true, steps: undefined }),
    failed: assert.fail,
    thread: { start: () => new Here() as unknown as Worker, patience: { letGo: 60_000, answer: 60_000 } },
  });
  const findings = new Findings(workspace, converterFor(workspace), () => found => found, analyses, UNHEARD);
  const files = [ROOT, LIBRARY, OTHER];
  const findAll = async () => {
    for (const file of files) await findings.of(file, () => true);
  };
  return {
    workspace,
    findings,
    turnDay: () => {
      today = '2026-11-24';
    },
    /** As the background does. */
    look: async () => {
      await findAll();
      await analyses.bring(workspace.linked(ROOT)!.ruleSet);
      await findAll();
    },
    codes: async () => (await findings.of(ROOT, () => true, true))!.shown.map(({ code }) => code),
  };
}
