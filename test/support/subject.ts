/** An example as a subject: its text and the files beside it, put together as the workspace does. */
import { posix } from 'node:path';
import type { Example, Subject } from '../../server/src/diagnostics/define.ts';
import { casesOf, extendCase } from '../../server/src/model/case-table.ts';
import { extendPatient } from '../../server/src/model/extend-patient.ts';
import { type LinkProblem, linkRuleSet } from '../../server/src/model/link.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import { readPatient } from '../../server/src/model/read-patient.ts';
import { readRuleSet } from '../../server/src/model/read-rule-set.ts';
import type { Name, RuleSet, RuleSetFile } from '../../server/src/model/rule-set.ts';
import { type ParsedDocument, parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';

const FOLDER = '/examples';
export const TODAY = '2026-11-22';

export function subjectOf(example: Pick<Example, 'text' | 'patient' | 'files'>): Subject {
  const main = `main.${example.patient ? 'patient' : 'clinical'}.json`;
  return new Folder({ ...example.files, [main]: example.text }).subject(main);
}

/** Texts by relative path, each read once. */
export class Folder {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #read: Map<string, RuleSetFile>;

  constructor(files: Readonly<Record<string, string>>, read: ReadonlyMap<string, RuleSetFile> = new Map()) {
    this.#texts = new Map(Object.entries(files).map(([path, text]) => [posix.join(FOLDER, path), text]));
    this.#read = new Map(read);
  }

  /** The same folder with another text in one file. */
  with(path: string, text: string): Folder {
    const file = posix.join(FOLDER, path);
    const texts = Object.fromEntries([...this.#texts].map(([other, old]) => [posix.relative(FOLDER, other), other === file ? text : old]));
    return new Folder(texts, new Map([...this.#read].filter(([other]) => other !== file)));
  }

  subject(path: string): Subject {
    const file = posix.join(FOLDER, path);
    return file.endsWith('.patient.json') ? this.patientSubject(file) : this.ruleSetSubject(file);
  }

  ruleSetSubject(file: string): Subject {
    const own = this.#ruleSetFile(file)!;
    const { ruleSet, problems } = linkRuleSet(own, this.#load);
    const others = [...this.#texts.keys()].filter(other => other !== file && other.endsWith('.clinical.json'));
    const usedBy = others.map(other => this.#link(other)).filter(whole => whole.files.some(part => part.file === file));
    return {
      kind: 'rule-set',
      ...this.#form(file, 'rule-set'),
      own,
      ruleSet,
      usedBy,
      linkProblems: problems.filter(problem => problem.file === file),
    };
  }

  patientSubject(file: string): Subject {
    const document = parseDocument(this.#texts.get(file)!);
    const own = readPatient(document, file);
    const linkProblems: LinkProblem[] = [];
    const ruleSets = own.for.flatMap(({ path }) => {
      const target = this.#load({ file } as RuleSetFile, path);
      if (typeof target === 'object') return [this.#link(target.file)];
      linkProblems.push({ kind: target, file, span: path.span, data: { path: path.value } });
      return [];
    });
    const patient = this.#extended(own);
    const csv = own.cases?.csv && posix.join(posix.dirname(file), own.cases.csv.value);
    const { patients, problems: caseProblems } = casesOf(
      own,
      csv === undefined ? undefined : { file: csv, text: this.#texts.get(csv) ?? '' },
    );
    const cases = patients.map(row => ({ own: row, patient: extendCase(row, patient) }));
    return { kind: 'patient', ...this.#form(file, 'patient'), own, patient, ruleSets, cases, caseProblems, linkProblems };
  }

  #form(file: string, kind: 'rule-set' | 'patient') {
    const document: ParsedDocument = parseDocument(this.#texts.get(file)!);
    return { file, document, schemaProblems: checkSchema(document, kind), today: TODAY };
  }

  #extended(patient: Patient): Patient {
    const base = patient.extends && posix.join(posix.dirname(patient.file), patient.extends.value);
    const text = base && this.#texts.get(base);
    return base && text ? extendPatient(patient, this.#extended(readPatient(parseDocument(text), base))) : patient;
  }

  #link(file: string): RuleSet {
    return linkRuleSet(this.#ruleSetFile(file)!, this.#load).ruleSet;
  }

  #load = (from: RuleSetFile, path: Name): RuleSetFile | LinkProblem['kind'] => {
    const target = posix.join(posix.dirname(from.file), path.value);
    if (!target.startsWith(`${FOLDER}/`)) return 'outside-workspace';
    if ([...this.#texts.keys()].some(file => file.startsWith(`${target}/`))) return 'not-a-file';
    return this.#ruleSetFile(target) ?? 'missing-file';
  };

  #ruleSetFile(file: string): RuleSetFile | undefined {
    const text = this.#texts.get(file);
    if (text === undefined) return undefined;
    const known = this.#read.get(file) ?? readRuleSet(parseDocument(text), file);
    this.#read.set(file, known);
    return known;
  }
}
