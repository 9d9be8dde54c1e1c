/** Several patients under one rule set, and under another version of it: a row each, what differs marked. */
import type { CompiledRuleSet } from '../evaluation/compile.ts';
import type { DecisionPart } from '../evaluation/outcome.ts';
import type { ScoreTotal } from '../evaluation/score-outcomes.ts';
import { type Summary, summarise } from '../evaluation/summary.ts';
import { Exact } from '../model/exact.ts';
import type { Patient } from '../model/patient.ts';
import type { Fact, RuleSet } from '../model/rule-set.ts';
import type { CompareCell, CompareGrid, CompareRow } from './compare-model.ts';
import { answerOf, strictness, toneOfPart } from './reading.ts';
import { factTitle, scoreName, titleOf } from './titles.ts';
import { amountText, capitalised, inSentence, numbersText, unitText } from './words.ts';

/** A patient with the name its row has. */
export interface Compared {
  readonly uri: string;
  readonly title: string;
  readonly patient: Patient;
}

const MOST_FACTS = 3;

/** `other` is the version compared with; undefined: none. Decisions and scores it lacks are told as missing there. */
export function compareGrid(compiled: CompiledRuleSet, other: CompiledRuleSet | undefined, patients: readonly Compared[]): CompareGrid {
  const { ruleSet } = compiled;
  const columns = columnsOf(ruleSet);
  const rows = patients.map(({ uri, title, patient }): CompareRow => {
    const now = summarise(compiled, patient);
    const then = other && summarise(other, patient);
    const cells = columns.map(({ read }) => {
      const cell = read(ruleSet, now, patient);
      const was = then && other && read(other.ruleSet, then, patient);
      return was && was.text !== cell.text ? { ...cell, was: was.text === '' ? 'not there' : was.text } : cell;
    });
    return { uri, title, cells, differs: cells.some(({ was }) => was !== undefined) };
  });
  return { columns: columns.map(({ title, kind }) => ({ title, kind })), rows, differing: rows.filter(({ differs }) => differs).length };
}

interface Column {
  readonly title: string;
  readonly kind: 'decision' | 'number';
  read(ruleSet: RuleSet, summary: Summary, patient: Patient): CompareCell;
}

function columnsOf(ruleSet: RuleSet): Column[] {
  const decisions = [...ruleSet.decisions.values()].map((decision): Column => {
    const title = ruleSet.decisions.size === 1 ? 'Decision' : titleOf(decision, decision.id);
    return { title, kind: 'decision', read: (own, { decisions: made }) => decisionCell(own, decision.id, made[decision.id]) };
  });
  const scores = [...ruleSet.scores.values()].map((score): Column => {
    const several = score.of ? `, ${score.worst ?? 'highest'}` : '';
    return {
      title: `${scoreName(ruleSet, score.id)}${several}`,
      kind: 'number',
      read: (_, summary) => scoreCell(summary.scores, score.id, score.worst === 'lowest'),
    };
  });
  return [...decisions, ...scores, ...factsWithThresholds(ruleSet).map(factColumn(ruleSet))];
}

function decisionCell(ruleSet: RuleSet, id: string, part: DecisionPart | undefined): CompareCell {
  if (!part) return { text: '', tone: undefined, rank: Number.MAX_SAFE_INTEGER };
  const tone = toneOfPart(ruleSet.decisions.get(id), part);
  const value = part.status === 'decided' && typeof part.value === 'string' ? part.value : undefined;
  const rank = value === undefined ? RANKS.indexOf(part.status) : 10 + strictness(ruleSet, id, value);
  return { text: inSentence(answerOf(ruleSet, id, part)), tone, rank };
}

/** What is open or contradicts itself is looked at first. */
const RANKS: readonly DecisionPart['status'][] = ['conflict', 'undetermined', 'no-answer'];

/** Of several records the worst; a total that is not known as all that are possible. */
function scoreCell(outcomes: readonly ScoreTotal[], id: string, lowest: boolean): CompareCell {
  const own = outcomes.filter(score => score.id === id && score.state !== 'not-scorable');
  const totals = own.map(({ total, totals: possible }) => (total === undefined ? (possible ?? []) : [total]));
  const worth = (values: readonly string[]) => Number(lowest ? values[0] : values.at(-1));
  const known = totals.filter(values => values.length > 0);
  if (!known.length) return { text: own.length ? '?' : '–', tone: undefined, rank: Number.NEGATIVE_INFINITY };
  const worst = known.reduce((best, each) => ((lowest ? worth(each) < worth(best) : worth(each) > worth(best)) ? each : best));
  return { text: numbersText(worst, 'or'), tone: undefined, rank: worth(worst) };
}

/** Numbers of the patient that the rule set has cut-offs for, in the order of the vocabulary. */
function factsWithThresholds(ruleSet: RuleSet): readonly Fact[] {
  const named = new Set([...ruleSet.thresholds.values()].map(({ fact }) => fact?.value));
  return [...ruleSet.facts.values()].filter(({ id, type }) => named.has(id) && type !== 'date' && type !== 'boolean').slice(0, MOST_FACTS);
}

function factColumn(ruleSet: RuleSet): (fact: Fact) => Column {
  return fact => ({
    title: `${capitalised(factTitle(ruleSet, fact.id))}${fact.unit ? ` ${unitText(fact.unit.value)}` : ''}`,
    kind: 'number',
    read: (_, __, patient) => {
      const values = patient.facts.get(fact.id)?.values ?? [];
      const texts = values.map(({ value, unit }) =>
        unit && unit.value !== fact.unit?.value ? amountText(String(value), unit.value) : String(value),
      );
      const [first] = values;
      return {
        text: texts.join(' or ') || '–',
        tone: undefined,
        rank: first?.value instanceof Exact ? first.value.double : Number.NEGATIVE_INFINITY,
      };
    },
  });
}
