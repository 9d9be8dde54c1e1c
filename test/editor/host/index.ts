/** What VS Code calls in the extension host: runs every check and writes what came of it beside this module. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { checks } from './checks.ts';

export async function run(): Promise<void> {
  const failures: Record<string, string> = {};
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check(vscode);
    } catch (problem) {
      failures[name] = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
    }
  }
  writeFileSync(join(__dirname, 'results.json'), JSON.stringify({ ran: Object.keys(checks), failures }, null, 2));
  const count = Object.keys(failures).length;
  if (count > 0) throw new Error(`${count} checks in the extension host failed:\n${Object.values(failures).join('\n')}`);
}
