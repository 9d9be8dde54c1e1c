/** Scores, rules, precautions, missing data, problems and sources of a preview. */
import assert from 'node:assert/strict';
import { compile } from '../../server/src/evaluation/compile.ts';
import { evaluate } from '../../server/src/evaluation/evaluate.ts';
import { previewStrips } from '../../server/src/features/strips.ts';
import { patientOf } from '../support/rule-sets.ts';
import { CLINIC, patientWith } from './clinic.ts';
import { previewed, ruleSetFile } from './previewed.ts';

const UNSTABLE = { site: 'L3', options: { location: 'mobile', pain: 'mechanical' } } as const;
const PARTLY = { site: 'L3', options: { location: 'rigid' } } as const;

describe('the scores of a preview', () => {
  it('shows the total in its cell, cells coloured by what the rules decide', () => {
    const [group] = previewed(CLINIC, patientWith([UNSTABLE])).scores;
    const strip = group!.scores[0]!.strips[0]!;
    assert.deepEqual(
      strip.cells.map(({ total, state, tone }) => `${total} ${state} ${tone}`),
      ['0 other proceed', '1 other proceed', '2 other modify', '3 other modify', '4 never modify', '5 total contraindicated'],
    );
    assert.deepEqual(
      strip.bands.map(({ title, range, here, cells }) => `${title} ${range} ${here} ${cells}`),
      ['stable 0–1 false 2', 'unsure 2–4 false 3', 'unstable 5 true 1'],
    );
    assert.equal(strip.label, 'total 5; stable 0 to 1; unsure 2 to 4; unstable 5; No patient can have a total of 4.');
  });

  it('shows every possible total, and which component is not known', () => {
    const score = previewed(CLINIC, patientWith([PARTLY])).scores[0]!.scores[0]!;
    assert.deepEqual(score.total, { label: 'possible totals', text: '0, 1, 3' });
    assert.deepEqual(
      score.strips[0]!.cells.map(({ state }) => state),
      ['possible', 'possible', 'other', 'possible', 'never', 'other'],
    );
    const [pain, location] = score.components;
    assert.deepEqual([pain!.title, pain!.option, pain!.known], ['Pain', 'not recorded', false]);
    assert.deepEqual([location!.option, location!.points, location!.dots], ['rigid', '0 of 2', { filled: 0, all: 2 }]);
    assert.ok(score.notes.some(({ text }) => text === 'Pain gives 0, 1 or 3 points, so 2 is impossible.'));
  });

  it('shows which totals no patient can have: none of them is possible while nothing is known', () => {
    for (const [file, some] of [
      ['wells/wells', true],
      ['bone-metastasis/all-five', false],
      ['news2/news2', false],
    ] as const) {
      const ruleSet = ruleSetFile(`samples/${file}.clinical.json`);
      const blank = patientOf({ id: 'p', title: 'P', asOf: '2026-11-22T12:00:00Z', for: [] });
      const outcome = evaluate(compile(ruleSet), blank, { trace: false });
      const link = () => ({ uri: '', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } });
      const never = outcome.scores.flatMap(own => {
        const strips = previewStrips({ ruleSet, patient: blank, outcome, link }, ruleSet.scores.get(own.id)!, own);
        const empty = strips.flatMap(({ cells }) => cells.filter(({ state }) => state === 'never').map(({ total }) => total));
        assert.deepEqual(
          empty.filter(total => own.totals?.includes(total)),
          [],
          own.id,
        );
        return empty;
      });
      assert.equal(never.length > 0, some, `${file}: ${never}`);
    }
  });

  it('shows a total as possible only, where it is not known whether the score applies', () => {
    const site = { oneOf: ['L3', 'femur'] } as unknown as string;
    const score = previewed(CLINIC, patientWith([{ ...UNSTABLE, site }])).scores[0]!.scores[0]!;
    assert.deepEqual(score.total, { label: 'possible total', text: '5' });
    assert.equal(score.strips[0]!.cells.at(-1)!.state, 'possible');
    assert.ok(score.notes.some(({ text }) => text === 'Whether it applies is not known: it is scored where site is spine.'));
  });

  it('orders records by strictness and says where no score applies or a side is missing', () => {
    const { scores } = previewed(CLINIC, patientWith([{ site: 'tibia' }, UNSTABLE]));
    assert.deepEqual(
      scores.map(({ record, answer }) => [record, answer?.tone]),
      [
        ['b', 'contraindicated'],
        ['a', 'no-answer'],
      ],
    );
    assert.deepEqual(
      scores[1]!.notes.map(({ text }) => text),
      ['No score applies: SINS is scored where site is spine.', 'Side not recorded. Both sides are treated as affected.'],
    );
  });

  it('draws steps of half a point, and no cells where there are too many totals', () => {
    const score = (points: number) => ({
      facts: { fever: { title: 'Fever', type: 'boolean' } },
      scores: {
        wells: {
          title: 'Wells',
          components: { fever: { title: 'Fever', conditions: [{ when: { fact: 'fever', is: true }, points }], otherwise: 0 } },
        },
      },
    });
    const cells = (points: number) =>
      previewed(score(points), { facts: { fever: true } }).scores[0]!.scores[0]!.strips.flatMap(strip => strip.cells);
    assert.deepEqual(
      cells(1.5).map(({ total }) => total),
      ['0', '1.5'],
    );
    const many = {
      facts: { walk: { title: 'Walk', type: 'integer', minimum: 0, maximum: 900 } },
      scores: { walk: { title: 'Walking test', components: { metres: { title: 'Metres', fact: 'walk' } } } },
    };
    assert.deepEqual(previewed(many, { facts: { walk: 300 } }).scores[0]!.scores[0]!.strips, []);
  });
});

