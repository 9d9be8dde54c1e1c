/** When effects collide: examples in the words of the language, and random effects against trying every place, phase and alternative. */
import assert from 'node:assert/strict';
import { type AdviceEffect, type Collision, collides, collisionsOf, type PlacedEffect } from '../../server/src/model/collide.ts';
import { linkRuleSet } from '../../server/src/model/link.ts';
import { overlapOf, type SidedSite, type Sites } from '../../server/src/model/places.ts';
import { pick, type Random, seeded } from './random-json.ts';
import { effectsOf, ruleSetOf } from './reading.ts';

const SEED = Number(process.env.SEED ?? 17);
const VOCABULARY = linkRuleSet(
  ruleSetOf({
    sites: { spine: {}, L3: { partOf: 'spine' }, femur: { paired: true } },
    activities: {
      exercise: {},
      loading: {},
      walking: { isA: 'exercise' },
      squat: { isA: ['exercise', 'loading'] },
      jump: { isA: ['exercise', 'loading'] },
      hiking: {},
      trek: { isA: 'hiking' },
    },
    parameters: { intensity: { order: ['light', 'moderate', 'vigorous'] }, dose: { unit: 'mg/d' } },
  }),
  () => 'missing-file',
).ruleSet;
const LEFT: readonly SidedSite[] = [{ site: 'femur', side: 'left' }];
const RIGHT: readonly SidedSite[] = [{ site: 'femur', side: 'right' }];
const FEMUR: readonly SidedSite[] = [{ site: 'femur' }];

describe('advice that is barred', () => {
  it('collides with what avoids or forbids it or what it is a kind of', () => {
    assert.deepEqual(told({ recommend: 'squat' }, { avoid: 'squat' }), ['barred a b everywhere']);
    assert.deepEqual(told({ recommend: 'squat' }, { forbid: 'loading' }), ['barred a b everywhere']);
    assert.deepEqual(told({ avoid: 'exercise' }, { require: 'squat' }), ['barred b a everywhere']);
    assert.deepEqual(told({ recommend: 'walking' }, { forbid: 'loading' }), []);
    assert.deepEqual(told({ recommend: 'squat' }, { recommend: 'squat' }), []);
    assert.deepEqual(told({ avoid: 'squat' }, { forbid: 'squat' }), []);
  });

  it('collides only if every alternative is barred, by however many rules', () => {
    const advice = { recommend: { oneOf: ['walking', 'squat'] } };
    assert.deepEqual(told(advice, { avoid: 'squat' }), []);
    assert.deepEqual(told(advice, { avoid: 'squat' }, { forbid: 'walking' }), ['barred a b,c everywhere']);
    assert.deepEqual(told(advice, { avoid: 'exercise' }), ['barred a b everywhere']);
    assert.deepEqual(told({ recommend: 'exercise' }, { avoid: 'loading' }), []);
    assert.deepEqual(told({ recommend: 'exercise' }, { avoid: 'loading' }, { avoid: 'walking' }), ['barred a b,c everywhere']);
    assert.deepEqual(told({ recommend: 'loading' }, { avoid: 'squat' }, { avoid: 'jump' }), ['barred a b,c everywhere']);
  });

  it('tells each rule that bars it alone, and those that do so together besides', () => {
    const [alone, ...rest] = told({ recommend: 'loading' }, { avoid: 'loading' }, { avoid: 'squat' }, { avoid: 'jump' });
    assert.deepEqual([alone, rest], ['barred a b everywhere', ['barred a c,d everywhere']]);
  });

  it('collides at a common leaf with sides equal or unsaid; everywhere overlaps all', () => {
    const sites = (a: Sites, b: Sites) =>
      collisionsOf([placed({ recommend: 'squat' }, a), placed({ avoid: 'squat' }, b)], VOCABULARY).map(where);
    assert.deepEqual(sites(LEFT, RIGHT), []);
    assert.deepEqual(sites(LEFT, LEFT), ['femur left']);
    assert.deepEqual(sites(LEFT, FEMUR), ['femur left']);
    assert.deepEqual(sites(FEMUR, FEMUR), ['femur']);
    assert.deepEqual(sites('everywhere', RIGHT), ['femur right']);
    assert.deepEqual(sites('everywhere', [{ site: 'L3' }]), ['L3']);
    assert.deepEqual(sites([{ site: 'L3' }], FEMUR), []);
    assert.deepEqual(sites('everywhere', []), []);
    assert.deepEqual(sites([], []), []);
  });

  it('needs all alternatives barred at one place', () => {
    const advice = placed({ recommend: { oneOf: ['walking', 'squat'] } }, 'everywhere', 'a');
    const at = (one: Sites, two: Sites) =>
      collisionsOf([advice, placed({ avoid: 'walking' }, one, 'b'), placed({ avoid: 'squat' }, two, 'c')], VOCABULARY).map(where);
    assert.deepEqual(at([{ site: 'L3' }], FEMUR), []);
    assert.deepEqual(at('everywhere', FEMUR), ['femur']);
    assert.deepEqual(at(LEFT, FEMUR), ['femur left']);
  });

  it('collides in a common phase; an effect without phases holds in all', () => {
    assert.deepEqual(told({ recommend: 'squat', during: ['early'] }, { avoid: 'squat', during: ['late'] }), []);
    assert.deepEqual(told({ recommend: 'squat', during: ['early', 'late'] }, { avoid: 'squat', during: ['late'] }), [
      'barred a b everywhere',
    ]);
    assert.deepEqual(told({ recommend: 'squat' }, { avoid: 'squat', during: ['late'] }), ['barred a b everywhere']);
    const advice = { recommend: { oneOf: ['walking', 'squat'] } };
    assert.deepEqual(told(advice, { avoid: 'squat', during: ['early'] }, { avoid: 'walking', during: ['late'] }), []);
  });

  it('names only the rules that hold where it collides', () => {
    const effects = [
      placed({ recommend: 'loading' }, 'everywhere', 'a'),
      placed({ avoid: 'squat' }, LEFT, 'b'),
      placed({ avoid: 'jump' }, LEFT, 'c'),
      placed({ avoid: 'jump' }, [{ site: 'L3' }], 'd'),
    ];
    assert.deepEqual(collisionsOf(effects, VOCABULARY).map(words), ['barred a b,c femur left']);
  });
});

