/** Holds the documents to the program: links lead somewhere, commands exist and run, invariants name tests that are there. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { helpText } from '../server/src/cli/help.ts';
import { COMMANDS } from '../server/src/cli/usage.ts';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: { readonly commands: readonly { readonly title: string }[] };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
/** Its commands run in the folder it has the reader make. */
const TUTORIAL = 'docs/first-rule-set.md';
const pages = ['README.md', 'CONTRIBUTING.md', 'server/README.md', ...readdirSync('docs').map(name => `docs/${name}`)].filter(name =>
  name.endsWith('.md'),
);
const text = (page: string) => readFileSync(page, 'utf8');

describe('the documents', () => {
  it('link to what is there', () => {
    const dead = pages.flatMap(page => linksOf(page).filter(target => !leads(target)));
    assert.deepEqual(dead, []);
  });

  it('tell of every command, and of no other', () => {
    const told = [...text('docs/commands.md').matchAll(/^\| ([A-Z][\w ()]+) \|/gm)].map(([, title]) => title);
    assert.deepEqual(told.sort(), manifest.contributes.commands.map(({ title }) => title).sort());
  });

  it('name only scripts that npm can run', () => {
    const named = pages.flatMap(page => [...text(page).matchAll(/\bnpm run ([\w:]+)/g)].map(([, name]) => name!));
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter(name => !(name in manifest.scripts)),
      [],
    );
  });

  it('show the help of the command line as it is', () => {
    const page = text('docs/cli.md');
    for (const about of [undefined, ...COMMANDS])
      assert.ok(page.includes(`\`\`\`\n${helpText(about)}\`\`\``), `the help of ${about ?? 'all'} is stale`);
  });

  it('show command lines that run without an error', () => {
    const shown = pages.filter(page => page !== TUTORIAL).flatMap(page => [...text(page).matchAll(/^node dist\/cli\.cjs (.+)$/gm)]);
    const lines = [...new Set(shown.map(([, words]) => words!))];
    assert.ok(lines.length >= 2);
    for (const words of lines) {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.cjs', ...words.split(' ')], { encoding: 'utf8' });
      assert.equal(status, 0, `${words}\n${stdout}${stderr}`);
    }
  }).timeout(120_000);

  it('name a test for every invariant, and the test is there', () => {
    const invariants =
      text('server/README.md')
        .split('## Invariants')[1]!
        .match(/^\d+\. .*$/gm) ?? [];
    assert.ok(invariants.length >= 10);
    for (const invariant of invariants) {
      const [, file, title] = /`(test\/[^`]+\.ts)`(?:, “([^”]+)”)?/.exec(invariant) ?? [];
      assert.ok(file !== undefined && existsSync(file), `no such test: ${invariant}`);
      assert.ok(title === undefined || text(file).includes(title), `${file} has no test “${title}”`);
    }
  });
});

interface Target {
  readonly page: string;
  readonly path: string;
  readonly anchor: string | undefined;
}

function linksOf(page: string): Target[] {
  const prose = text(page).replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => {
    if (/^[a-z]+:/.test(link!)) return [];
    const [path, anchor] = link!.split('#');
    return [{ page, path: path === '' ? page : normalize(join(dirname(page), path!)), anchor }];
  });
}

function leads({ path, anchor }: Target): boolean {
  if (!existsSync(path)) return false;
  return anchor === undefined || headings(path).includes(anchor);
}

/** Anchors as code hosts make them of headings. */
function headings(page: string): string[] {
  return [...text(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
