/** The plain-language view: it leaves nothing of the samples out, and says what there is in sentences. */
import assert from 'node:assert/strict';
import { plainView } from '../../server/src/features/plain.ts';
import { plainMarkdown } from '../../server/src/features/plain-markdown.ts';
import type { PlainBlock } from '../../server/src/features/plain-model.ts';
import { ruleText } from '../../server/src/features/sentences-rules.ts';
import { linkRuleSet } from '../../server/src/model/link.ts';
import { readRuleSet } from '../../server/src/model/read-rule-set.ts';
import type { RuleSet } from '../../server/src/model/rule-set.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { CLINIC } from '../preview/clinic.ts';
import { ruleSetFiles, whole } from '../samples/load.ts';
import { forSeeds } from '../support/random.ts';
import { pick, randomlyChanged } from '../support/random-json.ts';
import { ruleSetOf } from '../support/rule-sets.ts';
import { seeded } from '../support/seeded.ts';

const textOf = (ruleSet: RuleSet) => plainMarkdown(plainView(ruleSet));

/** The words of a title as they may stand in a sentence, in a table or with signs escaped. */
function says(markdown: string, title: string): boolean {
  const plain = (text: string) => text.replaceAll('\\', '').toLowerCase();
  return plain(markdown).includes(plain(title));
}

