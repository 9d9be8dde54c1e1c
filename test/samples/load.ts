/** Reads the samples from disk, each file once: rule sets with all they use, patients with all they extend. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { type CompiledRuleSet, compile } from '../../server/src/evaluation/compile.ts';
import { extendPatient } from '../../server/src/model/extend-patient.ts';
import { type Linked, linkRuleSet } from '../../server/src/model/link.ts';
import type { Patient } from '../../server/src/model/patient.ts';
import { readPatient } from '../../server/src/model/read-patient.ts';
import { readRuleSet } from '../../server/src/model/read-rule-set.ts';
import type { RuleSetFile } from '../../server/src/model/rule-set.ts';
import { type ParsedDocument, parseDocument } from '../../server/src/syntax/document.ts';

export const SAMPLES = 'samples';

const all = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).map(path => join(SAMPLES, path));
export const ruleSetFiles = all.filter(path => path.endsWith('.clinical.json')).sort();
export const patientFiles = all.filter(path => path.endsWith('.patient.json')).sort();

const documents = new Map<string, ParsedDocument>();
const ruleSets = new Map<string, RuleSetFile>();
const wholes = new Map<string, Linked>();
const compiled = new Map<string, CompiledRuleSet>();

export function document(path: string): ParsedDocument {
  return remember(documents, path, () => parseDocument(readFileSync(path, 'utf8')));
}

export function ruleSetFile(path: string): RuleSetFile {
  return remember(ruleSets, path, () => readRuleSet(document(path), path));
}

/** A rule set with everything it uses. */
export function whole(path: string): Linked {
  return remember(wholes, path, () =>
    linkRuleSet(ruleSetFile(path), (from, to) => {
      const target = besides(from.file, to.value);
      return ruleSetFiles.includes(target) ? ruleSetFile(target) : 'missing-file';
    }),
  );
}

export function compiledWhole(path: string): CompiledRuleSet {
  return remember(compiled, path, () => compile(whole(path).ruleSet));
}

/** A patient with everything it extends. */
export function wholePatient(path: string): Patient {
  const own = readPatient(document(path), path);
  return own.extends ? extendPatient(own, wholePatient(besides(path, own.extends.value))) : own;
}

/** The rule set file of that id among those the patient is meant for. */
export function ruleSetOf(patient: Patient, id: string): string {
  const paths = patient.for.map(({ path, file }) => besides(file, path.value));
  const found = paths.find(path => ruleSetFile(path).id?.value === id);
  assert.ok(found, `${patient.file} expects something of “${id}”, which is none of ${paths.join(', ')}`);
  return found;
}

function besides(file: string, path: string): string {
  return normalize(join(dirname(file), path));
}

function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
