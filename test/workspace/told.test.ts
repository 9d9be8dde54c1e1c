/** What several rule sets show in one file is told once, by the one that says it best; a waiver hides only what it is about. */
import assert from 'node:assert/strict';
import type { PlainlyAnalysed } from '../../server/src/analysed.ts';
import type { Diagnostic } from '../../server/src/diagnostics/define.ts';
import { digestOf } from '../../server/src/digest.ts';
import { type Part, told } from '../../server/src/told.ts';
import { Workspace } from '../../server/src/workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';

const OWN = '/own.clinical.json';
const LARGE = '/large.clinical.json';
const rule = (id: string) => ({ id, title: id, when: { fact: 'pain', is: true }, then: [{ forbid: 'walking' }] });

function rulesOf(waivers: readonly object[]): string {
  return JSON.stringify({
    ...{ id: 'own', title: 'Own', version: '1.0.0', activities: { walking: { title: 'Walking' } } },
    ...{ facts: { pain: { title: 'Pain', type: 'boolean' } }, rules: ['a', 'b', 'c'].map(rule), waivers },
  });
}

const large = (waivers: readonly object[]) =>
  JSON.stringify({ id: 'large', title: 'Large', version: '1.0.0', uses: ['own.clinical.json'], rules: [rule('d')], waivers });

function finding(start: number, names: readonly string[], more: Partial<Diagnostic> = {}): Diagnostic {
  const code = more.code ?? 'conflicting-effects';
  const id = `${code}:${names.join()}`;
  return { code, severity: 'error', id, message: id, names, span: { start, end: start + 3 }, fix: undefined, ...more };
}

const waiver = (id: string, digest?: string) => ({
  ...{ finding: id, reason: 'Both', by: 'A. Reviewer', until: '2999-01-01' },
  ...(digest === undefined ? {} : { digest }),
});

interface Scene {
  readonly own?: readonly Diagnostic[];
  readonly large?: readonly Diagnostic[];
  readonly plain?: readonly Diagnostic[];
  /** By file. */
  readonly waivers?: { readonly own?: readonly object[]; readonly large?: readonly object[] };
}

function workspaceOf({ waivers }: Scene): Workspace {
  const files = { [OWN]: rulesOf(waivers?.own ?? []), [LARGE]: large(waivers?.large ?? []) };
  return new Workspace(new MemoryFiles(files), () => '2026-11-23');
}

/** Each with a star where it is waived. */
function toldIn(scene: Scene): string[] {
  const workspace = workspaceOf(scene);
  const part = (root: string, found: readonly Diagnostic[]): Part => {
    const analysed: PlainlyAnalysed = { root, findings: new Map([[OWN, found]]), proved: [], notProved: [], answered: [] };
    return { analysed, ruleSet: workspace.linked(root)!.ruleSet };
  };
  const parts = [part(OWN, scene.own ?? []), part(LARGE, scene.large ?? [])];
  const all = told(workspace.subject(OWN)!, scene.plain ?? [], parts, true);
  return all.map(({ diagnostic, waived }) => `${diagnostic.id}${waived ? '*' : ''}`);
}

const TWO = finding(5, ['a', 'b']);
const THREE = finding(5, ['a', 'b', 'c']);

describe('what is told of a file', () => {
  it('is in the order of the text, wherever it was found', () => {
    const told = toldIn({
      plain: [finding(3, ['x']), finding(9, ['y'])],
      own: [finding(1, ['a']), finding(7, ['b'])],
      large: [finding(5, ['c'])],
    });
    assert.deepEqual(
      told,
      ['a', 'x', 'c', 'b', 'y'].map(name => `conflicting-effects:${name}`),
    );
  });

  it('is told once where several show it, and waived where it is in each', () => {
    assert.deepEqual(toldIn({ own: [TWO], large: [TWO] }), [TWO.id]);
    assert.deepEqual(toldIn({ own: [TWO], large: [TWO], waivers: { own: [waiver(TWO.id)] } }), [`${TWO.id}*`]);
    assert.deepEqual(toldIn({ own: [TWO], large: [TWO], waivers: { large: [waiver(TWO.id)] } }), [TWO.id]);
    assert.deepEqual(toldIn({ large: [TWO], waivers: { large: [waiver(TWO.id)] } }), [`${TWO.id}*`]);
  });

  for (const end of [6, 8, 20])
    it(`is told by most rules where the cause is one, wherever that ends: ${end}`, () => {
      const longer = { ...THREE, span: { start: 5, end } };
      const between = finding(5, ['z'], { code: 'hidden-rule', span: { start: 5, end: 8 } });
      assert.deepEqual(toldIn({ own: [TWO, between], large: [longer] }).sort(), [longer.id, between.id].sort());
      assert.deepEqual(toldIn({ own: [longer, between], large: [TWO] }).sort(), [longer.id, between.id].sort());
    });

  it('is told beside what has another place, kind or other rules', () => {
    for (const other of [finding(6, ['a', 'b', 'c']), finding(5, ['a', 'b', 'c'], { code: 'hidden-rule' }), finding(5, ['a', 'c', 'd'])])
      assert.equal(toldIn({ own: [TWO], large: [other] }).length, 2, other.id);
  });

  it('is not hidden by what is waived, but is itself hidden where it is', () => {
    assert.deepEqual(toldIn({ own: [TWO], large: [THREE], waivers: { large: [waiver(THREE.id)] } }), [TWO.id, `${THREE.id}*`]);
    const both = [waiver(TWO.id), waiver(THREE.id)];
    assert.deepEqual(toldIn({ own: [TWO], large: [THREE], waivers: { own: both } }), [`${THREE.id}*`]);
  });

  it('is waived for what it means: with another digest, or for another finding, it is told, and so is the waiver', () => {
    const { ruleSet } = workspaceOf({}).linked(OWN)!;
    const digest = digestOf(TWO, ruleSet);
    for (const plain of [true, false]) {
      const scene = plain ? { plain: [TWO] } : { own: [TWO], large: [TWO] };
      assert.deepEqual(toldIn({ ...scene, waivers: { own: [waiver(TWO.id, digest)] } }), [`${TWO.id}*`]);
      assert.deepEqual(toldIn({ ...scene, waivers: { own: [waiver(TWO.id, '0')] } }), [TWO.id, `lapsed-waiver:${TWO.id}`]);
      assert.deepEqual(toldIn({ ...scene, waivers: { own: [waiver(THREE.id, digest)] } }), [TWO.id, `unneeded-waiver:${THREE.id}`]);
    }
  });
});
