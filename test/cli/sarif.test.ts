/** SARIF as GitHub reads it: https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning */
import assert from 'node:assert/strict';
import { cli, folderWith } from '../support/command-line.ts';
import { RULES, SMALL } from '../support/small.ts';

interface Sarif {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly semanticVersion: string; readonly rules: readonly SarifRule[] } };
    readonly results: readonly SarifResult[];
    readonly columnKind: string;
  }[];
}

interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly defaultConfiguration: { readonly level: string };
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: SarifPlace }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions: readonly { readonly kind: string }[];
}

interface SarifPlace {
  readonly artifactLocation: { readonly uri: string };
  readonly region: { readonly startLine: number; readonly startColumn: number; readonly endLine: number; readonly endColumn: number };
}

describe('SARIF', () => {
  let folder: ReturnType<typeof folderWith>;
  afterEach(() => folder.remove());

  function sarif(files: Readonly<Record<string, string>>): Sarif['runs'][number] & Pick<Sarif, '$schema' | 'version'> {
    folder = folderWith(files);
    const { out } = cli(['check', '.', '--format', 'sarif', '--as-of', '2026-11-22'], folder.path);
    const { runs, ...rest } = JSON.parse(out) as Sarif;
    assert.equal(runs.length, 1);
    return { ...runs[0]!, ...rest };
  }

  const BROKEN = { ...SMALL, 'my rules.clinical.json': RULES.replace('"fact": "pain"', '"fact": "pian"') };

  it('names its version, schema and tool', () => {
    const { $schema, version, tool, columnKind } = sarif(SMALL);
    assert.equal(version, '2.1.0');
    assert.match($schema, /sarif-2\.1\.0/);
    assert.equal(tool.driver.name, 'clinical-rules');
    assert.match(tool.driver.semanticVersion, /^\d+\.\d+\.\d+$/);
    assert.equal(columnKind, 'utf16CodeUnits');
  });

  it('has a rule with help for every result', () => {
    const { tool, results } = sarif(BROKEN);
    assert.ok(results.length > 0);
    for (const { ruleId, ruleIndex, level, message } of results) {
      const rule = tool.driver.rules[ruleIndex]!;
      assert.equal(rule.id, ruleId);
      assert.ok(rule.shortDescription.text && rule.fullDescription.text && rule.help.text && rule.help.markdown && message.text);
      assert.ok(['error', 'warning', 'note'].includes(level));
    }
  });

  it('counts lines and columns from one and writes the file as a URI relative to the current folder', () => {
    const { results } = sarif(BROKEN);
    const place = results.find(({ ruleId }) => ruleId === 'undefined-name')!.locations[0]!.physicalLocation;
    assert.deepEqual(place, {
      artifactLocation: { uri: 'my%20rules.clinical.json' },
      region: { startLine: 24, startColumn: 25, endLine: 24, endColumn: 31 },
    });
  });

  it('gives results fingerprints that tell them apart', () => {
    const { results } = sarif(BROKEN);
    const fingerprints = results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
    assert.equal(new Set(fingerprints).size, fingerprints.length);
  });

  it('marks waived findings as suppressed and no others', () => {
    folder = folderWith(BROKEN);
    const id = JSON.parse(cli(['check', '.', '--format', 'json'], folder.path).out).findings[0].id as string;
    folder.remove();
    const waiver = `"waivers": [{ "finding": "${id}", "reason": "known", "by": "A. Reviewer", "until": "2026-12-31" }], "status"`;
    const waived = BROKEN['my rules.clinical.json'].replace('"status"', waiver);
    const { results } = sarif({ ...BROKEN, 'my rules.clinical.json': waived });
    const suppressed = results.filter(({ suppressions }) => suppressions.length > 0);
    assert.equal(suppressed.length, 1);
    assert.equal(suppressed[0]!.suppressions[0]!.kind, 'inSource');
  });
});
