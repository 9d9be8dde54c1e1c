/** One version of one file: the text and, made on first need and then kept, everything that follows from the text alone. */
import { PATIENT_SUFFIX, RULE_SET_SUFFIX } from './files.ts';
import type { Patient } from './model/patient.ts';
import { readPatient } from './model/read-patient.ts';
import { readRuleSet } from './model/read-rule-set.ts';
import type { Name, RuleSetFile } from './model/rule-set.ts';
import { needsLibrary } from './model/units.ts';
import { type ParsedDocument, parseDocument } from './syntax/document.ts';
import { property } from './syntax/node.ts';
import { checkSchema, type SchemaKind, type SchemaProblem } from './syntax/schema.ts';
import { LineIndex } from './text/line-index.ts';
import { unitsWritten } from './units-written.ts';

export interface Snapshot {
  readonly file: string;
  readonly text: string;
  kind(): SchemaKind;
  lines(): LineIndex;
  document(): ParsedDocument;
  schemaProblems(): readonly SchemaProblem[];
  /** The text read as a rule set, whatever its kind. */
  ruleSet(): RuleSetFile;
  /** The text read as a sample patient, whatever its kind. */
  patient(): Patient;
  /** The paths of other files it names, as written. */
  names(): readonly Name[];
  /** The units only the unit library can tell about: few files have any. */
  strangeUnits(): readonly string[];
}

export function takeSnapshot(file: string, text: string): Snapshot {
  const document = once(() => parseDocument(text));
  const kind = once(() => kindOf(file, document));
  const ruleSet = once(() => readRuleSet(document(), file));
  const patient = once(() => readPatient(document(), file));
  return {
    file,
    text,
    kind,
    lines: once(() => new LineIndex(text)),
    document,
    schemaProblems: once(() => checkSchema(document(), kind())),
    ruleSet,
    patient,
    strangeUnits: once(() => [...unitsWritten(document().root)].filter(needsLibrary)),
    names: once(() => (kind() === 'patient' ? namesOfPatient(patient()) : namesOfRuleSet(ruleSet()))),
  };
}

/** The name decides; a text with another name, or none yet, is a patient if it has what only patients have. */
function kindOf(file: string, document: () => ParsedDocument): SchemaKind {
  if (file.endsWith(PATIENT_SUFFIX)) return 'patient';
  if (file.endsWith(RULE_SET_SUFFIX)) return 'rule-set';
  const { root } = document();
  return ['asOf', 'extends', 'for'].some(key => property(root, key)) ? 'patient' : 'rule-set';
}

function namesOfRuleSet({ uses, basedOn }: RuleSetFile): readonly Name[] {
  return basedOn ? [...uses, basedOn.file] : uses;
}

function namesOfPatient(patient: Patient): readonly Name[] {
  const ruleSets = patient.for.map(({ path }) => path);
  return [...ruleSets, ...[patient.extends, patient.cases?.csv].filter(path => path !== undefined)];
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
