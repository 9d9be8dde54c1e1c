/** What a client has of a finding is told again as it is, if and only if it says what is to be said. */
import assert from 'node:assert/strict';
import type { Diagnostic } from '../../server/src/diagnostics/define.ts';
import { type Converter, toDiagnostic } from '../../server/src/lsp/convert.ts';
import { type Snapshot, takeSnapshot } from '../../server/src/snapshot.ts';

const TEXT = '{\n  "one": 1,\n  "two": 2\n}';
const FINDING: Diagnostic = {
  code: 'unused-name',
  severity: 'warning',
  id: 'unused-name:one',
  message: 'One is unused.',
  names: ['one'],
  span: { start: 4, end: 9 },
  fix: undefined,
  unnecessary: true,
  related: [
    { place: { file: '/own', span: { start: 16, end: 21 } }, message: 'Two' },
    { place: { file: '/other', span: { start: 2, end: 3 } }, message: 'Other' },
  ],
};
const [OWN, OTHER] = FINDING.related!;

interface Scene {
  readonly finding?: Partial<Diagnostic>;
  readonly texts?: Readonly<Record<string, string>>;
  readonly waived?: boolean;
  readonly converter?: Partial<Converter>;
}

function told({ finding, texts, waived = false, converter: more }: Scene, before?: ReturnType<typeof toDiagnostic>) {
  const files: Readonly<Record<string, string>> = { '/own': TEXT, '/other': '[\n1]', ...texts };
  const snapshots = new Map(Object.entries(files).map(([file, text]) => [file, takeSnapshot(file, text)]));
  const snapshot = (file: string): Snapshot | string => snapshots.get(file) ?? 'missing-file';
  const converter = {
    uriOf: (file: string) => `file://${file}`,
    snapshot,
    docsOf: (code: string) => `docs#${code}`,
    relatedInformation: true,
    tags: true,
    ...more,
  };
  return toDiagnostic({ ...FINDING, ...finding }, snapshots.get('/own')!.lines(), converter, waived, before);
}

const MOVED = { span: { start: 5, end: 10 }, related: [{ ...OWN!, place: { file: '/own', span: { start: 17, end: 22 } } }, OTHER!] };

const SAME: Readonly<Record<string, Scene>> = {
  'nothing changed': {},
  'all was made anew': { finding: structuredClone(FINDING) },
  'another text with it at the same lines and columns': { texts: { '/own': `{ \n${TEXT.slice(2)}` }, finding: MOVED },
  'what nobody sees changed': { finding: { fix: { title: 'Remove', edits: [] }, rules: ['two'] } },
};

const OTHERS: Readonly<Record<string, Scene>> = {
  'another message': { finding: { message: 'One is used.' } },
  'another severity': { finding: { severity: 'error' } },
  waived: { waived: true },
  'needed now': { finding: { unnecessary: false } },
  'nothing said of being needed': { finding: { unnecessary: undefined! } },
  'another start': { finding: { span: { start: 3, end: 9 } } },
  'another end': { finding: { span: { start: 4, end: 10 } } },
  'a line comes before it': { texts: { '/own': `\n${TEXT}` }, finding: MOVED },
  'the text before it is another': { texts: { '/own': TEXT.replace('{\n', '{ ') } },
  'it points at nothing': { finding: { related: undefined! } },
  'it points at less': { finding: { related: [OWN!] } },
  'it points at more': { finding: { related: [OWN!, OTHER!, OTHER!] } },
  'it points elsewhere': { finding: { related: [{ ...OWN!, place: { file: '/own', span: { start: 16, end: 22 } } }, OTHER!] } },
  'it points at another file': { finding: { related: [{ ...OWN!, place: { ...OWN!.place, file: '/other' } }, OTHER!] } },
  'it points there with other words': { finding: { related: [OWN!, { ...OTHER!, message: 'Others' }] } },
  'the other file is another': { texts: { '/other': '\n[\n1]' } },
  'the client names files otherwise': { converter: { uriOf: file => `FILE://${file}` } },
  'the other file is gone': { converter: { snapshot: file => (file === '/own' ? takeSnapshot(file, TEXT) : 'missing-file') } },
};

describe('a finding told again', () => {
  for (const [what, scene] of Object.entries(SAME))
    it(`is what the client has: ${what}`, () => {
      const before = told({});
      assert.deepEqual(told(scene), before);
      assert.equal(told(scene, before), before);
    });

  for (const [what, scene] of Object.entries(OTHERS))
    it(`is told anew: ${what}`, () => {
      const before = told({});
      assert.notDeepEqual(told(scene), before);
      assert.deepEqual(told(scene, before), told(scene));
      assert.deepEqual(told({}, told(scene)), before);
    });

  it('is the same for a client that takes neither places nor tags, whatever these are', () => {
    const converter = { relatedInformation: false, tags: false };
    const before = told({ converter });
    assert.deepEqual(
      Object.keys(before).filter(key => key === 'tags' || key === 'relatedInformation'),
      [],
    );
    assert.equal(told({ converter, finding: { related: [OTHER!], unnecessary: false } }, before), before);
  });
});
