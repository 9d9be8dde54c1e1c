/** The evaluator, for what needs it only now and then: loaded with the first patient that is run. */
export { compile } from '../evaluation/compile.ts';
export { evaluate } from '../evaluation/evaluate.ts';
