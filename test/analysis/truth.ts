/** What is known to be contradictory or missing in the five documents of the bone metastasis samples, and how the analysis classes each. */

export interface Conflicting {
  readonly id: string;
  readonly class: 'conflict';
  readonly ruleSet: string;
  /** Whichever of them collide, by rule: all pairs must be found. */
  readonly pairs: readonly (readonly [advised: string, against: string])[];
  /** A sample patient who is what the contradiction describes. */
  readonly patient: string;
  /** Facts that differ for it. */
  readonly facts?: object;
}

export interface Disagreeing {
  readonly id: string;
  readonly class: 'disagreement';
  readonly ruleSet: string;
  readonly stricter: string;
  readonly looser: string;
  readonly patient: string;
  readonly facts?: object;
}

export interface Missing {
  readonly id: string;
  readonly class: 'gap';
  readonly ruleSet: string;
  /** The finding, by its identity. */
  readonly finding: string;
  /** A sample patient without an answer, who is what the gap describes. */
  readonly patient: string;
  readonly facts?: object;
}

/** Another finding of the product, shown by a test of its own. */
export interface Elsewhere {
  readonly id: string;
  readonly class: 'elsewhere';
  readonly how: string;
}

export interface Noted {
  readonly id: string;
  readonly class: 'note' | 'not expressible';
  readonly because: string;
}

export type Truth = Conflicting | Disagreeing | Missing | Elsewhere | Noted;

const ALL = 'bone-metastasis/all-five';
const ALONE = 'bone-metastasis/pt-approaches';

export const CONTRADICTIONS: readonly Truth[] = [
  {
    id: 'C01',
    class: 'disagreement',
    ruleSet: ALL,
    stricter: 'no-activity-with-spinal-metastasis',
    looser: 'stable-spine',
    patient: 'branches/loaded-spine',
  },
  {
    id: 'C02',
    class: 'conflict',
    ruleSet: ALL,
    pairs: [
      ['gait', 'no-physiotherapy'],
      ['therapy-for-cancer-back-pain', 'no-physiotherapy'],
      ['other-ways-with-pain', 'no-physiotherapy'],
    ],
    patient: 'patients/s11',
  },
  {
    id: 'C03',
    class: 'disagreement',
    ruleSet: ALL,
    stricter: 'no-exercise-without-approval',
    looser: 'low-risk-long-bone',
    patient: 'patients/s25',
    facts: { 'exercise-approved': false },
  },
  {
    id: 'C04',
    class: 'conflict',
    ruleSet: ALL,
    pairs: [
      ['mobilise-and-support-axial-tumours', 'no-heat-at-the-tumour'],
      ['standard-techniques', 'no-heat-at-the-tumour'],
    ],
    patient: 'patients/s33',
  },
  {
    id: 'C05',
    class: 'conflict',
    ruleSet: ALL,
    pairs: [
      ['balance-tests', 'spare-the-leg'],
      ['function-tests', 'spare-the-leg'],
    ],
    patient: 'patients/s25',
  },
  {
    id: 'C06',
    class: 'conflict',
    ruleSet: ALL,
    pairs: [
      ['function-tests', 'immobilise-the-limb'],
      ['gain-range', 'immobilise-the-limb'],
    ],
    patient: 'patients/s08',
  },
  { id: 'C07', class: 'conflict', ruleSet: ALONE, pairs: [['aerobic-target', 'severe-fatigue']], patient: 'patients/s25' },
  { id: 'C08', class: 'conflict', ruleSet: ALONE, pairs: [['calcium-and-vitamin-d', 'severe-calcium']], patient: 'patients/s18' },
  { id: 'C09', class: 'note', because: 'the calcium and the tablet are two hours apart: time of day is a note, and no rule can test it' },
  {
    id: 'C10',
    class: 'conflict',
    ruleSet: ALL,
    pairs: [['clodronic-acid-hypercalcaemia', 'clodronic-acid-in-renal-failure']],
    patient: 'patients/s34',
  },
  {
    id: 'C11',
    class: 'conflict',
    ruleSet: ALL,
    pairs: [
      ['ibandronic-acid-preparation', 'ibandronic-acid-breast'],
      ['ibandronic-acid-breast', 'ibandronic-acid-severe-hypercalcaemia'],
    ],
    patient: 'branches/bondronat-two-doses',
  },
  {
    id: 'C12',
    class: 'elsewhere',
    how: 'two declarations of “axial” in one whole are a duplicate id; the samples share one vocabulary and tell the other reading under “defines”',
  },
  {
    id: 'C13',
    class: 'note',
    because: 'one document counts pain apart from movement as a sign of cancer, another scores pain on movement: no effect collides',
  },
  {
    id: 'C14',
    class: 'note',
    because: 'the order of exercises in a programme is a note; many repetitions and isometric holds are both advised',
  },
  {
    id: 'C15',
    class: 'conflict',
    // With all five documents no exercise is cleared on a spinal lesion, so nothing is asked of it.
    ruleSet: ALONE,
    pairs: [
      ['function-tests', 'spine-loading'],
      ['gait', 'spine-loading'],
    ],
    patient: 'branches/loaded-spine',
  },
  {
    id: 'C16',
    class: 'note',
    because:
      'the word “absolute” and the release after 48 hours are one rule with “until”; how the author read the word stands under “defines”',
  },
  { id: 'C17', class: 'note', because: 'incidence is no rule: both tables are kept as notes with their sources' },
  { id: 'C18', class: 'elsewhere', how: 'the outside source is not among the samples; with its rule the conflict is found' },
  { id: 'C19', class: 'note', because: 'that a drug spares the kidneys is a claim without an effect' },
];