describe('the rules of a preview', () => {
  const { rules } = previewed(CLINIC, patientWith([UNSTABLE, { site: 'L4', options: { location: 'rigid', pain: 'none' } }]));
  const rule = (id: string, status: string) => rules.find(each => each.id === id && each.status === status)!;

  it('puts the strictest that fired first and what is ruled out last', () => {
    assert.deepEqual(
      rules.map(({ id, status }) => `${id} ${status}`),
      [
        'unstable fired',
        'stable fired',
        'squats fired',
        'no-loading fired',
        'unstable ruled-out',
        'unsure ruled-out',
        'bleeding ruled-out',
        'stable ruled-out',
        'leg ruled-out',
      ],
    );
  });

  it('says what a rule does and for whom, with the value and its distance to the bound', () => {
    const fired = rule('unstable', 'fired');
    assert.deepEqual(
      [fired.effect, fired.whom, fired.tone, fired.label],
      ['decides contraindicated', 'for a (L3)', 'contraindicated', 'R-01'],
    );
    assert.deepEqual(
      fired.cases[0]!.conditions.map(({ text, truth, value, distance }) => [text, truth, value, distance]),
      [
        ['SINS is unstable (at least 5)', 'true', '5', 'at the bound'],
        ['until: stabilised is yes', 'false', 'no', ''],
      ],
    );
    const out = rule('unstable', 'ruled-out').cases[0]!.conditions[0]!;
    assert.deepEqual([out.truth, out.value, out.distance], ['false', '0', '5 below']);
  });

  it('reads a threshold in the unit recorded', () => {
    const { conditions } = rule('bleeding', 'ruled-out').cases[0]!;
    assert.deepEqual(
      conditions.map(({ text, value, distance }) => [text, value, distance]),
      [['low platelets (platelets are below 50 ×10⁹/L)', '200 ×10⁹/L', '150 ×10⁹/L above']],
    );
  });

  it('measures the distance in the unit of the bound where another was recorded', () => {
    const when = (bound: object) => ({ fact: 'calcium', ...bound });
    const distances = [{ above: 3.5, unit: 'mmol/L' }, { below: 2, unit: 'mmol/L' }, { above: { 'mmol/L': 3.5, 'mg/dL': 14 } }].map(
      bound => {
        const rules = [{ ...CLINIC.rules[4]!, id: 'calcium', of: undefined, when: when(bound) }];
        const patient = patientWith([], { calcium: { value: 16.032, unit: 'mg/dL' } });
        return previewed({ ...CLINIC, rules }, patient).rules.find(({ id }) => id === 'calcium')!.cases[0]!.conditions[0]!.distance;
      },
    );
    assert.deepEqual(distances, ['0.5 mmol/L above the bound', '2 mmol/L above', '2.032 mg/dL above the bound']);
  });

  it('says which of the possible totals make a condition true', () => {
    const open = previewed(CLINIC, patientWith([PARTLY])).rules.find(({ id }) => id === 'unsure')!;
    assert.deepEqual([open.status, open.effect], ['undetermined', 'could decide modify']);
    const [condition] = open.cases[0]!.conditions;
    assert.deepEqual([condition!.value, condition!.distance], ['0, 1 or 3', 'true only for 3']);
  });

  it('reads the records of a group test one by one', () => {
    const some = {
      ...CLINIC,
      rules: [
        {
          id: 'any',
          title: 'Any unstable',
          when: { some: 'lesions', where: { score: 'sins', in: ['unstable'] } },
          then: [{ decide: 'clearance', as: 'modify' }],
        },
      ],
    };
    const { conditions } = previewed(some, patientWith([UNSTABLE])).rules.find(({ id }) => id === 'any')!.cases[0]!;
    assert.deepEqual([conditions[0]!.text, conditions[0]!.truth], ['there is a lesion where', 'true']);
    assert.deepEqual(
      conditions[0]!.items.map(({ text, value }) => [text, value]),
      [['L3: SINS is unstable (at least 5)', '5']],
    );
  });

  it('links to the rule and to each condition', () => {
    const fired = rule('unstable', 'fired');
    const line = fired.link.range.start.line;
    assert.equal(fired.link.uri, 'rules.clinical.json');
    assert.ok(fired.cases[0]!.conditions[0]!.link.range.start.line > line);
  });
});

