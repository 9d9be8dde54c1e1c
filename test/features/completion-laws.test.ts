/** Laws of completion on the samples: what is accepted is JSON, a name means something where it was put, and a template is what the schema asks for. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { check } from '../../server/src/diagnostics/check.ts';
import { registry } from '../../server/src/diagnostics/registry.ts';
import { type Completion, completionsAt } from '../../server/src/features/completion.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';
import { applyEdits, type Span } from '../../server/src/text/span.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { forSeeds, type Random } from '../support/random.ts';

const texts = Object.fromEntries(
  readdirSync('samples', { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.json'))
    .map(path => [`/${path.replaceAll('\\', '/')}`, readFileSync(`samples/${path}`, 'utf8')]),
);
const ruleSets = Object.keys(texts).filter(file => file.endsWith('.clinical.json'));
const patients = Object.keys(texts).filter(file => file.endsWith('.patient.json'));

/** What is told of a name that means nothing there, or of a value that does not go with what stands beside it. */
const OF_NAMES = new Set([
  'undefined-name',
  'undefined-value',
  'wrong-kind',
  'outside-group',
  'wrong-comparison',
  'wrong-operand',
  'unknown-unit',
  'missing-file',
  'uses-cycle',
  'outside-workspace',
  'not-a-file',
  'patient-unknown-name',
  'patient-unknown-value',
  'patient-undeclared-unit',
  'patient-wrong-type',
  'unknown-expectation',
]);
const RULES = registry.filter(({ code }) => OF_NAMES.has(code));
const RUNS = 120;

interface Accepted {
  readonly text: string;
  /** What was written. */
  readonly span: Span;
}

function accepted(text: string, { edit, more }: Completion): Accepted {
  const shift = more.reduce((sum, { newText }) => sum + newText.length, 0);
  const start = edit.span.start + shift;
  return { text: applyEdits(text, [edit, ...more]), span: { start, end: start + edit.newText.length } };
}

const workspace = new Workspace(new MemoryFiles(texts), () => '2026-11-22');

/** The samples as they are. */
function fresh(): Workspace {
  for (const file of Object.keys(texts)) if (workspace.isOpen(file)) workspace.close(file);
  return workspace;
}

/** A place of the file, and a proposal there. */
function proposalIn(files: readonly string[], random: Random, of: (one: Completion) => boolean) {
  const workspace = fresh();
  for (;;) {
    const file = random.pick(files);
    const text = texts[file]!;
    const offset = random.list(text.length, text.length, i => i).at(-1)! - Math.floor(text.length * fraction(random));
    const offers = completionsAt(workspace, file, offset, { today: '2026-11-22', snippets: false }).filter(of);
    if (offers.length > 0) return { workspace, file, text, offset, offer: random.pick(offers) };
  }
}

function fraction(random: Random): number {
  return random.list(0, 9999, i => i).length / 10_000;
}

function around(text: string, { start, end }: Span): string {
  return `${text.slice(Math.max(0, start - 80), start)}⟦${text.slice(start, end)}⟧${text.slice(end, end + 80)}`;
}

const isName = ({ kind }: Completion) => kind !== 'key' && kind !== 'template';

describe('what completion proposes in the samples', () => {
  for (const [what, files] of [
    ['rule sets', ruleSets],
    ['patients', patients],
  ] as const) {
    it(`is JSON when accepted, in ${what}`, () => {
      forSeeds(RUNS, random => {
        const { text, offer } = proposalIn(files, random, () => true);
        const after = accepted(text, offer);
        // What is still to be typed in place of nothing: a test of a fact not named yet.
        if (/(:|\[)\s*$/.test(offer.edit.newText) || /:\s*[,}\]]/.test(offer.edit.newText)) return;
        assert.deepEqual(
          parseDocument(after.text).problems.filter(({ code }) => code !== 'duplicate-key'),
          [],
          `${offer.label}: ${around(after.text, after.span)}`,
        );
      });
    });

    it(`means something where it is put, in ${what}`, () => {
      forSeeds(RUNS, random => {
        const { workspace, file, text, offer } = proposalIn(files, random, isName);
        const after = accepted(text, offer);
        workspace.setText(file, after.text);
        const found = check(workspace.subject(file)!, RULES).filter(
          ({ code, span }) => OF_NAMES.has(code) && span.start < after.span.end && span.end > after.span.start,
        );
        assert.deepEqual(
          found.map(({ message }) => message),
          [],
          `${offer.label}: ${around(after.text, after.span)}`,
        );
      });
    });
  }

  it('is what the schema asks for, where it is a whole to start from', () => {
    forSeeds(RUNS, random => {
      const { text, offer } = proposalIn(ruleSets, random, ({ kind, note }) => kind === 'template' && note === 'new');
      const after = accepted(text, offer);
      const problems = checkSchema(parseDocument(after.text), 'rule-set');
      assert.deepEqual(problems, [], `${offer.label}: ${around(after.text, after.span)}`);
    });
  });
});
