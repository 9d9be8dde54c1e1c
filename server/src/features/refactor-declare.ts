/** Declares a name that nothing declares, from what is said of it where it is used: its author completes it. */
import type { RuleSetSubject } from '../diagnostics/define.ts';
import { unresolvedNames } from '../diagnostics/unresolved.ts';
import { ANYWHERE, factIn, LOCATED, type Reference, referencesOf } from '../model/names.ts';
import type { RuleSet, RuleSetFile, Section } from '../model/rule-set.ts';
import { type ObjectNode, valueOf as valueUnder } from '../syntax/node.ts';
import type { Edit } from '../text/span.ts';
import { itemEdit, propertyEdit, written } from './insert.ts';
import { factFrom } from './refactor-declare-fact.ts';
import { declarationEdit } from './refactor-declare-in.ts';
import { isFree, type Refactoring, type Scene, stepsAt, stringOf } from './refactor-scene.ts';
import { capitalised, spoken } from './words.ts';

/** For each name at the cursor that means nothing. Never a rule, nor a value of a decision: where it would stand says how strict it is. */
export function declareMissing(scene: Scene, subject: RuleSetSubject): Refactoring[] {
  const here = unresolvedNames(subject).filter(
    ({ reference: { name } }) => name.span.start <= scene.span.end && scene.span.start <= name.span.end,
  );
  return here.flatMap(({ reference, why }) => {
    if (why === 'undefined') return declared(scene, reference);
    return why === 'undefined-value' && reference.to.kind === 'value' ? newValue(scene, reference, reference.to.fact.value) : [];
  });
}

function declared(scene: Scene, reference: Reference): Refactoring[] {
  const id = reference.name.value;
  if (!/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(id)) return [];
  const { to } = reference;
  if (to.kind === 'fact' || to.kind === 'input') return factDeclarations(scene, reference);
  const section = to.kind === 'item' ? to.section : to.kind === 'requirement' ? 'advice' : undefined;
  const value = section && skeleton(scene, reference, section);
  if (!section || value === undefined) return [];
  const name = section === 'advice' ? adviceSection(reference) : section;
  const noun = NOUNS[name] ?? name;
  return inSection(scene, name, id, value).map(edits => ({ title: `Declare the ${noun} “${id}”`, kind: 'extract', edits: [edits] }));
}

const NOUNS: Readonly<Record<string, string>> = {
  sources: 'source',
  sites: 'site',
  activities: 'activity',
  assessments: 'assessment',
  parameters: 'parameter',
  phases: 'phase',
  groups: 'group',
  scores: 'score',
  thresholds: 'threshold',
  decisions: 'decision',
};

/** What is required is most often an assessment. */
function adviceSection({ to }: Reference): string {
  return to.kind === 'requirement' ? 'assessments' : 'activities';
}

/** Where the id is free in every whole that would then hold it. */
function inSection(scene: Scene, section: string, id: string, value: object) {
  const table = SECTION_TABLES[section] ?? (section as Section);
  const own = scene.ruleSet.root;
  const file = [homeOf(scene, table), own.file].find(one => isFree(scene, one, id, [table]));
  const source = file === undefined ? undefined : scene.textOf(file);
  if (file === undefined || source?.root?.type !== 'object') return [];
  const edit = declarationEdit(source.text, source.root, section, id, written(value));
  return edit ? [{ file, edits: [edit] }] : [];
}

const SECTION_TABLES: Readonly<Record<string, Section>> = { activities: 'advice', assessments: 'advice' };

/** The file itself if it has such a section; else the one of those it uses that declares most. An adaptation adds nothing to its base. */
function homeOf({ ruleSet }: Scene, table: Section): string {
  const { root, files } = ruleSet;
  if (root[table].size > 0 || root.basedOn) return root.file;
  const most = (best: RuleSetFile, one: RuleSetFile) => (one[table].size > best[table].size ? one : best);
  return files.reduce(most, root).file;
}

function skeleton(scene: Scene, reference: Reference, section: Section): object | undefined {
  const title = capitalised(spoken(reference.name.value));
  switch (section) {
    case 'sources':
    case 'sites':
    case 'advice':
    case 'phases':
      return { title };
    case 'groups':
      return { title, facts: {} };
    case 'parameters':
      return { title, ...measureOf(scene, reference) };
    case 'decisions': {
      const values = partsNamed(scene, reference, 'decision-value');
      return values.length === 0 ? undefined : { title, values, resolve: 'strictest' };
    }
    case 'scores':
      return scoreFor(scene, reference, title);
    case 'thresholds':
      return thresholdFor(scene, reference, title);
    default:
      return undefined;
  }
}

/** The values or bands that the file names of it, each once. */
function partsNamed({ ruleSet }: Scene, { name }: Reference, kind: 'band' | 'decision-value'): string[] {
  const parts = referencesOf(ruleSet.root).filter(({ to }) => {
    if (to.kind === 'band') return kind === 'band' && to.score.value === name.value;
    return to.kind === 'decision-value' && kind === to.kind && to.decision.value === name.value;
  });
  return [...new Set(parts.map(part => part.name.value))];
}

/** A unit where one is written beside it, else the places named on its order. */
function measureOf(scene: Scene, { name }: Reference): object {
  const steps = stepsAt(scene.textOf(scene.file)?.root, name.span);
  const range = steps.find(({ node }) => node.type === 'object' && node.properties.some(({ key }) => BOUNDS.has(key)))?.node;
  const unit = range && stringOf(range, 'unit');
  const places =
    range?.type === 'object' ? range.properties.flatMap(({ key }) => (BOUNDS.has(key) ? (stringOf(range, key) ?? []) : [])) : [];
  if (unit === undefined && places.length > 0) return { order: [...new Set(places)] };
  return { unit: unit ?? '1' };
}

