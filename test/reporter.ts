/** Prints as mocha's own reporter named in `MOCHA_REPORTER` does, and leaves the counts where `run.ts` reads them. */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const Printed = Mocha.reporters[process.env.MOCHA_REPORTER === 'spec' ? 'Spec' : 'Dot'];

export default class CountingReporter extends Printed {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      const target = process.env.MOCHA_COUNTS;
      if (target === undefined || runner.stats === undefined) return;
      const { passes, failures, pending } = runner.stats;
      writeFileSync(target, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
}
