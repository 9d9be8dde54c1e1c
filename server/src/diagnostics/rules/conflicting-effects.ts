/** Rules that hold for one patient and say what cannot both be done. */
import type { Analysis } from '../../analysis/analyse.ts';
import { amountOf, intervalOf, liesAbove } from '../../model/amounts.ts';
import type { Effect, Parameter, Rule, RuleSet } from '../../model/rule-set.ts';
import { defineRule, type Example, ofAnalysis, type Related } from '../define.ts';
import { togetherText, withText } from '../region-text.ts';
import { afterSource, doesWithAmounts, joinedDoes, listText, placeOf, ruleName } from '../telling.ts';
import { listed, quoted } from '../words.ts';

type Clash = Analysis['clashes'][number];
type Collision = Clash['collisions'][number];
type Party = Collision['advised'];
type Recommend = Extract<Effect, { kind: 'recommend' }>;

/** Everything that one and the same prohibition or limit stands against: one cause. */
interface Conflict {
  readonly ruleSet: RuleSet;
  /** The rule it is told at, and the others. */
  readonly at: Rule;
  readonly rules: readonly Rule[];
  readonly collisions: readonly Collision[];
  readonly clashes: readonly Clash[];
}

export const rule = defineRule<Conflict>({
  code: 'conflicting-effects',
  severity: 'warning',
  analysed: true,
  summary: 'Rules hold for the same patient and say what cannot both be done.',
  docs: `
One rule recommends or requires something that another avoids or forbids (or a kind of it), or an amount that another does not allow, at
the same place and time. Whoever follows the rules has to break one. An activity counts with everything it is a kind of; a choice of several
only if every alternative is barred. It is an error if something is forbidden, required or given a maximum, else a warning. Narrow one of the rules, let one
\`override\` the other with a reason, or have a reviewer waive the finding. What one prohibition stands against is told once, at the prohibition.
`,

  find: ofAnalysis(({ clashes }, { ruleSet, file }) => conflictsOf(clashes, ruleSet).filter(({ at }) => at.file === file)),

  say: conflict => ({
    span: conflict.at.idSpan,
    severity: conflict.collisions.some(one => isGrave(one, conflict.ruleSet)) ? 'error' : 'warning',
    message: messageOf(conflict),
    names: conflict.rules.map(({ id }) => id),
    rules: conflict.rules.map(({ id }) => id),
    related: relatedOf(conflict),
    witness: conflict.clashes[0]!.answer.witness,
  }),
});

function conflictsOf(clashes: readonly Clash[], ruleSet: RuleSet): Conflict[] {
  const byCause = new Map<string, Clash[]>();
  for (const clash of clashes) {
    const key = causeOf(clash).join('+');
    byCause.set(key, [...(byCause.get(key) ?? []), clash]);
  }
  return [...byCause.values()].map(same => {
    const collisions = same.flatMap(clash => clash.collisions);
    const first = collisions[0]!;
    const at = isBar(first) ? first.against[0]!.of : first.advised.of;
    return { ruleSet, at, rules: [...new Set(same.flatMap(({ rules }) => rules))], collisions, clashes: same };
  });
}

/** What is avoided, forbidden or limited is the cause, whatever it meets; doses that do not meet are a matter of two. */
function causeOf({ collisions, rules }: Clash): string[] {
  if (!collisions.every(isBar)) return rules.map(({ id }) => id).sort();
  return [...new Set(collisions.flatMap(({ against }) => against.map(({ of }) => of.id)))].sort();
}

function isBar({ against }: Collision): boolean {
  return against.every(({ effect }) => effect.kind !== 'recommend');
}

function isGrave({ advised, against, parameter }: Collision, ruleSet: RuleSet): boolean {
  return [advised, ...against].some(({ effect }) => {
    if (effect.kind === 'recommend') return exceedsMaximum(advised, effect, ruleSet.parameters.get(parameter ?? ''));
    return effect.kind === 'forbid' || effect.kind === 'require';
  });
}

/** Whether an amount advised lies above what the other allows at most. */
function exceedsMaximum({ effect }: Party, { maximum }: Recommend, parameter: Parameter | undefined): boolean {
  if (!parameter || effect.kind !== 'recommend') return false;
  const most = maximum.filter(one => one.parameter.value === parameter.id).flatMap(one => amountOf(parameter, one) ?? []);
  const ranges = [...effect.with, ...effect.steps.flatMap(step => step.with)].filter(one => one.parameter.value === parameter.id);
  return ranges.some(range => {
    const interval = intervalOf(parameter, range);
    return interval !== undefined && most.some(one => liesAbove(interval, one));
  });
}

