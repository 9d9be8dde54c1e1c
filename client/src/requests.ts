/** The names of the server's own requests. Their types are the server's, so that the compiler holds the two together. */
import type * as protocol from '../../server/src/lsp/protocol.ts';

export const PREVIEW: typeof protocol.PREVIEW = 'clinicalRules/preview';
export const WHAT_IF: typeof protocol.WHAT_IF = 'clinicalRules/whatIf';
export const PATIENTS: typeof protocol.PATIENTS = 'clinicalRules/patients';
export const RULE_SETS: typeof protocol.RULE_SETS = 'clinicalRules/ruleSets';
export const NEW_PATIENT: typeof protocol.NEW_PATIENT = 'clinicalRules/newPatient';
export const WHAT_WOULD_CHANGE: typeof protocol.WHAT_WOULD_CHANGE = 'clinicalRules/whatWouldChange';
export const REPORT: typeof protocol.REPORT = 'clinicalRules/report';
export const COMPARE: typeof protocol.COMPARE = 'clinicalRules/compare';
export const IMPORT: typeof protocol.IMPORT = 'clinicalRules/import';
export const DE_IDENTIFY: typeof protocol.DE_IDENTIFY = 'clinicalRules/deIdentify';
export const SAVE_CHANGES: typeof protocol.SAVE_CHANGES = 'clinicalRules/saveChanges';
export const CHANGED: typeof protocol.CHANGED = 'clinicalRules/changed';
export const SAVE_WITNESS: typeof protocol.SAVE_WITNESS = 'clinical-rules.saveWitness';
export const PREVIEW_WITNESS: typeof protocol.PREVIEW_WITNESS = 'clinical-rules.previewWitness';
export const FILL_IN: typeof protocol.FILL_IN = 'clinical-rules.fillIn';
export const SHOW_REFERENCES: typeof protocol.SHOW_REFERENCES = 'clinical-rules.showReferences';
export const PLAIN: typeof protocol.PLAIN = 'clinicalRules/plain';
export const PROOFS: typeof protocol.PROOFS = 'clinicalRules/proofs';
export const FIX_ALL: typeof protocol.FIX_ALL = 'clinicalRules/fixAll';
export const TESTS: typeof protocol.TESTS = 'clinicalRules/tests';
export const RUN_TESTS: typeof protocol.RUN_TESTS = 'clinicalRules/runTests';
export const TEST_RESULTS: typeof protocol.TEST_RESULTS = 'clinicalRules/testResults';
export const MUTANTS: typeof protocol.MUTANTS = 'clinicalRules/mutants';
export const MUTANTS_DONE: typeof protocol.MUTANTS_DONE = 'clinicalRules/mutantsDone';
