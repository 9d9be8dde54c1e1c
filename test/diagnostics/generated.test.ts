/** Files generated from the diagnostics: each is rewritten, and red once, when it is stale. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Example } from '../../server/src/diagnostics/define.ts';
import { codes, diagnosticFiles } from '../support/diagnostic-files.ts';
import { assertGenerated } from '../support/generated.ts';

describe('generated from the diagnostics', () => {
  const analysed = diagnosticFiles.filter(({ rule }) => rule.analysed).map(({ code }) => code);

  it('registry.ts lists every file in rules/ that needs no analysis, and how grave the others are', () => {
    const plain = codes.filter(code => !analysed.includes(code));
    const severities = diagnosticFiles.filter(({ rule }) => rule.analysed).map(({ code, rule }) => `  '${code}': '${rule.severity}',\n`);
    assertGenerated(
      'server/src/diagnostics/registry.ts',
      `${listOf('registry', plain, 'Every diagnostic that rests on no analysis.').replace('{ Rule }', '{ Rule, Severity }')}
/** Those that do are loaded with the analysis; their usual severities, by code. */
export const severitiesOfAnalysed: Readonly<Record<string, Severity>> = {\n${severities.join('')}};\n`,
    );
  });

  it('analysed-rules.ts lists the others', () => {
    assertGenerated(
      'server/src/diagnostics/analysed-rules.ts',
      listOf('analysedRules', analysed, 'Every diagnostic that rests on the analysis of the whole.'),
    );
  });

  it('docs/diagnostics.md has one section a diagnostic', () => {
    const intro =
      'What Clinical Rules checks. Each name is also the name of a setting, `clinicalRules.severity.<name>`: `off`, `information`, `warning` or `error`.\nIn the examples, `^^^` marks the place under which the message stands; they leave out what is not needed to show it (`id`, `title`, `version`, sources).\n';
    const contents = diagnosticFiles.map(({ code, rule }) => `- [\`${code}\`](#${code}): ${rule.summary}`).join('\n');
    const sections = diagnosticFiles.map(
      ({ rule, examples }) =>
        `## ${rule.code}\n\n${rule.summary} Reported as ${article(rule.severity)}.\n${rule.docs}${examples.map(section).join('')}`,
    );
    assertGenerated(
      'docs/diagnostics.md',
      `<!-- Generated from server/src/diagnostics/rules/ by test/diagnostics/generated.test.ts: do not edit. -->\n\n# Diagnostics\n\n${intro}\n${contents}\n\n${sections.join('\n')}`,
    );
  });

  it('package.json offers one severity setting a diagnostic', () => {
    const text = readFileSync('package.json', 'utf8');
    const manifest = JSON.parse(text);
    const properties = Object.fromEntries(
      diagnosticFiles.map(({ rule }) => [
        `clinicalRules.severity.${rule.code}`,
        { type: 'string', enum: ['off', 'information', 'warning', 'error'], default: rule.severity, markdownDescription: rule.summary },
      ]),
    );
    manifest.contributes ??= {};
    manifest.contributes.configuration = withDiagnostics(manifest.contributes.configuration ?? [], properties);
    assertGenerated('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
  });

  it('every code is its file name', () => {
    for (const { code, rule } of diagnosticFiles) assert.equal(rule.code, code);
  });

  it('every diagnostic has docs, an example that is wrong and one that is right', () => {
    for (const { code, rule, examples } of diagnosticFiles) {
      assert.ok(rule.summary.endsWith('.') && rule.docs.trim().length > 40, `${code} lacks a summary or docs`);
      if (code !== 'internal-error') assert.ok(examples.some(isWrong), `${code} has no example that shows it`);
      assert.ok(
        examples.some(example => !isWrong(example)),
        `${code} has no example without it`,
      );
    }
  });
});

function isWrong({ text }: Example): boolean {
  return /^\s*\^+ /m.test(text);
}

function listOf(name: string, of: readonly string[], what: string): string {
  const imports = of.map(code => `import { rule as ${camelCase(code)} } from './rules/${code}.ts';\n`).join('');
  const list = of.map(code => `  ${camelCase(code)},\n`).join('');
  return `/** ${what} Generated from the files in rules/ by test/diagnostics/generated.test.ts: do not edit. */\nimport type { Rule } from './define.ts';\n${imports}\nexport const ${name}: readonly Rule[] = [\n${list}];\n`;
}

function camelCase(code: string): string {
  return code.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function article(severity: string): string {
  return severity === 'warning' ? 'a warning' : severity === 'error' ? 'an error' : 'information';
}

function section({ name, text, files, fixed }: Example): string {
  const beside = Object.entries(files ?? {}).map(([path, content]) => `\nwith \`${path}\`:\n\n${block(content)}`);
  return `\n${name}:\n\n${block(text)}${beside.join('')}${fixed === undefined ? '' : `\nmended:\n\n${block(fixed)}`}`;
}

function block(text: string): string {
  return `\`\`\`text\n${text.replace(/^\n+|\n+$/g, '')}\n\`\`\`\n`;
}

/** Replaces the entry titled "Diagnostics" and leaves the others alone. */
function withDiagnostics(configuration: { title: string }[], properties: object): object[] {
  const entry = { title: 'Diagnostics', properties };
  const at = configuration.findIndex(({ title }) => title === entry.title);
  return at < 0 ? [...configuration, entry] : configuration.map((other, i) => (i === at ? entry : other));
}
