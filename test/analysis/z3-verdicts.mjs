/** Runs z3 in a process of its own: texts of SMT-LIB in, one a question; verdicts out, as a list in JSON. */
import { readFileSync } from 'node:fs';
import { init } from 'z3-solver';

const questions = JSON.parse(readFileSync(0, 'utf8'));
const { Context } = await init();
const { Solver } = new Context('main');
const verdicts = [];
for (const text of questions) {
  const solver = new Solver();
  solver.fromString(text);
  verdicts.push(await solver.check());
}
process.stdout.write(JSON.stringify(verdicts), () => process.exit(0));