describe('doses out of reach', () => {
  const dose = (range: object) => ({ recommend: 'walking', with: { dose: { ...range, unit: 'mg/d' } } });

  it('collide with a limit or maximum below the lower end', () => {
    const limit = (atMost: number, extra: object = {}) => ({ limit: 'dose', atMost, unit: 'mg/d', ...extra });
    assert.deepEqual(told(dose({ atLeast: 5 }), limit(5)), []);
    assert.deepEqual(told(dose({ atLeast: 5 }), limit(4.999)), ['dose a b everywhere dose']);
    assert.deepEqual(told(dose({ above: 5 }), limit(5)), ['dose a b everywhere dose']);
    assert.deepEqual(told(dose({ is: 5 }), limit(4)), ['dose a b everywhere dose']);
    assert.deepEqual(told(dose({ atMost: 5 }), limit(1)), []);
    assert.deepEqual(told(dose({ atLeast: 5 }), { recommend: 'squat', maximum: { dose: { value: 4, unit: 'mg/d' } } }), []);
    assert.deepEqual(told(dose({ atLeast: 5 }), { recommend: 'exercise', maximum: { dose: { value: 4, unit: 'mg/d' } } }), [
      'dose a b everywhere dose',
    ]);
  });

  it('convert units exactly, and compare nothing that does not convert', () => {
    assert.deepEqual(told(dose({ atLeast: 7 }), { limit: 'dose', atMost: 0.049, unit: 'g/wk' }), []);
    assert.deepEqual(told(dose({ atLeast: 7 }), { limit: 'dose', atMost: 0.048999, unit: 'g/wk' }), ['dose a b everywhere dose']);
    assert.deepEqual(told(dose({ atLeast: 7 }), { limit: 'dose', atMost: 1, unit: 'mL/d' }), []);
  });

  it('concern what the limit is of', () => {
    const limit = (of: string) => ({ limit: 'dose', of, atMost: 1, unit: 'mg/d' });
    assert.deepEqual(told(dose({ atLeast: 5 }), limit('exercise')), ['dose a b everywhere dose']);
    assert.deepEqual(told(dose({ atLeast: 5 }), limit('squat')), []);
    const broad = { recommend: 'exercise', with: { dose: { atLeast: 5, unit: 'mg/d' } } };
    assert.deepEqual(told(broad, limit('walking')), []);
    assert.deepEqual(told(broad, limit('walking'), limit('loading')), ['dose a b,c everywhere dose']);
  });

  it('know the order of an ordered parameter', () => {
    const intensity = (range: object) => ({ recommend: 'walking', with: { intensity: range } });
    const limit = { limit: 'intensity', atMost: 'moderate' };
    assert.deepEqual(told(intensity({ atLeast: 'moderate' }), limit), []);
    assert.deepEqual(told(intensity({ above: 'light' }), limit), []);
    assert.deepEqual(told(intensity({ above: 'moderate' }), limit), ['dose a b everywhere intensity']);
    assert.deepEqual(told(intensity({ is: 'vigorous' }), limit), ['dose a b everywhere intensity']);
    assert.deepEqual(told(intensity({ above: 'light' }), intensity({ below: 'moderate' })), ['dose a b everywhere intensity']);
    assert.deepEqual(told(intensity({ above: 'light' }), intensity({ below: 'vigorous' })), []);
  });

  it('collide with a range that they do not meet', () => {
    assert.deepEqual(told(dose({ atLeast: 5 }), dose({ below: 5 })), ['dose a b everywhere dose']);
    assert.deepEqual(told(dose({ atLeast: 5 }), dose({ atMost: 5 })), []);
    assert.deepEqual(told(dose({ is: 5 }), dose({ is: 6 })), ['dose a b everywhere dose']);
    assert.deepEqual(told(dose({ is: 5 }), { ...dose({ is: 6 }), recommend: 'squat' }), []);
    assert.deepEqual(told(dose({ is: 5 }), { recommend: 'walking', steps: [{ with: { dose: { is: 8, unit: 'mg/d' } } }] }), [
      'dose a b everywhere dose',
    ]);
  });

  it('collide where some alternatives are barred and the dose of the others is out of reach', () => {
    const advice = { recommend: { oneOf: ['walking', 'squat'] }, with: { dose: { is: 8, unit: 'mg/d' } } };
    const limit = (of: string) => ({ limit: 'dose', of, atMost: 4, unit: 'mg/d' });
    assert.deepEqual(told(advice, { avoid: 'squat' }, limit('walking')), ['dose a c,b everywhere dose']);
    assert.deepEqual(told(advice, { avoid: 'squat' }, limit('squat')), []);
    assert.deepEqual(told(advice, { avoid: 'exercise' }, limit('walking')), ['barred a b everywhere']);
    assert.deepEqual(told(advice, { avoid: 'squat' }, limit('exercise')), ['dose a c everywhere dose']);
  });

  it('collide where each alternative is advised by itself in a range that does not meet, or barred', () => {
    const range = (test: object) => ({ with: { dose: { ...test, unit: 'mg/d' } } });
    const advice = { recommend: { oneOf: ['walking', 'squat'] }, ...range({ atLeast: 8 }) };
    const less = (what: string) => ({ recommend: what, ...range({ atMost: 4 }) });
    assert.deepEqual(told(advice, less('squat')), []);
    assert.deepEqual(told(advice, less('squat'), less('walking')), ['dose a b,c everywhere dose']);
    assert.deepEqual(told(advice, less('squat'), { forbid: 'walking' }), ['dose a b,c everywhere dose']);
    assert.deepEqual(told(less('squat'), advice, { forbid: 'walking' }), ['dose b a,c everywhere dose']);
    // Of several kinds another may be done that much.
    assert.deepEqual(told(advice, less('loading'), { forbid: 'walking' }), []);
    const taper = { recommend: 'squat', steps: [range({ is: 2 })] };
    assert.deepEqual(told({ ...taper, recommend: advice.recommend, steps: [range({ is: 9 })] }, taper, { forbid: 'walking' }), []);
    assert.deepEqual(told(advice, taper, { forbid: 'walking' }), ['dose a b,c everywhere dose']);
    // What it is a kind of has no other kind: that is the same.
    assert.deepEqual(told({ recommend: 'hiking', ...range({ atLeast: 8 }) }, less('trek')), ['dose a b everywhere dose']);
  });

  it('of one rule in two records are one dose, not two', () => {
    const range = (test: object) => ({ dose: { ...test, unit: 'mg/d' } });
    const taper = placed({ recommend: 'squat', with: range({ atLeast: 5 }), steps: [{ with: range({ is: 2 }) }] });
    assert.deepEqual(collisionsOf([taper, { ...taper }], VOCABULARY), []);
    const sameWords = placed({ recommend: 'squat', with: range({ is: 2 }) });
    assert.equal(collisionsOf([taper, { ...taper }, sameWords], VOCABULARY).length, 2);
  });

  it('tell several steps above one limit once', () => {
    const step = (is: number) => ({ with: { dose: { is, unit: 'mg/d' } } });
    assert.deepEqual(told({ recommend: 'walking', steps: [step(8), step(6), step(1)] }, { limit: 'dose', atMost: 4, unit: 'mg/d' }), [
      'dose a b everywhere dose',
    ]);
  });
});

