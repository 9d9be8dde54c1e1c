/** The one source of chance in the tests: numbers in [0, 1) from a seed, the same on every machine. */
export { seeded } from '../bench/generate.ts';
