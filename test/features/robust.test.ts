/** Every answer about names and structure, wherever a text breaks off and whatever is typed into it: no error, and no place outside the text. */
import assert from 'node:assert/strict';
import { mentionsIn } from '../../server/src/features/at.ts';
import { hierarchyAt, incoming, outgoing } from '../../server/src/features/call-hierarchy.ts';
import { definitionAt } from '../../server/src/features/definition.ts';
import { foldableSpans } from '../../server/src/features/folding.ts';
import { highlightsAt } from '../../server/src/features/highlights.ts';
import { hoverAt } from '../../server/src/features/hover.ts';
import { linksIn } from '../../server/src/features/links.ts';
import { outline } from '../../server/src/features/outline.ts';
import { referencesAt } from '../../server/src/features/references.ts';
import { prepareRename, rename } from '../../server/src/features/rename.ts';
import { selectionsAt } from '../../server/src/features/selection.ts';
import { symbolsNamed } from '../../server/src/features/symbols.ts';
import type { Span } from '../../server/src/text/span.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { EVERY_FORM, EVERY_PATIENT_FORM } from '../model/every-form.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { forSeeds, type Random } from '../support/random.ts';

const FILES = {
  '/every-form.clinical.json': JSON.stringify(EVERY_FORM, null, 1),
  '/p.patient.json': JSON.stringify(EVERY_PATIENT_FORM, null, 1),
};
const BITS = ['"', '{', '}', '[', ']', ',', ':', '"fact": ', '"x": ', 'null', '\n', '"tired"', '\\', '3', '"is": ', 'é', '{ "score": "'];

describe('a damaged text', function () {
  this.timeout(60_000);

  it('is answered all the same', () =>
    forSeeds(60, random => {
      const workspace = new Workspace(new MemoryFiles(FILES), () => '2026-11-22');
      const file = random.pick(Object.keys(FILES) as (keyof typeof FILES)[]);
      const text = damaged(random, FILES[file]);
      workspace.setText(file, text);
      for (let i = 0; i < 25; i++) everyAnswer(workspace, file, text, Math.floor(random.pick(STEPS) * text.length));
    }));
});

const STEPS = Array.from({ length: 997 }, (_, i) => i / 996);

/** Broken off, or with pieces put in and taken out. */
function damaged(random: Random, text: string): string {
  const at = () => Math.floor(random.pick(STEPS) * text.length);
  if (random.chance(0.3)) return text.slice(0, at());
  return random
    .list(1, 4, () => 0)
    .reduce((before: string) => {
      const place = Math.min(at(), before.length);
      return before.slice(0, place) + random.pick(BITS) + before.slice(place + (random.chance(0.5) ? 3 : 0));
    }, text);
}

function everyAnswer(workspace: Workspace, file: string, text: string, offset: number): void {
  const within = (span: Span) => assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, JSON.stringify(span));
  const { root } = documentOf(workspace, file);
  for (const { span } of mentionsIn(workspace, file)) within(span);
  for (const { span } of highlightsAt(workspace, file, offset)) within(span);
  for (const { span } of linksIn(workspace, file)) within(span);
  for (const span of [...foldableSpans(root), ...selectionsAt(text, root, offset, undefined)]) within(span);
  for (const { span } of outline(root)) within(span);
  const hover = hoverAt(workspace, file, offset);
  if (hover) within(hover.span);
  const definition = definitionAt(workspace, file, offset);
  if (definition) within(definition.from);
  referencesAt(workspace, file, offset, true);
  for (const named of hierarchyAt(workspace, file, offset))
    for (const { spans } of [...incoming(workspace, named), ...outgoing(workspace, named)]) assert.ok(spans.length > 0);
  symbolsNamed(workspace, 'a');
  const prepared = prepareRename(workspace, file, offset);
  if (prepared.kind !== 'renamable') return;
  within(prepared.span);
  assert.equal(text.slice(prepared.span.start, prepared.span.end), prepared.name);
  rename(workspace, file, offset, 'another-name');
}

function documentOf(workspace: Workspace, file: string) {
  const snapshot = workspace.snapshot(file);
  assert.ok(typeof snapshot !== 'string');
  return snapshot.document();
}