describe(`random effects (seed ${SEED})`, () => {
  it('are barred exactly where every alternative is', () => {
    const random = seeded(SEED);
    let some = 0;
    for (let i = 0; i < 1500; i++) {
      const effects = Array.from({ length: 2 + Math.floor(random() * 4) }, (_, index) => randomEffect(random, `r${index}`));
      const found = collisionsOf(effects, VOCABULARY);
      effects.forEach(advised => {
        const mine = found.filter(collision => collision.advised === advised && collision.kind === 'barred');
        assert.deepEqual(placesOf(mine), barredByHand(advised, effects), JSON.stringify(effects));
        some += mine.length;
      });
    }
    assert.ok(some > 150, String(some));
  });

  it('overlap the same both ways', () => {
    const random = seeded(SEED + 1);
    for (let i = 0; i < 300; i++) {
      const [a, b] = [randomSites(random), randomSites(random)];
      assert.deepEqual(overlapOf(a, b), overlapOf(b, a));
      const pair = [placed({ recommend: 'squat' }, a), placed({ avoid: 'squat' }, b)] as const;
      assert.equal(collides(...pair, VOCABULARY), overlapOf(a, b).length > 0);
      assert.equal(collides(pair[1], pair[0], VOCABULARY), overlapOf(a, b).length > 0);
    }
  });
});

