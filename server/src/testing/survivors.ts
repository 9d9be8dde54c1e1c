/** Mutants that no case notices: with a patient for whom the two say something else, or with the proof that there is none. */
import { gather } from '../analysis/gather.ts';
import { askPartly } from '../analysis/partly-asked.ts';
import { ask, type Inquiry, inquire } from '../analysis/question.ts';
import type { WitnessPatient } from '../analysis/witness.ts';
import { type Answer, answer } from '../evaluation/answer.ts';
import type { CompiledRuleSet } from '../evaluation/compile.ts';
import { judge } from '../evaluation/judge.ts';
import { stateOf } from '../evaluation/patient-state.ts';
import { readPatient } from '../model/read-patient.ts';
import type { Condition, Rule, RuleSet } from '../model/rule-set.ts';
import { replayWith, witnessText } from '../replay.ts';
import { parseDocument } from '../syntax/document.ts';
import { NOWHERE } from './asked.ts';
import type { MutantQuestion, MutantQuestions, Nobody } from './mutant-question.ts';
import { questionsOf } from './mutant-questions.ts';
import { underMutant, type Worked } from './mutant-run.ts';
import { isSameByValues } from './mutant-values.ts';
import type { Mutant } from './mutants.ts';
import { type Apart, toldApart } from './told-apart.ts';

/** Who would notice a mutant, and by what. */
export interface Telling extends Apart {
  readonly ruleSet: RuleSet;
  readonly patient: WitnessPatient;
}

export type Settled =
  | { readonly status: 'survived'; readonly telling: Telling }
  /** Nobody could notice it, however much is known of them: proved. */
  | { readonly status: 'equivalent' }
  /** Neither a patient nor a proof. */
  | { readonly status: 'not-settled' };

/** Steps for one question. */
const STEPS = 300_000;

/** Patients found for other mutants of the same thing are tried first, and this many of those found last. */
const TRIED = 30;

interface Found extends Worked {
  readonly witness: WitnessPatient;
  readonly answer: Answer;
  readonly item: string;
}

/** Settles mutants of one rule set; what the questions share is made once for all of these. */
export class Settler {
  readonly #compiled: CompiledRuleSet;
  readonly #questions: ReadonlyMap<Mutant, MutantQuestions>;
  readonly #inquiry: Inquiry;
  readonly #found: Found[] = [];

