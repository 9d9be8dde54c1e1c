/** The severities the user has chosen. */
import type { Diagnostic, Severity } from '../diagnostics/define.ts';
import { registry, severitiesOfAnalysed } from '../diagnostics/registry.ts';

/** By code: another severity, or `off`. */
export type Settings = Readonly<Record<string, unknown>>;

/** How rule sets are analysed as wholes. */
export interface AnalysisSettings {
  readonly enabled: boolean;
  /** The budget; undefined: the usual one. */
  readonly steps: number | undefined;
}

/** What makes no sense counts as not set: a slip must not switch the analysis off. */
export function analysisSettings(given: Settings | null | undefined): AnalysisSettings {
  const steps = given?.steps;
  return {
    enabled: given?.enabled !== false,
    steps: typeof steps === 'number' && Number.isInteger(steps) && steps > 0 ? steps : undefined,
  };
}

const SEVERITIES: ReadonlySet<unknown> = new Set<Severity>(['error', 'warning', 'information']);
const DEFAULTS = new Map([...Object.entries(severitiesOfAnalysed), ...registry.map(({ code, severity }) => [code, severity] as const)]);

/**
 * Unknown codes and values change nothing: a slip in the settings must not hide a finding. Editors send the defaults along, and those change
 * nothing either: a finding may be graver than its diagnostic usually is.
 */
export function choose(found: readonly Diagnostic[], settings: Settings): readonly Diagnostic[] {
  return found.flatMap(diagnostic => {
    const setting = Object.hasOwn(settings, diagnostic.code) ? settings[diagnostic.code] : undefined;
    if (setting === 'off') return [];
    if (!SEVERITIES.has(setting) || setting === DEFAULTS.get(diagnostic.code)) return [diagnostic];
    return [{ ...diagnostic, severity: setting as Severity }];
  });
}
