/** Requests of our own between client and server. Types only: the client imports nothing else from the server. */
import type { Link, Preview } from '../features/preview-model.ts';

export type * from '../features/preview-model.ts';

/** `clinicalRules/preview`: runs a patient through a rule set. Both are URIs. Answer: `PreviewAnswer`. */
export const PREVIEW = 'clinicalRules/preview';
/** `clinicalRules/patients`: the sample patients of the workspace that fit a rule set. Answer: `PatientChoice[]`. */
export const PATIENTS = 'clinicalRules/patients';
/** Notification from the server: texts changed in a way that previews may show. Parameter: `{ uris: string[] }`. */
export const CHANGED = 'clinicalRules/changed';

export interface PreviewParameters {
  readonly ruleSet: string;
  readonly patient: string;
}

export interface PatientChoice {
  readonly uri: string;
  readonly title: string;
  readonly description: string;
  /** Whether the patient names this rule set in `for`. */
  readonly fits: boolean;
}

export type PreviewAnswer =
  | { readonly kind: 'preview'; readonly preview: Preview }
  /** The rule set or the patient cannot be run now; the page keeps the last outcome and shows why. */
  | { readonly kind: 'broken'; readonly message: string; readonly link: Link | undefined };
