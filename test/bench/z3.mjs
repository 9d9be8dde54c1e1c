/**
 * Runs z3 in a process of its own: questions in JSON in; verdicts, milliseconds and milliseconds of the processor out, loading not counted. A question
 * is put as text, or built call by call, as a program does that has the rules in hand; then the building counts too.
 */
import { readFileSync } from 'node:fs';
import { init } from 'z3-solver';

const questions = JSON.parse(readFileSync(0, 'utf8'));
const { Context } = await init();
const { Solver, Int, And, Not } = new Context('main');

/** Starts counting. */
function clock() {
  const start = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { ms: performance.now() - start, cpu: (user + system) / 1000 };
  };
}

async function asText({ text, cap }) {
  const took = clock();
  const solver = new Solver();
  solver.set('timeout', cap);
  solver.fromString(text);
  const verdict = await solver.check();
  return { verdict, ...took() };
}

async function asBuilt({ facts, highest, rules, cap }) {
  const took = clock();
  const solver = new Solver();
  solver.set('timeout', cap);
  const values = Array.from({ length: facts }, (_, i) => Int.const(`f${i}`));
  for (const value of values) solver.add(value.ge(0), value.le(highest));
  for (const { bands } of rules) {
    const tests = bands.flatMap((band, fact) => (band ? [values[fact].ge(band[0]), values[fact].le(band[1])] : []));
    solver.add(Not(And(...tests)));
  }
  const verdict = await solver.check();
  return { verdict, ...took() };
}

/** Pair by pair in one solver, which is the fastest way to ask it. */
async function pairs({ declarations, rules, pairs }) {
  const solver = new Solver();
  solver.fromString(declarations);
  const verdicts = [];
  const took = clock();
  for (const [a, b] of pairs) {
    solver.push();
    solver.fromString(`(assert ${rules[a]})(assert ${rules[b]})`);
    verdicts.push(await solver.check());
    solver.pop();
  }
  return { verdicts, ...took() };
}

// The first question pays for starting: it does not count.
await asText({ text: '(declare-const x Int)(assert (< 0 x 2))', cap: 10_000 });
const answers = [];
for (const question of questions)
  answers.push(await (question.pairs ? pairs(question) : question.text ? asText(question) : asBuilt(question)));
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