describe('the worst record of a preview', () => {
  const detail = (...lesions: Parameters<typeof patientWith>[0]) =>
    previewed(CLINIC, patientWith(lesions)).scores.map(group => group.detail.split(';')[0]);

  it('is named as such only where its total is known', () => {
    const two = { site: 'L4', options: { location: 'mobile', pain: 'none' } };
    assert.ok(detail(two, { site: 'L3', options: { location: 'rigid', pain: 'none' } }).includes('worst'));
    assert.ok(detail(two, { site: 'L3', options: { pain: 'mechanical' } }).includes('may be the worst'));
  });
});

describe('the precautions of a preview', () => {
  const preview = previewed(CLINIC, patientWith([UNSTABLE, { site: 'femur', side: 'left' }, { site: 'tibia' }]));

  it('stand by site, with sides where they are known', () => {
    assert.deepEqual(
      preview.precautions.map(({ site, effects }) => [site, effects.map(({ verb, text }) => `${verb} ${text}`)]),
      [
        ['L3', ['avoid axial loading']],
        ['tibia, both sides; left femur', ['forbid walking']],
        ['everywhere', ['recommend squat']],
      ],
    );
  });

  it('keep what collides, and say so beside what is barred', () => {
    const conflicts = preview.precautions.find(({ site }) => site === 'L3')!.conflicts;
    assert.deepEqual(
      conflicts.map(({ text, rules }) => [text, rules.map(({ id }) => id)]),
      [['squat is recommended, yet axial loading is to be avoided.', ['no-loading', 'squats']]],
    );
  });

  it('names a site by itself where it is the only part of another', () => {
    const alone = {
      ...CLINIC,
      sites: { ...CLINIC.sites, back: { title: 'Back' }, sacrum: { title: 'Sacrum', partOf: 'back' } },
      precautions: [{ ...CLINIC.precautions[0]!, site: 'sacrum' }],
    };
    const { precautions } = previewed(alone, patientWith([{ site: 'sacrum' }]));
    assert.deepEqual(
      precautions.map(({ site }) => site),
      ['sacrum', 'everywhere'],
    );
  });

  it('names a whole site, and what of it is left out', () => {
    const spared = {
      ...CLINIC,
      rules: [
        { id: 'spare', title: 'Work the rest', then: [{ recommend: 'walking', at: { below: 'leg', except: { group: 'lesions' } } }] },
      ],
    };
    const site = (...lesions: Parameters<typeof patientWith>[0]) =>
      previewed(spared, patientWith(lesions)).precautions.find(({ effects }) => effects.some(({ verb }) => verb === 'recommend'))?.site;
    assert.equal(site(UNSTABLE), 'leg');
    assert.equal(site({ site: 'femur', side: 'left' }), 'leg except left femur');
    assert.equal(site({ site: 'femur' }), 'tibia, both sides; foot, both sides');
    assert.equal(site({ site: 'leg' }), 'nowhere: no site is left');
  });
});