function placed(effect: object, sites: Sites = 'everywhere', rule = 'r'): PlacedEffect {
  return { effect: effectsOf(effect)[0] as AdviceEffect, rule, sites };
}

function told(...effects: object[]): string[] {
  return collisionsOf(
    effects.map((effect, i) => placed(effect, 'everywhere', 'abcdef'[i])),
    VOCABULARY,
  ).map(words);
}

function words(collision: Collision<PlacedEffect>): string {
  const { kind, advised, against, parameter } = collision;
  return [kind, advised.rule, against.map(({ rule }) => rule).join(), where(collision), ...(parameter ? [parameter] : [])].join(' ');
}

function where({ sites }: { readonly sites: Sites }): string {
  return sites === 'everywhere' ? sites : sites.map(({ site, side }) => (side ? `${site} ${side}` : site)).join(' + ');
}

const POINTS = ['', 'L3 left', 'L3 right', 'femur left', 'femur right'];
const KINDS: Readonly<Record<string, readonly string[]>> = {
  exercise: ['walking', 'squat', 'jump'],
  loading: ['squat', 'jump'],
  walking: ['walking'],
  squat: ['squat'],
  jump: ['jump'],
};

function randomEffect(random: Random, rule: string): PlacedEffect {
  const what = pick(Object.keys(KINDS), random);
  const during = pick([[], [], ['early'], ['late'], ['early', 'late']], random);
  const effect = pick(
    [
      { recommend: what },
      { recommend: { oneOf: [what, pick(Object.keys(KINDS), random)] } },
      { require: what },
      { avoid: what },
      { forbid: what },
    ],
    random,
  );
  return placed({ ...effect, ...(during.length > 0 && { during }) }, randomSites(random), rule);
}

function randomSites(random: Random): Sites {
  return pick<Sites>(
    ['everywhere', 'everywhere', LEFT, RIGHT, FEMUR, [{ site: 'L3' }], [{ site: 'L3' }, ...LEFT], [...LEFT, ...RIGHT], []],
    random,
  );
}

/** Tries every point, phase and alternative. */
function barredByHand(advised: PlacedEffect, effects: readonly PlacedEffect[]): string[] {
  const { effect } = advised;
  if (effect.kind !== 'recommend' && effect.kind !== 'require') return [];
  const named = effect.kind === 'recommend' ? effect.what : [effect.what];
  const alternatives = named.flatMap(({ value }) => KINDS[value]!);
  return POINTS.filter(point =>
    ['', 'early', 'late'].some(phase => {
      const here = effects.filter(other => isThere(other, point, phase));
      return here.includes(advised) && alternatives.every(alternative => here.some(other => bars(other, alternative)));
    }),
  );
}

function bars({ effect }: PlacedEffect, alternative: string): boolean {
  return (effect.kind === 'avoid' || effect.kind === 'forbid') && KINDS[effect.what.value]!.includes(alternative);
}

function isThere({ effect, sites }: PlacedEffect, point: string, phase: string): boolean {
  if (effect.during.length > 0 && !effect.during.some(({ value }) => value === phase)) return false;
  return sites === 'everywhere' || sites.some(({ site, side }) => point === `${site} ${side}` || (!side && point.startsWith(`${site} `)));
}

function placesOf(collisions: readonly Collision<PlacedEffect>[]): string[] {
  return POINTS.filter(point =>
    collisions.some(({ sites, advised }) => isThere({ ...advised, sites, effect: { ...advised.effect, during: [] } }, point, '')),
  );
}