  constructor(compiled: CompiledRuleSet, mutants: readonly Mutant[]) {
    const { ruleSet } = compiled;
    this.#compiled = compiled;
    this.#questions = new Map(mutants.map(mutant => [mutant, questionsOf(mutant, ruleSet)]));
    const asked = [...this.#questions.values()].flatMap(({ asked }) => asked);
    this.#inquiry = { ...inquire(ruleSet, STEPS, replayWith(ruleSet)), gathered: gather(asking(ruleSet, asked)), share: STEPS };
  }

  settle(mutant: Mutant): Settled {
    const under = underMutant(this.#compiled, mutant);
    const tells = (found: Found): Apart | undefined => {
      const other = under(found);
      if (!other) return undefined;
      const { compiled, state, judgement } = other;
      const is = { ruleSet: compiled.ruleSet, answer: answer(compiled, state, judgement) };
      return toldApart({ ruleSet: this.#compiled.ruleSet, answer: found.answer }, is);
    };
    const known = this.#known(mutant, tells) ?? this.#asked(mutant, tells);
    if (known === 'equivalent' || known === 'not-settled') return { status: known };
    this.#found.push(known);
    return { status: 'survived', telling: { ruleSet: this.#compiled.ruleSet, patient: known.witness, ...tells(known)! } };
  }

  /** Whether it is proved that no case could tell: asked without looking for anybody who would. */
  isProved(mutant: Mutant): boolean {
    const { proofs } = this.#questions.get(mutant)!;
    return isSameByValues(this.#compiled.ruleSet, mutant) || this.#proved(proofs, mutant, () => undefined) === 'equivalent';
  }

  #known({ item }: Mutant, tells: (found: Found) => Apart | undefined): Found | undefined {
    const tried = new Set([...this.#found.filter(each => each.item === item.id), ...this.#found.slice(-TRIED)]);
    return [...tried].find(tells);
  }

  #asked(mutant: Mutant, tells: (found: Found) => Apart | undefined): Found | 'equivalent' | 'not-settled' {
    const { asked, proofs } = this.#questions.get(mutant)!;
    let proved: Found | 'equivalent' | undefined;
    let isTried = false;
    const prove = () => {
      if (isTried) return proved;
      isTried = true;
      proved = isSameByValues(this.#compiled.ruleSet, mutant) ? 'equivalent' : this.#proved(proofs, mutant, tells);
      return proved;
    };
    for (const each of asked) {
      const found = this.#ask(each, patient => tells(this.#worked(patient, mutant)));
      if (found !== 'none' && found !== 'open') return this.#worked(found, mutant);
      // Who is complete does not tell: then nobody may.
      if (found === 'none' && prove()) return proved!;
    }
    return prove() ?? 'not-settled';
  }

  /** A proof that stands, or somebody partly known who tells. */
  #proved(proofs: MutantQuestions['proofs'], mutant: Mutant, tells: (found: Found) => Apart | undefined): Found | 'equivalent' | undefined {
    for (const proof of proofs) {
      let stands = true;
      for (const asked of proof) {
        const answer = this.#anybody(asked);
        if (answer === 'none') continue;
        stands = false;
        const found = typeof answer === 'object' ? this.#worked(answer, mutant) : undefined;
        if (found && tells(found)) return found;
        break;
      }
      if (stands) return 'equivalent';
    }
    return undefined;
  }

  #anybody({ anyScope, plainer = [], cases, ...asked }: Nobody): ReturnType<typeof askPartly> {
    const isNobody = (each: Nobody) => this.#anybody(each) === 'none';
    if (plainer.some(isNobody) || cases?.every(isNobody)) return 'none';
    return askPartly({ ...(anyScope ? this.#everybody() : this.#inquiry), budget: { steps: STEPS } }, asked);
  }

  #ask(
    { question, variants, anyScope }: MutantQuestion,
    tells: (patient: WitnessPatient) => Apart | undefined,
  ): WitnessPatient | 'none' | 'open' {
    const inquiry = () => ({ ...(anyScope ? this.#everybody() : this.#inquiry), budget: { steps: STEPS } });
    const all = (patient: WitnessPatient) => [patient, ...(variants?.(patient) ?? [])];
    // That something else is missing is told only where nothing else can be.
    for (const isEnough of [isPlain, (apart: Apart | undefined) => apart !== undefined]) {
      const shows = (patient: WitnessPatient) => isEnough(tells(patient));
      const found = ask(inquiry(), { ...question, shown: (_, patient) => all(patient).some(shows) });
      if (found.kind === 'none') return 'none';
      const telling = found.kind === 'found' ? all(found.witness).find(shows) : undefined;
      if (telling) return telling;
    }
    return 'open';
  }

  /** Of patients outside the scope too. */
  #everybody(): Inquiry {
    const { ruleSet, gathered } = this.#inquiry;
    const open = { ...ruleSet, root: { ...ruleSet.root, appliesTo: undefined } };
    return { ...inquire(open, STEPS, replayWith(open)), gathered, share: STEPS };
  }

  #worked(patient: WitnessPatient, { item }: Mutant): Found {
    const read = readPatient(parseDocument(witnessText(patient)), 'witness');
    const state = stateOf(this.#compiled.layout, read);
    const judgement = judge(this.#compiled, state);
    return { patient: read, witness: patient, state, judgement, answer: answer(this.#compiled, state, judgement), item: item.id };
  }
}

function isPlain(apart: Apart | undefined): boolean {
  return apart !== undefined && !apart.expected.missing;
}

/** The rule set with every question as a rule of its own: only to gather what is asked of each fact. */
function asking(ruleSet: RuleSet, asked: readonly MutantQuestion[]): RuleSet {
  const rules = asked.map(({ condition, group }, i): [string, Rule] => [`?${i}`, ruleFor(`?${i}`, condition, group)]);
  return { ...ruleSet, rules: new Map([...ruleSet.rules, ...rules]) };
}

function ruleFor(id: string, when: Condition, group: string | undefined): Rule {
  const name = group === undefined ? undefined : { value: group, span: NOWHERE };
  const place = { file: '', idSpan: NOWHERE, span: NOWHERE };
  const none = { title: undefined, reason: undefined, source: undefined, evidence: undefined, defines: new Map(), until: undefined };
  return { id, ...place, ...none, precaution: false, of: name, sites: [], when, then: [], override: undefined, given: undefined };
}
