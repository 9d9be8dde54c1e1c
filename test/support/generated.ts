/** A generated file is checked by the test that generates it: stale means written and failed, once. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export function assertGenerated(file: string, expected: string): void {
  const actual = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (actual === expected) return;
  writeFileSync(file, expected);
  assert.fail(`${file} was out of date and has been rewritten. Look at the change, then commit it.`);
}
