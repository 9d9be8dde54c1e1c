/** Boxes that cover a space of whole numbers or do not, against trying every place, from a seed. */
import assert from 'node:assert/strict';
import { cover } from '../../server/src/analysis/cover.ts';
import { seeded } from '../support/seeded.ts';

const SEED = 20261122;

/** By axis the first and the last place; undefined: any. */
type Box = readonly (readonly [number, number] | undefined)[];

describe(`covering a space with boxes (seed ${SEED})`, () => {
  it('is found, or a part that is free, as trying every place shows', () => {
    const random = seeded(SEED);
    const met = { covered: 0, free: 0 };
    for (let round = 0; round < 5000; round++) {
      const sizes = Array.from({ length: 1 + below(4, random) }, () => 1 + below(5, random));
      const boxes = random() < 0.5 ? pieces(sizes, 1 + below(12, random), random) : scattered(sizes, below(9, random), random);
      const told = cover({ sizes, list: listOf(boxes) }, { steps: 1e6 });
      const left = places(sizes).filter(place => !boxes.some(box => contains(box, place)));
      assert.equal(told.kind, left.length > 0 ? 'free' : 'covered', `round ${round}`);
      if (told.kind === 'free')
        for (const place of places(sizes).filter(one => one.every((at, axis) => at >= told.low[axis]! && at <= told.high[axis]!)))
          assert.ok(!boxes.some(box => contains(box, place)), `round ${round}: ${place}`);
      if (told.kind === 'free') assert.ok(told.low.every((low, axis) => low <= told.high[axis]!));
      met[told.kind as 'covered' | 'free']++;
    }
    assert.ok(met.covered > 1000 && met.free > 1000, JSON.stringify(met));
  });

  it('is found of thousands of pieces too, whether they fill it, one is lost, or one has slipped over another', () => {
    const random = seeded(SEED + 1);
    for (let round = 0; round < 12; round++) {
      const sizes = Array.from({ length: 2 + below(4, random) }, () => 20 + below(60, random));
      const whole = pieces(sizes, 400 + below(1600, random), random, false);
      const steps = { steps: 1e7 };
      assert.equal(cover({ sizes, list: listOf(whole) }, steps).kind, 'covered', `round ${round}`);
      const at = below(whole.length, random);
      for (const others of [[], [whole[(at + 1) % whole.length]!]]) {
        const told = cover({ sizes, list: listOf([...whole.toSpliced(at, 1), ...others]) }, steps);
        assert.ok(told.kind === 'free', `round ${round}`);
        // What is free is the piece that is lost, or some of it.
        assert.ok(contains(whole[at]!, [...told.low]) && contains(whole[at]!, [...told.high]), `round ${round}`);
        assert.ok(told.low.every((low, axis) => low <= told.high[axis]!));
      }
    }
  });

  it('is not taken for all where boxes that meet have as many places together as there are', () => {
    const sizes = [4, 4];
    const twice: Box[] = [
      [[0, 1], undefined],
      [undefined, [0, 1]],
    ];
    assert.equal(cover({ sizes, list: listOf(twice) }, { steps: 1e6 }).kind, 'free');
  });

  it('says that it stopped when the steps run out, never that all is covered', () => {
    const sizes = [4, 4, 4];
    const boxes = places(sizes).map((place): Box => place.map(at => [at, at]));
    assert.equal(cover({ sizes, list: listOf(boxes) }, { steps: 1e6 }).kind, 'covered');
    assert.equal(cover({ sizes, list: listOf(boxes) }, { steps: 10 }).kind, 'stopped');
  });
});

/** The space in pieces that leave nothing out; of some rounds one is lost unless none may be, and some stand for any place of an axis. */
function pieces(sizes: readonly number[], count: number, random: () => number, mayLose = true): Box[] {
  const boxes = [sizes.map((size): [number, number] => [0, size - 1])];
  for (let i = 1; i < count; i++) {
    const at = below(boxes.length, random);
    const axis = below(sizes.length, random);
    const [first, last] = boxes[at]![axis]!;
    if (first === last) continue;
    const cut = first + 1 + below(last - first, random);
    boxes.push(boxes[at]!.with(axis, [cut, last]));
    boxes[at] = boxes[at]!.with(axis, [first, cut - 1]);
  }
  if (mayLose && random() < 0.4) boxes.splice(below(boxes.length, random), 1);
  return boxes.map(box => box.map((side, axis) => (side[0] === 0 && side[1] === sizes[axis]! - 1 && random() < 0.8 ? undefined : side)));
}

function scattered(sizes: readonly number[], count: number, random: () => number): Box[] {
  return Array.from({ length: count }, () =>
    sizes.map((size): [number, number] | undefined => {
      const [one, other] = [below(size, random), below(size, random)];
      return random() < 0.5 ? undefined : [Math.min(one, other), Math.max(one, other)];
    }),
  );
}

function listOf(boxes: readonly Box[]): Int32Array {
  return Int32Array.from(
    boxes.flatMap(box => {
      const sides = box.flatMap((side, axis) => (side ? [axis, ...side] : []));
      return [sides.length / 3, ...sides];
    }),
  );
}

function contains(box: Box, place: readonly number[]): boolean {
  return box.every((side, axis) => !side || (place[axis]! >= side[0] && place[axis]! <= side[1]));
}

function places(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>((rows, size) => rows.flatMap(row => Array.from({ length: size }, (_, at) => [...row, at])), [[]]);
}

function below(end: number, random: () => number): number {
  return Math.floor(random() * end);
}
