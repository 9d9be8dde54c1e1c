/** The severities the user has chosen. */
import { type Config, chosenBy } from '../config.ts';
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

/** What the team says comes first: everybody who works on a rule set is told the same. */
export function analysisFor(own: AnalysisSettings, config: Config | undefined): AnalysisSettings {
  return { enabled: config?.enabled ?? own.enabled, steps: config?.steps ?? own.steps };
}

/** Texts of a setting that is a list; what makes no sense counts as not set. */
export function textsIn(given: unknown): readonly string[] {
  return Array.isArray(given) ? given.filter((one): one is string => typeof one === 'string' && one !== '') : [];
}

const SEVERITIES: ReadonlySet<unknown> = new Set<Severity>(['error', 'warning', 'information']);
const DEFAULTS = new Map([...Object.entries(severitiesOfAnalysed), ...registry.map(({ code, severity }) => [code, severity] as const)]);

/**
 * Unknown codes and values change nothing: a slip in the settings must not hide a finding. Editors send the defaults along, and those change
 * nothing either: a finding may be graver than its diagnostic usually is. Undefined where it is not to be told.
 */
export function choose(found: Diagnostic, settings: Settings, config: Config | undefined): Diagnostic | undefined {
  const agreed = chosenBy(config, found);
  if (agreed !== undefined) return agreed === 'off' ? undefined : agreed;
  const setting = Object.hasOwn(settings, found.code) ? settings[found.code] : undefined;
  if (setting === 'off') return undefined;
  return SEVERITIES.has(setting) && setting !== DEFAULTS.get(found.code) ? { ...found, severity: setting as Severity } : found;
}
