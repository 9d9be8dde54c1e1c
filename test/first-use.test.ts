/** The walkthrough, the welcome and the pages they lead to: all there, all installed, nothing fetched. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

interface Contributed {
  readonly commands: readonly { readonly command: string }[];
  readonly walkthroughs: readonly {
    readonly steps: readonly {
      readonly id: string;
      readonly description: string;
      readonly media: { readonly markdown?: string; readonly image?: string };
      readonly completionEvents: readonly string[];
    }[];
  }[];
  readonly views: Readonly<Record<string, readonly { readonly id: string; readonly when?: string }[]>>;
  readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
  readonly jsonValidation: readonly { readonly url: string }[];
}

const contributes = JSON.parse(readFileSync('package.json', 'utf8')).contributes as Contributed;
const steps = contributes.walkthroughs.flatMap(walkthrough => walkthrough.steps);
const installed = readFileSync('.vscodeignore', 'utf8')
  .split('\n')
  .filter(line => line.startsWith('!'))
  .map(line => line.slice(1).replace(/\/\*.*$/, '/'));
const pages = readdirSync('docs').filter(name => name.endsWith('.md'));

describe('first use', () => {
  it('shows pictures and texts that are installed', () => {
    const files = steps.map(({ media }) => media.markdown ?? media.image!);
    assert.ok(files.length >= 4);
    for (const file of [...files, ...contributes.jsonValidation.map(({ url }) => url.replace('./', ''))]) {
      assert.ok(existsSync(file), file);
      assert.ok(
        installed.some(kept => file.startsWith(kept)),
        `${file} is not packaged`,
      );
    }
  });

  it('fetches nothing', () => {
    const texts = steps.flatMap(({ media }) => (media.markdown ? [readFileSync(media.markdown, 'utf8')] : []));
    assert.deepEqual(
      texts.filter(text => /https?:/.test(text)),
      [],
    );
  });

  it('leads to commands and pages that are there', () => {
    const ours = new Set(contributes.commands.map(({ command }) => command));
    const texts = [...steps.map(({ description }) => description), ...contributes.viewsWelcome.map(({ contents }) => contents)];
    const links = texts.flatMap(text => [...text.matchAll(/\]\(command:([^)?]+)(?:\?([^)]*))?\)/g)]);
    assert.ok(links.length > 8);
    for (const [link, command, query] of links) {
      assert.ok(ours.has(command!) || command!.startsWith('workbench.'), link);
      if (query !== undefined) assert.ok(pages.includes(`${JSON.parse(decodeURIComponent(query))[0]}.md`), link);
    }
    for (const { id, completionEvents } of steps) {
      assert.ok(completionEvents.length > 0, id);
      for (const event of completionEvents)
        assert.ok(ours.has(event.replace('onCommand:', '')) || /^onCommand:(workbench|editor)\./.test(event), event);
    }
  });

  it('offers every page of the documentation, and no other', () => {
    const offered = [...readFileSync('client/src/docs-pages.ts', 'utf8').matchAll(/^ {2}'?([a-z0-9-]+)'?: '[A-Z]/gm)].map(
      ([, page]) => `${page}.md`,
    );
    assert.deepEqual(offered.sort(), [...pages].sort());
  });

  it('welcomes only where a folder meant for rule sets has none', () => {
    const [view] = contributes.views.explorer!;
    assert.equal(view!.when, 'clinical-rules.hasNoRuleSet');
    assert.match(readFileSync('client/src/walkthrough.ts', 'utf8'), /'clinical-rules\.hasNoRuleSet'/);
  });
});