const BOUNDS = new Set(['is', 'atLeast', 'above', 'atMost', 'below', 'value']);

/** With one option for each band that is named: what its parts are, the source says. */
function scoreFor(scene: Scene, reference: Reference, title: string): object {
  const group = groupOf(scene.ruleSet, reference.group);
  const bands = partsNamed(scene, reference, 'band');
  const options = Object.fromEntries((bands.length === 0 ? ['none'] : bands).map((band, i) => [band, i]));
  const written = bands.map((band, i) => [
    band,
    { ...(i > 0 && { atLeast: i }), ...(i < bands.length - 1 && { atMost: i }), ...(bands.length === 1 && { atLeast: 0 }) },
  ]);
  return {
    title,
    ...(group !== undefined && { of: group }),
    components: { 'first-part': { title: 'First part', options } },
    ...(bands.length > 0 && { bands: Object.fromEntries(written) }),
    ...sourceOf(scene, reference),
  };
}

/** Of the number whose name is most like it, at the end of its domain: nobody can say where the cut-off lies. */
function thresholdFor(scene: Scene, reference: Reference, title: string): object | undefined {
  const words = reference.name.value.split('-');
  const facts = [...scene.ruleSet.facts.values(), ...scene.ruleSet.derived.values()].filter(
    ({ type, group }) => group === undefined && (type === 'quantity' || type === 'integer' || type === 'decimal'),
  );
  const likeness = (id: string) => id.split('-').filter(word => words.includes(word)).length;
  const fact = [...facts].sort((a, b) => likeness(b.id) - likeness(a.id))[0];
  if (!fact) return undefined;
  const bound = Number((fact.maximum ?? fact.minimum)?.value.toString(12) ?? 0);
  if (Number.isNaN(bound)) return undefined;
  return { title, fact: fact.id, atLeast: bound, ...(fact.unit && { unit: fact.unit.value }), ...sourceOf(scene, reference) };
}

/** What the item that names it rests on. */
function sourceOf(scene: Scene, { from }: Reference): object {
  const source = (from as RuleSetFile['rules'] extends ReadonlyMap<string, infer R> ? R | undefined : never)?.source?.source?.value;
  const id = source ?? (scene.ruleSet.sources.size === 1 ? [...scene.ruleSet.sources.keys()][0] : undefined);
  return id === undefined ? {} : { source: { id } };
}

function groupOf(ruleSet: RuleSet, group: string | undefined): string | undefined {
  if (group === LOCATED) return ruleSet.locatedGroup?.id;
  return group === ANYWHERE || group === undefined || !ruleSet.groups.has(group) ? undefined : group;
}

/** Of the records in sight, and of the patient: the author knows which. */
function factDeclarations(scene: Scene, reference: Reference): Refactoring[] {
  const id = reference.name.value;
  const value = factFrom(scene, id);
  if (!value) return [];
  const group = groupOf(scene.ruleSet, reference.group);
  const ofPatient = inSection(scene, 'facts', id, value).filter(({ file }) => isFree(scene, file, id, ['facts', 'derived']));
  const all = ofPatient.map((edits): Refactoring => ({ title: `Declare the fact “${id}”`, kind: 'extract', edits: [edits] }));
  const inGroup = group === undefined ? undefined : groupFact(scene, group, id, value);
  return inGroup ? [inGroup, ...all] : all;
}

function groupFact(scene: Scene, group: string, id: string, value: object): Refactoring | undefined {
  const declared = scene.ruleSet.groups.get(group)!;
  const source = scene.textOf(declared.file);
  const facts = valueUnder(valueUnder(valueUnder(source?.root, 'groups'), group), 'facts');
  if (!source || facts?.type !== 'object') return undefined;
  const edit = propertyEdit(source.text, facts, id, value);
  return { title: `Declare the fact “${id}” of “${group}”`, kind: 'extract', edits: [{ file: declared.file, edits: [edit] }] };
}

/** A further value of a code: in its list, or in the section of the vocabulary it takes its values from. */
function newValue(scene: Scene, reference: Reference, factId: string): Refactoring[] {
  const fact = factIn(scene.ruleSet, reference.group, factId);
  const id = reference.name.value;
  if (fact?.type !== 'code' || !/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(id)) return [];
  const title = capitalised(spoken(id));
  if (typeof fact.values === 'string') {
    const section = fact.values;
    return inSection(scene, section, id, { title }).map(edits => ({
      title: `Declare “${id}” in “${section}”`,
      kind: 'extract',
      edits: [edits],
    }));
  }
  const source = scene.textOf(fact.file);
  const steps = stepsAt(source?.root, fact.span);
  const node = steps.find(step => step.node.start === fact.span.start && step.node.end === fact.span.end)?.node as ObjectNode | undefined;
  const values = valueUnder(node, 'values');
  const edit: Edit | undefined =
    source &&
    values &&
    (values.type === 'array'
      ? itemEdit(source.text, values, id)
      : values.type === 'object'
        ? propertyEdit(source.text, values, id, { title })
        : undefined);
  return edit ? [{ title: `Add “${id}” to the values of “${fact.id}”`, kind: 'extract', edits: [{ file: fact.file, edits: [edit] }] }] : [];
}
