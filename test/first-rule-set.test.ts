/** Does what `docs/first-rule-set.md` says, with the command line as it is shipped, and reads what it says is read. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const PAGE = readFileSync('docs/first-rule-set.md', 'utf8');
const CLI = resolve('dist/cli.cjs');
const RULES = 'my-rules/pneumonia.clinical.json';
const PATIENT = 'my-rules/mrs-a.patient.json';

describe('the first rule set, step by step', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'clinical-rules-first-'));
  });
  afterEach(() => rmSync(join(folder, 'my-rules'), { recursive: true, force: true }));
  after(() => rmSync(folder, { recursive: true }));

  /** Writes the files of the page, those of `changed` otherwise, and runs one of its command lines. */
  function command(words: string, changed: Readonly<Record<string, string>> = {}) {
    for (const [path, content] of Object.entries({ ...files(), ...changed })) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words.split(' ')], { cwd: folder, encoding: 'utf8' });
    return { status, output: inOneLine(stdout + stderr) };
  }

  it('is without findings, and every patient is answered', () => {
    const { status, output } = command(commandLines()[0]!);
    assert.equal(status, 0, output);
    assert.match(output, /No findings in 4 files\./);
    assert.equal(output.match(/Proved: “Where to treat\?” is answered for every patient in scope\./g)?.length, 2, output);
  });

  it('runs the patient as shown', () => {
    const { status, output } = command(commandLines()[1]!);
    const shown = /```text\n([\s\S]*?)```/.exec(PAGE)![1]!;
    assert.equal(status, 0, output);
    assert.ok(output.startsWith(inOneLine(shown)), output);
  });

  for (const [urea, answer] of rows('answer'))
    it(`answers ${answer} at a urea of ${urea}`, () => {
      const patient = replaced(files()[PATIENT]!, '"confusion": false', `"confusion": false, "urea": ${urea}`);
      const { output } = command(commandLines()[1]!, { [PATIENT]: patient });
      assert.ok(output.includes(`Where to treat? ${answer} `), output);
    });

  it('meets what the author of the patient who extends another expects', () => {
    const { output } = command('run my-rules/ours.clinical.json my-rules/mr-b.patient.json');
    assert.match(output, /Where to treat\? WARD .* CURB-65: possible totals 0, 1,/);
  });

  it('notes that nobody asks for the urea without the rule that does', () => {
    const rules = replaced(files()[RULES]!, '"require": "blood-test"', '"require": "chest-radiograph"');
    assert.match(command('check my-rules', { [RULES]: rules }).output, /While urea is not recorded, .*\[missing-data-hazard\]/);
  });

  for (const [from, to, message] of rows('and read'))
    it(`is told of ${to}`, () => {
      const { output } = command('check my-rules', { [RULES]: replaced(files()[RULES]!, from!, to!) });
      assert.ok(output.includes(message!), output);
    });

  it('has answers and mistakes to try', () => {
    assert.equal(commandLines().length, 2);
    assert.ok(rows('answer').length >= 3 && rows('and read').length >= 10);
  });
});

/** The files of the page: blocks of one file make one object. */
function files(): Record<string, string> {
  const blocks: Record<string, string[]> = {};
  for (const [, path, block] of PAGE.matchAll(/^```json (\S+)\n([\s\S]*?)\n```$/gm)) blocks[path!] = [...(blocks[path!] ?? []), block!];
  return Object.fromEntries(
    Object.entries(blocks).map(([path, parts]) => [path, parts[0]!.startsWith('{') ? parts[0]! : `{\n${parts.join(',\n')}\n}\n`]),
  );
}

function commandLines(): string[] {
  return [...PAGE.matchAll(/^node dist\/cli\.cjs (.+)$/gm)].map(([, words]) => words!);
}

/** The rows of the table whose last column is called `last`, without the quotes of code. */
function rows(last: string): string[][] {
  const table = new RegExp(`^\\|.*\\| ${last} \\|\n\\|[- |]*\n((?:\\|.*\n)+)`, 'm').exec(PAGE)![1]!;
  return table
    .trim()
    .split('\n')
    .map(row =>
      row
        .slice(2, -2)
        .split(' | ')
        .map(cell => cell.replace(/^`(.*)`$/, '$1')),
    );
}

function replaced(content: string, from: string, to: string): string {
  assert.equal(content.split(from).length, 2, `“${from}” does not stand there once`);
  return content.replace(from, () => to);
}

function inOneLine(output: string): string {
  return output.replaceAll(/\s+/g, ' ').trim();
}
