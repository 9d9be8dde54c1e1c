/** What the user's settings and waivers make of findings. */
import type { Diagnostic, Severity } from '../diagnostics/define.ts';

/** By code: another severity, or `off`. */
export type Settings = Readonly<Record<string, Severity | 'off'>>;

/** Unknown codes and values in the settings change nothing: a slip there must not hide a finding. */
export function choose(found: readonly Diagnostic[], settings: Settings): readonly Diagnostic[] {
  return found.flatMap(diagnostic => {
    const setting = Object.hasOwn(settings, diagnostic.code) ? settings[diagnostic.code] : undefined;
    if (setting === 'off') return [];
    return setting === 'error' || setting === 'warning' || setting === 'information'
      ? [{ ...diagnostic, severity: setting }]
      : [diagnostic];
  });
}
