/** Chance with a seed, in the forms that random rule sets need. */
import { seeded } from './seeded.ts';

export interface Random {
  chance(likelihood: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** At least one, in the order given. */
  some<T>(from: readonly T[]): T[];
  list<T>(least: number, most: number, make: (index: number) => T): T[];
  shuffled<T>(from: readonly T[]): T[];
}

export function randomOf(seed: number): Random {
  const next = seeded(seed);
  const below = (count: number) => Math.floor(next() * count);
  const random: Random = {
    chance: likelihood => next() < likelihood,
    pick: from => from[below(from.length)]!,
    some: from => {
      const some = from.filter(() => next() < 0.4);
      return some.length > 0 ? some : [random.pick(from)];
    },
    list: (least, most, make) => Array.from({ length: least + below(most - least + 1) }, (_, index) => make(index)),
    shuffled: from => {
      const rest = [...from];
      return from.map(() => rest.splice(below(rest.length), 1)[0]!);
    },
  };
  return random;
}

/** The seed of this run: `SEED` in the environment repeats one. It is printed with every failure. */
export const SEED = Number(process.env.SEED ?? 20261122);

/** Runs a check for many seeds; a failure names the one that shows it. */
export function forSeeds(count: number, check: (random: Random, seed: number) => void): void {
  const only = process.env.SEED !== undefined;
  for (let seed = SEED; seed < SEED + (only ? 1 : count); seed++) {
    try {
      check(randomOf(seed), seed);
    } catch (error) {
      if (error instanceof Error) {
        error.message = `SEED=${seed}: ${error.message}`;
        error.stack = `SEED=${seed}: ${error.stack}`;
      }
      throw error;
    }
  }
}
