/** The analysis over the protocol: what is found follows the edits, and nothing waits for it. */
import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Proofs } from '../../server/src/lsp/protocol.ts';
import { Server } from '../support/language-server.ts';

const RULES = `{
  "id": "walking", "title": "Walking", "version": "1.0.0", "uses": ["words.clinical.json"],
  "sources": { "book": { "title": "A book" } },
  "rules": [
    { "id": "mild", "title": "Mild", "when": { "fact": "pain", "atMost": 5 }, "then": [{ "recommend": "walking" }], "source": { "id": "book" } },
    { "id": "sore", "title": "Sore", "when": { "fact": "pain", "atLeast": 5 }, "then": [{ "forbid": "walking" }], "source": { "id": "book" } }
  ]
}`;
const WORDS = `{
  "id": "words", "title": "Words", "version": "1.0.0", "role": "library",
  "activities": { "walking": { "title": "Walking" } },
  "facts": { "pain": { "title": "Pain", "type": "integer", "minimum": 0, "maximum": 10 } }
}`;
const APART = RULES.replace('"atLeast": 5', '"atLeast": 6');

describe('analysis in the server', function () {
  this.timeout(30_000);
  let server: Server;
  afterEach(() => server.kill());

  const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);
  const hasConflict = (diagnostics: readonly Diagnostic[]) => codes(diagnostics).includes('conflicting-effects');

  async function start(configuration: unknown = {}): Promise<void> {
    server = new Server({ 'words.clinical.json': WORDS, 'rules.clinical.json': RULES });
    server.configuration = configuration;
    await server.initialize('push');
    server.open('rules.clinical.json', RULES);
  }

  /** Null is said while the rule set changes, with the settings that come after the start too. */
  async function proofsUntil(holds: (proofs: Proofs) => boolean): Promise<Proofs> {
    for (let i = 0; i < 200; i++) {
      const proofs = await server.request<Proofs | null>('clinicalRules/proofs', { uri: server.uri('rules.clinical.json') });
      if (proofs && holds(proofs)) return proofs;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error('no such proofs');
  }

  it('a conflict comes, goes with the edit that mends it, and comes back with it', async () => {
    await start();
    const [found] = (await server.pushed('rules.clinical.json', hasConflict)).filter(({ code }) => code === 'conflicting-effects');
    assert.match(String(found!.message), /“Mild” \(mild\) recommends walking, but “Sore” \(sore\) forbids walking/);
    assert.match(found!.relatedInformation![0]!.message, /“Mild”/);
    server.change('rules.clinical.json', { text: APART });
    await server.pushed('rules.clinical.json', diagnostics => !hasConflict(diagnostics));
    server.change('rules.clinical.json', { text: RULES });
    await server.pushed('rules.clinical.json', hasConflict);
  });

  it('a conflict goes with an edit of another file', async () => {
    await start();
    await server.pushed('rules.clinical.json', hasConflict);
    server.open('words.clinical.json', WORDS);
    const never5 = '"impossible": [{ "id": "five", "when": { "fact": "pain", "is": 5 }, "reason": "Not on this scale" }], "activities"';
    server.change('words.clinical.json', { text: WORDS.replace('"activities"', never5) });
    await server.pushed('rules.clinical.json', diagnostics => !hasConflict(diagnostics));
    await new Promise(resolve => setTimeout(resolve, 500));
    assert.ok(!hasConflict(server.last('rules.clinical.json')!.diagnostics));
  });

  it('what is quick is told first, and errors keep a rule set from being analysed', async () => {
    await start();
    await server.pushed('rules.clinical.json', hasConflict);
    server.change('rules.clinical.json', { text: RULES.replace('"pain", "atMost"', '"pian", "atMost"') });
    const diagnostics = await server.pushed('rules.clinical.json', all => codes(all).includes('undefined-name'));
    assert.ok(!hasConflict(diagnostics));
  });

  it('a burst of edits ends with what the last one means', async () => {
    await start();
    for (let i = 0; i < 20; i++) server.change('rules.clinical.json', { text: i % 2 ? RULES : APART });
    server.change('rules.clinical.json', { text: RULES });
    await server.pushed('rules.clinical.json', hasConflict);
    assert.equal(server.last('rules.clinical.json')!.version, 22);
  });

  it('can be switched off, and its severity chosen', async () => {
    // One answer stands for every section asked for.
    await start({ enabled: false, 'unused-name': 'off' });
    await server.pushed('rules.clinical.json', () => true);
    await new Promise(resolve => setTimeout(resolve, 1000));
    assert.ok(!hasConflict(server.last('rules.clinical.json')!.diagnostics));
    server.configuration = { 'conflicting-effects': 'information' };
    server.notify('workspace/didChangeConfiguration', { settings: null });
    const diagnostics = await server.pushed('rules.clinical.json', hasConflict);
    assert.equal(diagnostics.find(({ code }) => code === 'conflicting-effects')!.severity, 3);
  });

  it('a client that pulls is told to ask again', async () => {
    server = new Server({ 'words.clinical.json': WORDS, 'rules.clinical.json': RULES });
    await server.initialize('pull');
    server.open('rules.clinical.json', RULES);
    await server.until(() => server.refreshes.length > 0, 'a refresh');
    assert.ok(hasConflict((await server.pull('rules.clinical.json')).items));
  });

  it('offers to settle a conflict, and both ways settle it', async () => {
    await start();
    const [conflict] = (await server.pushed('rules.clinical.json', hasConflict)).filter(({ code }) => code === 'conflicting-effects');
    const all = await server.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: server.uri('rules.clinical.json') },
      range: conflict!.range,
      context: { diagnostics: [] },
    });
    const actions = all.filter(({ diagnostics }) => diagnostics?.[0]?.code === 'conflicting-effects');
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Let “mild” override “sore”, with a reason', 'Let “sore” override “mild”, with a reason', 'Waive with a reason, a name and a date'],
    );
    const text = (action: CodeAction) => {
      const [{ edits }] = action.edit!.documentChanges as unknown as [{ edits: TextEdit[] }];
      return TextDocument.applyEdits(TextDocument.create('', '', 0, RULES), edits).replaceAll(/"(reason|by)": ""/g, '"$1": "A. Reviewer"');
    };
    const waived = text(actions[2]!);
    server.change('rules.clinical.json', { text: waived });
    await server.pushed('rules.clinical.json', all =>
      all.some(({ message, severity }) => severity === 4 && String(message).startsWith('Waived')),
    );
    server.change('rules.clinical.json', { text: text(actions[1]!) });
    await server.pushed('rules.clinical.json', found => codes(found).includes('missing-data-hazard') && !hasConflict(found));
  });

  it('while it is checked anew, a conflict stays with its rules, wherever they go, and goes at once with what they say', async () => {
    await start();
    await server.pushed('rules.clinical.json', hasConflict);
    const [before] = server.last('rules.clinical.json')!.diagnostics.filter(({ code }) => code === 'conflicting-effects');
    const third = ',\n    { "id": "third", "title": "Third", "then": [{ "avoid": "walking" }], "source": { "id": "book" } }\n  ]\n}';
    const longer = RULES.replace('"rules"', '"notes": [],\n\n  "rules"').replace(/\n {2}\]\n\}$/, third);
    server.change('rules.clinical.json', { text: longer });
    server.change('rules.clinical.json', { text: `${longer}\n` });
    const ofThird = ({ message }: Diagnostic) => String(message).includes('Third');
    await server.pushed('rules.clinical.json', all => hasConflict(all) && all.some(ofThird));
    const later = server.published.filter(({ uri, version }) => uri === server.uri('rules.clinical.json') && version! > 1);
    assert.ok(later.length > 1 && !later[0]!.diagnostics.some(ofThird), 'told before it was checked anew');
    for (const { diagnostics } of later) {
      const conflict = diagnostics.find(({ code, message }) => code === 'conflicting-effects' && String(message).includes('“Mild”'));
      assert.ok(conflict, JSON.stringify(diagnostics));
      assert.equal(conflict.range.start.line, before!.range.start.line + 2);
      assert.equal(conflict.range.start.character, before!.range.start.character);
    }
    server.change('rules.clinical.json', { text: APART });
    await server.until(() => server.last('rules.clinical.json')!.version === 4, 'the next version');
    const first = server.published.find(({ uri, version }) => uri === server.uri('rules.clinical.json') && version === 4)!;
    assert.ok(!hasConflict(first.diagnostics), 'the rule says something else now');
  });

  it('says that it is checking, and nothing proved, from the edit on until it is known', async () => {
    const decision = '"decisions": { "may": { "title": "May", "values": ["no", "yes"], "resolve": "strictest", "mustDecide": true } },';
    const decide = (text: string) => text.replace(/\[\{ "(recommend|forbid)": "walking" \}\]/g, '[{ "decide": "may", "as": "no" }]');
    const whole = decide(RULES).replace('"uses"', '"complete": true, "uses"').replace('"rules"', `${decision}\n  "rules"`);
    server = new Server({ 'words.clinical.json': WORDS, 'rules.clinical.json': whole });
    await server.initialize('push');
    server.open('rules.clinical.json', whole);
    const textDocument = { uri: server.uri('rules.clinical.json') };
    const lenses = async () => {
      const found = await server.request<{ command?: { title: string } }[]>('textDocument/codeLens', { textDocument });
      // Those of uses are put into words later.
      return found.flatMap(({ command }) => command?.title ?? []).join();
    };
    const until = async (text: string) => {
      for (let i = 0; i < 200 && (await lenses()) !== text; i++) await new Promise(resolve => setTimeout(resolve, 25));
      assert.equal(await lenses(), text);
    };
    const proved = 'Proved: no patient in scope is left without an answer';
    await until(proved);
    const gap = '1 patient found without an answer';
    const checking = 'Checking whether every patient in scope has an answer …';
    server.change('rules.clinical.json', { text: whole.replace('"atMost": 5', '"atMost": 3') });
    // It may be known already; what was true before the edit is not said any more.
    assert.ok([checking, gap].includes(await lenses()));
    await until(gap);
    server.change('rules.clinical.json', { text: whole });
    assert.ok([checking, proved].includes(await lenses()));
    await until(proved);
    server.change('rules.clinical.json', { text: whole.replace('"pain", "atMost"', '"pian", "atMost"') });
    // Asked before anybody has looked for errors.
    assert.equal(await server.request('clinicalRules/proofs', textDocument), null);
    assert.equal(await lenses(), 'Not checked whether every patient in scope has an answer: this rule set or a file it uses has errors');
    assert.equal(await server.request('clinicalRules/proofs', textDocument), null);
  });

  it('of a version with errors nothing is told that an analysis found which was asked for before anybody had looked', async () => {
    server = new Server({ 'words.clinical.json': WORDS, 'rules.clinical.json': APART });
    await server.initialize('pull');
    server.open('rules.clinical.json', APART);
    await proofsUntil(() => true);
    const proofs = () => server.request<Proofs | null>('clinicalRules/proofs', { uri: server.uri('rules.clinical.json') });
    for (const broken of [
      RULES.replace('"source": { "id": "book" }', '"source": { "id": "bok" }'),
      RULES.replace('"title": "Mild"', '"title": "Mild", "more": 1'),
    ]) {
      server.change('rules.clinical.json', { text: broken });
      assert.equal(await proofs(), null);
      await new Promise(resolve => setTimeout(resolve, 300));
      const { items } = await server.pull('rules.clinical.json');
      assert.ok(items.some(({ severity }) => severity === 1) && !hasConflict(items), JSON.stringify(items));
      assert.equal(await proofs(), null);
      server.change('rules.clinical.json', { text: APART });
      await proofsUntil(() => true);
    }
    server.open('words.clinical.json', WORDS);
    server.change('words.clinical.json', { text: WORDS.replace('"title": "Walking"', '"title": "Walking", "more": 1') });
    server.change('rules.clinical.json', { text: RULES });
    assert.equal(await proofs(), null);
    assert.ok(!hasConflict((await server.pull('rules.clinical.json')).items));
    server.change('words.clinical.json', { text: WORDS });
    await proofsUntil(() => true);
    assert.ok(hasConflict((await server.pull('rules.clinical.json')).items));
  });

  it('keeps to the steps that are set, and says what they do not settle', async () => {
    await start({ steps: 1 });
    server.change('rules.clinical.json', { text: APART });
    const few = await proofsUntil(({ notProved }) => notProved.length > 0);
    assert.ok(!few.proved.some(text => text.startsWith('Each of')));
    assert.ok(few.notProved.every(text => text.includes('the steps allowed for the analysis ran out')));
    server.configuration = { steps: 100_000 };
    server.notify('workspace/didChangeConfiguration', { settings: null });
    const enough = await proofsUntil(({ notProved }) => notProved.length === 0);
    assert.equal(enough.proved.length, 2);
  });

  it('tells of a waiver that has ended, and of one given for something else', async () => {
    await start();
    const waived = (more: string) =>
      RULES.replace(
        '"rules": [',
        `"waivers": [{ "finding": "conflicting-effects:mild,sore", "reason": "Both", "by": "A. Reviewer", ${more} }],\n  "rules": [`,
      );
    for (const [more, code] of [
      ['"until": "2020-01-01"', 'expired-waiver'],
      ['"until": "2999-01-01", "digest": "0"', 'lapsed-waiver'],
    ] as const) {
      server.change('rules.clinical.json', { text: waived(more) });
      const told = await server.pushed('rules.clinical.json', all => hasConflict(all) && codes(all).includes(code));
      assert.ok(!told.some(({ message }) => String(message).startsWith('Waived')));
    }
  });

  it('tells what is proved', async () => {
    await start();
    server.change('rules.clinical.json', { text: APART });
    assert.deepEqual(await proofsUntil(() => true), {
      proved: ['No two of 2 rules conflict for any patient in scope.', 'Each of 2 rules holds for some patient in scope.'],
      notProved: [],
    });
  });
});
