/** Runs z3 in a process of its own: questions in JSON in; verdicts and milliseconds out, loading not counted. */
import { readFileSync } from 'node:fs';
import { init } from 'z3-solver';

const questions = JSON.parse(readFileSync(0, 'utf8'));
const { Context } = await init();
const { Solver } = new Context('main');

async function whole({ text, cap }) {
  const start = performance.now();
  const solver = new Solver();
  solver.set('timeout', cap);
  solver.fromString(text);
  const verdict = await solver.check();
  return { verdict, ms: performance.now() - start };
}

/** Pair by pair in one solver, which is the fastest way to ask it. */
async function pairs({ declarations, rules, pairs }) {
  const solver = new Solver();
  solver.fromString(declarations);
  const verdicts = [];
  const start = performance.now();
  for (const [a, b] of pairs) {
    solver.push();
    solver.fromString(`(assert ${rules[a]})(assert ${rules[b]})`);
    verdicts.push(await solver.check());
    solver.pop();
  }
  return { verdicts, ms: performance.now() - start };
}

// The first question pays for starting: it does not count.
await whole({ text: '(declare-const x Int)(assert (< 0 x 2))', cap: 10_000 });
const answers = [];
for (const question of questions) answers.push(await (question.pairs ? pairs(question) : whole(question)));
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
