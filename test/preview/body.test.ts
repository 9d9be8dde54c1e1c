/** The body map: which records stand where and what is said of them, and where marks and cards go. */
import assert from 'node:assert/strict';
import { type Point, placeCards, placeMarks, roomForCards } from '../../client/src/preview/body-places.ts';
import { forSeeds, type Random } from '../support/random.ts';
import { CLINIC, patientWith } from './clinic.ts';
import { previewed } from './previewed.ts';

const UNSTABLE = { site: 'L3', options: { location: 'mobile', pain: 'mechanical' } } as const;

describe('the records on the body', () => {
  it('have their site, status, score and precautions, strictest first', () => {
    const { marks, by, title } = previewed(CLINIC, patientWith([{ site: 'femur', side: 'left' }, UNSTABLE])).body!;
    assert.equal(title, 'Lesions on the body');
    assert.equal(by, 'by the strictest value there');
    assert.deepEqual(
      marks.map(({ record, name, status, side }) => [record, name, status, side]),
      [
        ['b', 'L3', 'contraindicated', undefined],
        ['a', 'left femur', 'no answer', 'left'],
      ],
    );
    assert.equal(marks[0]!.detail, 'SINS 5');
    assert.deepEqual(marks[0]!.places, [{ site: 'L3', parts: ['L3'] }]);
  });

  it('say that a side is not recorded, and stand on both', () => {
    const [mark] = previewed(CLINIC, patientWith([{ site: 'femur' }])).body!.marks;
    assert.equal(mark!.side, 'unknown');
    assert.match(mark!.detail, /side unknown/);
  });

  it('are on all parts of a site, and nowhere without a site', () => {
    const { marks } = previewed(CLINIC, patientWith([{ site: 'spine' }, {} as { site: string }])).body!;
    assert.deepEqual(marks.find(({ record }) => record === 'a')!.places, [{ site: 'spine', parts: ['L3', 'L4'] }]);
    assert.deepEqual(marks.find(({ record }) => record === 'b')!.places, []);
  });

  it('list what holds at their place, not what holds everywhere', () => {
    const preview = previewed(CLINIC, patientWith([UNSTABLE, { site: 'tibia', side: 'right' }]));
    for (const { record, precautions } of preview.body!.marks) {
      const here = preview.outcome.effects.filter(effect => effect.record === record && effect.at !== 'everywhere');
      assert.ok(precautions.length >= new Set(here.map(({ verb, what }) => `${verb} ${what}`)).size, record);
    }
    const everywhere = preview.precautions.filter(({ site }) => site === 'everywhere').flatMap(({ effects }) => effects);
    const told = preview.body!.marks.flatMap(({ precautions }) => precautions);
    for (const { verb, text } of everywhere) assert.ok(!told.includes(`${verb} ${text}`), text);
  });
});

const STEPS = Array.from({ length: 100 }, (_, index) => index);

describe('marks and cards on the body', () => {
  const points = (random: Random, least: number, most: number): Point[] =>
    random.list(least, most, () => ({ x: 30 + random.pick(STEPS) * 5, y: 30 + random.pick(STEPS) * 5.7 }));

  it('never lie on each other, however many records meet', () => {
    forSeeds(300, random => {
      const anchors = points(random, 1, 12);
      const crowded = random.chance(0.5) ? anchors.map(() => anchors[0]!) : anchors;
      const places = placeMarks(crowded, 36);
      assert.deepEqual(places[0], crowded[0], 'the first stays at its bone');
      for (const [i, a] of places.entries())
        for (const b of places.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= 35.9, JSON.stringify({ crowded, places }));
    });
  });

  it('keeps cards in the order of their marks, apart, inside, and clear of the hands', () => {
    forSeeds(500, random => {
      const height = random.pick([40, 54, 61, 74, 90]);
      const heights = points(random, 0, roomForCards(height)).map(({ y }) => y);
      const cards = placeCards(heights, height);
      const order = heights.map((_, index) => index).sort((a, b) => heights[a]! - heights[b]! || a - b);
      for (const [rank, y] of order.map(index => cards[index]!).entries()) {
        assert.ok(y - height / 2 >= -0.001 && y + height / 2 <= 626.001, 'inside');
        assert.ok(y + height / 2 <= 300.001 || y - height / 2 >= 384.999, 'clear of the hands');
        if (rank > 0) assert.ok(y - cards[order[rank - 1]!]! >= height - 0.001, 'apart and in order');
      }
    });
  });

  it('leaves a card at its mark where there is room', () => {
    assert.deepEqual(placeCards([100, 500], 60), [100, 500]);
  });
});