describe('missing data, problems and sources of a preview', () => {
  it('gives the outcome for each value of what is missing', () => {
    const [missing] = previewed(CLINIC, patientWith([PARTLY])).missing;
    assert.deepEqual([missing!.text, missing!.changes], ['Pain of SINS, a (L3)', true]);
    assert.deepEqual(
      missing!.outcomes.map(({ value, answers }) => [value, answers.map(({ tone }) => tone)]),
      [
        ['mechanical', ['modify']],
        ['occasional or none', ['proceed']],
      ],
    );
  });

  it('tells inputs that change no decision by themselves from those that do', () => {
    const { missing } = previewed(CLINIC, patientWith([UNSTABLE], { platelets: null }));
    assert.deepEqual(
      missing.map(({ input, changes, outcomes }) => [input, changes, outcomes.map(({ value }) => value).length]),
      [['platelets', false, 1]],
    );
  });

  it('says that nothing is missing', () => {
    const preview = previewed(CLINIC, patientWith([UNSTABLE]));
    assert.deepEqual(preview.missing, []);
    assert.match(preview.nothingMissing, /^Nothing missing/);
  });

  it('words what is wrong with the data, and links to it', () => {
    const { problems } = previewed(CLINIC, patientWith([UNSTABLE], { platelets: { value: 20, unit: 'bag' } }));
    assert.equal(problems.length, 1);
    assert.match(problems[0]!.text, /^Platelets: the unit bag is not declared for it, so the value counts as absent/);
    assert.equal(problems[0]!.link?.uri, 'a.patient.json');
  });

  it('lists sources with their date and how often they are cited, and the authors’ definitions', () => {
    const { sources, definitions } = previewed(CLINIC, patientWith([UNSTABLE]));
    assert.deepEqual(
      sources.map(({ title, detail, used }) => [title, detail, used]),
      [['A book', '29 Dec 2025. Review; expert opinion. Cited 9 times.', true]],
    );
    assert.deepEqual(
      definitions.map(({ word, meaning, item }) => [word, meaning, item]),
      [['low', 'below 50', 'Modify with low platelets']],
    );
  });

  it('warns of a draft and of a review that is due', () => {
    const { ruleSet } = previewed({ ...CLINIC, status: 'draft', reviewBy: '2026-01-31' }, patientWith([UNSTABLE]));
    assert.equal(ruleSet.cautions.length, 2);
    assert.match(ruleSet.cautions[0]!, /draft/);
    assert.match(ruleSet.cautions[1]!, /31 Jan 2026/);
  });
});