const ADVICE = 'Narrow one of them, let one override the other with a reason, or have it waived.';

function messageOf(conflict: Conflict): string {
  const { ruleSet, collisions, clashes } = conflict;
  const { advised, against, parameter } = collisions[0]!;
  const after = (of: Rule) => afterSource(ruleSet, of, conflict.rules);
  const says = ({ of, effect }: Party) => `${ruleName(of)}${after(of)} ${doesWithAmounts(ruleSet, effect, parameter)}`;
  const barred = against.map(says).join(' and ');
  const { rules, answer } = clashes[0]!;
  if (clashes.length === 1) return `${says(advised)}, but ${barred}. ${togetherText(ruleSet, rules, answer)} ${ADVICE}`;
  const others = [...new Set(collisions.map(one => one.advised.of.id))];
  const sources = [...new Set(collisions.map(({ advised: { of } }) => after(of).replace(/^, after |,$/g, '')))].filter(text => text !== '');
  const told = `${listed(others)}${sources.length > 0 ? `, after ${listText(sources)},` : ''}`;
  return `${barred}, but ${told} advise what that bars. Each of these holds together with it for some patient; ${quoted(others[0]!)}, for example, ${withText(ruleSet, rules, answer)}. ${ADVICE}`;
}

function relatedOf({ ruleSet, at, collisions }: Conflict): Related[] {
  const parties = collisions.flatMap(({ advised, against, parameter }) =>
    [advised, ...against].map(({ of, effect }) => ({ of, text: doesWithAmounts(ruleSet, effect, parameter) })),
  );
  const others = [...new Set(parties.map(({ of }) => of))].filter(of => of !== at);
  return others.map(of => {
    const does = joinedDoes(parties.filter(party => party.of === of).map(({ text }) => text));
    return { place: placeOf(of), message: `${ruleName(of)} ${does}.` };
  });
}

export const examples: Example[] = [
  {
    name: 'A kind of what is avoided is recommended',
    text: `
{ "activities": { "loading": { "title": "Axial loading" }, "squat": { "title": "Squats", "isA": "loading" } },
  "facts": { "spine-lesion": { "title": "Lesion in the spine", "type": "boolean" } },
  "rules": [
    { "id": "strengthen", "title": "Strengthen the legs", "then": [ { "recommend": "squat" } ] },
    { "id": "spare", "title": "Spare the spine", "when": { "fact": "spine-lesion", "is": true },
            ^^^^^^^ warning: “Strengthen the legs” (strengthen) recommends squats, but “Spare the spine” (spare) avoids axial loading. They hold together for patients with lesion in the spine yes. Narrow one of them, let one override the other with a reason, or have it waived.
      "then": [ { "avoid": "loading" } ] } ] }
`,
  },
  {
    name: 'A dose above the maximum',
    text: `
{ "interventions": { "clodronate": { "title": "Clodronate" } }, "parameters": { "dose": { "title": "Daily dose", "unit": "mg/d" } },
  "facts": { "hypercalcaemia": { "title": "Hypercalcaemia", "type": "boolean" } },
  "rules": [
    { "id": "usual", "title": "Usual dose",
      "then": [ { "recommend": "clodronate", "maximum": { "dose": { "value": 1600, "unit": "mg/d" } } } ] },
    { "id": "high-calcium", "title": "High calcium", "when": { "fact": "hypercalcaemia", "is": true },
            ^^^^^^^^^^^^^^ error: “High calcium” (high-calcium) recommends clodronate with daily dose at least 2400 mg/d, but “Usual dose” (usual) recommends clodronate with daily dose at most 1600 mg/d. They hold together for patients with hypercalcaemia yes. Narrow one of them, let one override the other with a reason, or have it waived.
      "then": [ { "recommend": "clodronate", "with": { "dose": { "atLeast": 2400, "unit": "mg/d" } } } ] } ] }
`,
  },
  {
    name: 'One overrides the other',
    text: `
{ "activities": { "loading": { "title": "Axial loading" }, "squat": { "title": "Squats", "isA": "loading" } },
  "facts": { "spine-lesion": { "title": "Lesion in the spine", "type": "boolean" } },
  "rules": [
    { "id": "strengthen", "title": "Strengthen the legs", "then": [ { "recommend": "squat" } ] },
    { "id": "spare", "title": "Spare the spine", "when": { "fact": "spine-lesion", "is": true }, "then": [ { "avoid": "loading" } ],
      "override": { "rules": ["strengthen"], "reason": "Safety first" } } ] }
`,
  },
];