describe('the plain-language view of every sample', () => {
  for (const path of ruleSetFiles) {
    const { ruleSet } = whole(path);
    const blocks = plainView(ruleSet);
    const markdown = plainMarkdown(blocks);
    const places = placesOf(blocks);

    it(`says every rule and precaution of ${path}`, () => {
      for (const rule of ruleSet.rules.values()) {
        assert.ok(says(markdown, ruleText(ruleSet, rule)), `${rule.id}: ${ruleText(ruleSet, rule)}`);
        assert.ok(places.has(`${rule.file} ${rule.span.start}`), `${rule.id} leads nowhere`);
        for (const effect of rule.then) if (effect.note) assert.ok(says(markdown, effect.note.slice(1, -1)), effect.note);
      }
    });

    it(`says every score, band, option and threshold of ${path}`, () => {
      for (const score of ruleSet.scores.values()) {
        assert.ok(says(markdown, `### ${score.title}`), score.id);
        for (const band of [...score.bandSets.values()].flat()) {
          assert.ok(says(markdown, `| ${band.title ?? band.id} |`), `${score.id} ${band.id}`);
          assert.ok(places.has(`${score.file} ${band.span.start}`));
        }
        for (const { title, how } of score.components.values()) {
          assert.ok(says(markdown, `| ${title}`), title);
          if (how?.kind === 'options') for (const option of how.options.values()) if (option.title) assert.ok(says(markdown, option.title));
        }
      }
      for (const threshold of ruleSet.thresholds.values()) assert.ok(says(markdown, `**${threshold.title}**`), threshold.id);
    });

    it(`says every source, fact, note and everything else declared in ${path}`, () => {
      const { sources, facts, derived, groups, decisions, advice, parameters, phases, notes, sites } = ruleSet;
      for (const items of [sources, facts, derived, decisions, advice, parameters, phases, groups, sites])
        for (const { id, title } of items.values()) assert.ok(says(markdown, title ?? id), id);
      for (const { text } of notes.values()) assert.ok(says(markdown, text.replace(/\.$/, '')), text);
      for (const group of groups.values()) for (const { title, id } of group.facts.values()) assert.ok(says(markdown, title ?? id));
      for (const { waivers } of ruleSet.files) for (const { finding } of waivers) assert.ok(says(markdown, finding.value));
      for (const rule of [...ruleSet.rules.values(), ...ruleSet.scores.values(), ...ruleSet.thresholds.values()])
        for (const [word, meaning] of rule.defines) assert.ok(says(markdown, `“${word}” here means: ${meaning.value}`), word);
    });

    it(`is sound Markdown of ${path}`, () => {
      assert.ok(!/undefined|\[object|NaN/.test(markdown.replaceAll(/not defined|undefined name/g, '')));
      for (const block of blocks)
        if (block.kind === 'table') for (const { cells } of block.rows) assert.equal(cells.length, block.head.length, cells.join());
      assert.doesNotMatch(markdown, /\n\n\n/);
      assert.doesNotMatch(markdown, / {2,}\S.*\.\.$|, ,|\(\)|: \.| \.$/m);
    });
  }
});

describe('the plain-language view', () => {
  const check = (more: object, expected: RegExp) => assert.match(textOf(ruleSetOf({ ...CLINIC, ...more })), expected);
  const effect = (effects: object[], expected: string, more: object = {}) =>
    check(
      { rules: [{ id: 'it', title: 'It', then: effects, ...more }] },
      new RegExp(`\\*\\*It\\*\\*: ${expected.replace(/[()?.|]/g, '\\$&')}`),
    );

  it('says at once what effects have in common', () => {
    effect(
      [{ avoid: 'loading' }, { avoid: 'squat' }, { forbid: 'walking' }],
      'Always: axial loading and squat are to be avoided; walking is forbidden.',
    );
  });

  it('keeps effects apart that differ in place, time or note', () => {
    effect([{ avoid: 'loading', at: ['L3'] }, { avoid: 'squat' }], 'Always: axial loading is to be avoided in L3; squat is to be avoided.');
    effect(
      [{ avoid: 'loading', note: 'It hurts.' }, { avoid: 'squat' }],
      'Always: axial loading is to be avoided – it hurts; squat is to be avoided.',
    );
  });

  it('says amounts, steps, maxima, how often and what is limited', () => {
    effect(
      [
        { recommend: { oneOf: ['walking', 'squat'] }, with: { minutes: { atLeast: 10, atMost: 20, unit: 'min/wk' } }, every: '7 d' },
        { limit: 'intensity', of: 'squat', atMost: 'light' },
      ],
      'Always: walking or squat is recommended (minutes a week: 10 to 20 min/wk), every 7 days; intensity of squat is limited to at most light.',
    );
    effect(
      [
        {
          recommend: 'walking',
          steps: [{ title: 'First', with: { intensity: { is: 'light' } } }],
          maximum: { minutes: { value: 9, unit: 'min/wk' } },
        },
      ],
      'Always: walking is recommended (step 1, first: intensity: light; minutes a week: never above 9 min/wk).',
    );
  });

  it('says where a place leaves out the records of a group', () => {
    effect(
      [
        {
          recommend: 'squat',
          at: { below: 'leg', except: { group: 'lesions', where: { fact: 'stabilised', is: false }, whole: ['leg'] } },
        },
      ],
      'Always: squat is recommended in every part of the leg, except where there is a lesion for which stabilised is no (one in the leg takes out all of it, on its side).',
    );
  });

  it('says what a rule waits for, what ends it and what it overrides', () => {
    effect(
      [{ recommend: 'squat' }],
      'If fever is no and (the answer to “May this patient exercise now?” is “modify” or “proceed”), until fever is yes: squat is recommended.',
      {
        when: { fact: 'fever', is: false },
        until: { fact: 'fever', is: true },
        given: { decision: 'clearance', in: ['modify', 'proceed'] },
      },
    );
    const rules = [{ id: 'it', title: 'It', then: [{ avoid: 'squat' }], override: { rules: ['leg'], reason: 'newer' } }];
    check({ rules }, /\n {2}- Overrides “Spare the leg”: Newer\.\n/);
  });

  it('says formulas with the brackets they need', () => {
    const term = (sum: object) => ({ derived: { it: { title: 'It', type: 'quantity', unit: 'mmol/L', ...sum } } });
    const calcium = { fact: 'calcium', unit: 'mg/dL' };
    check(
      term({ difference: [calcium, { difference: [4, { product: [2, { sum: [calcium, 1] }] }] }] }),
      /It\*\*: Calcium \(mg\/dL\) − \(4 − 2 × \(calcium \(mg\/dL\) \+ 1\)\)\. In/,
    );
    check(
      term({ quotient: [{ product: [2, calcium] }, { product: [3, calcium] }] }),
      /It\*\*: 2 × calcium \(mg\/dL\) ÷ \(3 × calcium \(mg\/dL\)\)\. In/,
    );
    check(term({ least: [calcium, { sum: [1, 2] }] }), /It\*\*: The least of calcium \(mg\/dL\) and 1 \+ 2\. In/);
  });

  it('does not read the texts of a rule set as Markdown', () => {
    check(
      { notes: [{ id: 'n', title: 'A *b* | <c>', text: '# _x_\n- y `z` [l](m)', source: { id: 'book' } }] },
      /\*\*A \\\*b\\\* \| \\<c\\>\*\*: \\# \\_x\\_ - y \\`z\\` \\\[l\\\]\(m\)\./,
    );
  });

  it('says of which rule set it adapts what', () => {
    const files = [
      { id: 'base', title: 'Base', version: '1.0.0', thresholds: { low: { title: 'Low', fact: 'x', below: 1 } } },
      {
        id: 'own',
        title: 'Own',
        version: '2.0.0',
        status: 'draft',
        basedOn: { file: './base.clinical.json', version: '1.0.0' },
        remove: [{ id: 'low', reason: 'not measured here' }],
        waivers: [{ finding: 'a:b', reason: 'known', by: 'Dr B', until: '2027-01-01' }],
      },
    ].map(file => readRuleSet(parseDocument(JSON.stringify(file)), `/${file.id}.clinical.json`));
    const markdown = textOf(linkRuleSet(files[1]!, () => files[0]!).ruleSet);
    assert.match(
      markdown,
      /Version 2\.0\.0, a draft, not to be relied on\.[\s\S]*Adapts “Base”, version 1\.0\.0\.\n\n- \*\*Without low\*\*: Not measured here\./,
    );
    assert.match(
      markdown,
      /- \*\*a:b\*\* Known\.\n {2}- Waived by Dr B until 1 Jan 2027\.|- \*\*a:b\*\*: Known\.\n {2}- Waived by Dr B until 1 Jan 2027\./,
    );
  });

  it('stands what is damaged', () => {
    forSeeds(300, (_, seed) => {
      const random = seeded(seed);
      let value: unknown = CLINIC;
      for (let i = 0; i < 4; i++) value = randomlyChanged(value, random, [null, 1, 'x', [], {}, true, pick(Object.values(CLINIC), random)]);
      assert.equal(typeof textOf(ruleSetOf((typeof value === 'object' ? value : {}) as never)), 'string');
    });
  });
});

function placesOf(blocks: readonly PlainBlock[]): ReadonlySet<string> {
  const places = blocks.flatMap(block => {
    if (block.kind === 'heading') return [block.place];
    if (block.kind === 'text') return [];
    return (block.kind === 'list' ? block.items : block.rows).map(({ place }) => place);
  });
  return new Set(places.flatMap(place => (place ? [`${place.file} ${place.span.start}`] : [])));
}
