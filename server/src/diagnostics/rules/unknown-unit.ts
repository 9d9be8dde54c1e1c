/** A unit that UCUM does not have. */
import { defineRule, type Example, ofRuleSet } from '../define.ts';
import { type WrongUnit, wrongUnits } from '../unit-uses.ts';
import { didYouMean, nearest, quoted } from '../words.ts';

export const rule = defineRule<WrongUnit>({
  code: 'unknown-unit',
  severity: 'error',
  summary: 'A unit is not one of UCUM.',
  docs: `
Units are written as the Unified Code for Units of Measure has them, so that they can be checked and converted: \`mg/dL\`, \`mmol/L\`,
\`10*9/L\`, \`/min\`, \`a\` for years, \`mo\`, \`wk\`, \`d\`, \`h\`, \`min\`, \`Cel\`, \`mm[Hg]\`, \`[degF]\`, \`%\`, \`1\` for none. Upper and lower case count.
`,

  find: ofRuleSet(subject => wrongUnits(subject).filter(({ mistake }) => mistake === 'unknown')),

  say: ({ unit, owner }) => ({
    span: unit.span,
    message: `${quoted(unit.value)} is not a UCUM unit, so values in it can be neither checked nor converted.${didYouMean(suggestion(unit.value))} Write the unit as UCUM has it.`,
    names: [owner, unit.value],
  }),

  fix: ({ unit }) => {
    const better = suggestion(unit.value);
    return better === undefined
      ? undefined
      : { title: `Change to ${quoted(better)}`, edits: [{ span: unit.span, newText: JSON.stringify(better) }] };
  },
});

/** Spellings that are used instead of UCUM's. */
const USUAL: Readonly<Record<string, string>> = {
  y: 'a',
  yr: 'a',
  year: 'a',
  years: 'a',
  month: 'mo',
  months: 'mo',
  week: 'wk',
  weeks: 'wk',
  day: 'd',
  days: 'd',
  hour: 'h',
  hours: 'h',
  hr: 'h',
  minute: 'min',
  minutes: 'min',
  mins: 'min',
  sec: 's',
  seconds: 's',
  bpm: '/min',
  mmHg: 'mm[Hg]',
  '°C': 'Cel',
  C: 'Cel',
  celsius: 'Cel',
  '°F': '[degF]',
  lbs: '[lb_av]',
  lb: '[lb_av]',
  kgs: 'kg',
  percent: '%',
  degrees: 'deg',
};
const COMMON = [
  ...['mg/dL', 'mmol/L', 'umol/L', 'g/L', 'g/dL', 'ug/L', 'ng/mL', 'pg/mL', '10*9/L', '10*3/uL', '/uL', 'mL/min', 'kg/m2', 'mmol'],
  ...['kg', 'g', 'mg', 'ug', 'mL', 'cm', 'mm', 'km', 'min', 'mo', 'wk', '/min', 'mm[Hg]', 'Cel', '[degF]', 'kPa', 'deg', 'mEq/L', '[IU]/L'],
];

function suggestion(unit: string): string | undefined {
  const usual = Object.hasOwn(USUAL, unit) ? USUAL[unit] : undefined;
  return usual ?? COMMON.find(other => other.toLowerCase() === unit.toLowerCase()) ?? (unit.length > 3 ? nearest(unit, COMMON) : undefined);
}

export const examples: Example[] = [
  {
    name: 'A usual abbreviation',
    text: `
{ "facts": { "age": { "title": "Age", "type": "quantity", "unit": "years" } } }
                                                                  ^^^^^^^ error: “years” is not a UCUM unit, so values in it can be neither checked nor converted. Did you mean “a”? Write the unit as UCUM has it.
`,
    fixed: `
{ "facts": { "age": { "title": "Age", "type": "quantity", "unit": "a" } } }
`,
  },
  {
    name: 'UCUM units, common and rare',
    text: `
{ "facts": {
    "calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "alsoIn": { "mg/dL": 4.008 } },
    "resistance": { "title": "Resistance", "type": "quantity", "unit": "[HPF]" } } }
`,
  },
];