export const GAPS: readonly Truth[] = [
  { id: 'G01', class: 'gap', ruleSet: ALONE, finding: 'missing-rule:clearance,lesions', patient: 'branches/skull-alone' },
  { id: 'G02', class: 'gap', ruleSet: ALONE, finding: 'missing-rule:clearance,lesions', patient: 'patients/s29' },
  {
    id: 'G03',
    class: 'note',
    because: 'a score that is not known leaves the answer undetermined and is required: no patient is without a rule',
  },
  {
    id: 'G04',
    class: 'note',
    because: 'what a stabilised bone may bear is a clinical absence; that it has no answer is part of the gap of lesions',
  },
  {
    id: 'G05',
    class: 'note',
    because: 'a patient unfit for surgery stays contraindicated: what else to do for them is a clinical absence',
  },
  {
    id: 'G06',
    class: 'gap',
    ruleSet: ALONE,
    finding: 'missing-rule:clearance,patient',
    patient: 'branches/no-lesions',
    facts: { 'esas-tiredness': 5 },
  },
  {
    id: 'G07',
    class: 'gap',
    ruleSet: ALONE,
    finding: 'missing-rule:clearance,patient',
    patient: 'branches/no-lesions',
    facts: { calcium: { value: 3, unit: 'mmol/L' }, albumin: { value: 40, unit: 'g/L' } },
  },
  {
    id: 'G08',
    class: 'note',
    because: 'the author gives the number, under “defines” of the threshold; blood values that no source names are a clinical absence',
  },
  {
    id: 'G09',
    class: 'note',
    because: 'the author defines active infection and what holds at exactly 48 hours; an unknown end is undetermined',
  },
  { id: 'G10', class: 'note', because: 'cord compression that is not acute is a clinical absence: no fact of it is recorded' },
  {
    id: 'G11',
    class: 'note',
    because: 'each lesion needs its own answer and the strictest counts: the language merges where the sources do not',
  },
  { id: 'G12', class: 'note', because: 'a bone already broken is a clinical absence: the scores grade impending fractures only' },
  { id: 'G13', class: 'note', because: 'fall risk is recorded as judged; tests without a cut-off decide nothing' },
  {
    id: 'G14',
    class: 'note',
    because: 'what a careful modification is, is a clinical absence: the value “modify” says no more than the source',
  },
  { id: 'G15', class: 'note', because: 'vague words are kept as places on an order, with “defines” where the author chose a measure' },
  { id: 'G16', class: 'note', because: 'the author gives the scores a validity; without one they would never expire' },
  { id: 'G17', class: 'elsewhere', how: 'the outcome says that no site is left; shown by the sample of four diseased long bones' },
  { id: 'G18', class: 'note', because: 'an option without points is recordable and leaves the total open: undetermined is no gap' },
  { id: 'G19', class: 'note', because: 'the coccyx and a collapse of exactly half have no points: undetermined is no gap' },
  { id: 'G20', class: 'note', because: 'exercise around chemotherapy and radiotherapy is a clinical absence' },
  {
    id: 'G21',
    class: 'note',
    because: '“appliesTo” leaves out children; no rule asks for performance or the heart, and none is named by a source',
  },
  { id: 'G22', class: 'note', because: 'doses that no source gives are a clinical absence' },
  { id: 'G23', class: 'note', because: 'no decision hangs on how long a drug is given' },
  { id: 'G24', class: 'note', because: 'modalities that no source names are a clinical absence' },
  { id: 'G25', class: 'note', because: 'who approves, and for how long, is a clinical absence: approval is recorded as a fact' },
  { id: 'G26', class: 'note', because: 'scores of a lesion already treated are a clinical absence' },
];
