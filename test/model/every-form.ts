/** One rule set and one patient that use every form of the language once: read by several tests. */

export const EVERY_FORM = {
  $schema: '../schemas/rule-set.schema.json',
  id: 'every-form',
  title: 'Every form of the language',
  version: '1.2.3',
  description: 'For tests.',
  status: 'active',
  role: 'rule-set',
  complete: true,
  reviewBy: '2027-01-31',
  uses: [],
  appliesTo: { fact: 'age', atLeast: 18, unit: 'a' },
  sources: {
    book: { title: 'A book', published: '2020', kind: 'review', evidence: 'B', url: 'https://example.org', note: 'Second edition' },
  },
  sites: {
    spine: { title: 'Spine', code: { system: 'snomed', code: '421060004', display: 'Vertebral column' } },
    L3: { title: 'Third lumbar vertebra', partOf: 'spine' },
    femur: { title: 'Femur', paired: true, partOf: ['lower-limb'] },
    'lower-limb': { title: 'Lower limb' },
  },
  activities: {
    exercise: { title: 'Exercise' },
    walking: { title: 'Walking', isA: 'exercise', definition: 'On foot.' },
    squat: { title: 'Squat', isA: ['exercise', 'loading'] },
    loading: { title: 'Axial loading' },
  },
  interventions: { dexamethasone: { title: 'Dexamethasone' } },
  assessments: { 'calcium-test': { title: 'Serum calcium', gives: ['calcium', 'sins'] } },
  referrals: { surgeon: { title: 'Surgeon' } },
  approvals: { 'written-approval': { title: 'Written approval' } },
  parameters: {
    intensity: { title: 'Intensity', order: ['light', 'moderate', 'vigorous'] },
    dose: { title: 'Dose', unit: 'mg/d' },
  },
  phases: { early: { title: 'Early' } },
  facts: {
    age: { title: 'Age', type: 'quantity', unit: 'a', required: true, minimum: 0, maximum: 120 },
    falls: { title: 'Falls', type: 'integer', minimum: 0, maximum: 100 },
    ratio: { title: 'Ratio', type: 'decimal' },
    calcium: { title: 'Calcium', type: 'quantity', unit: 'mmol/L', alsoIn: { 'mg/dL': 4.008 } },
    albumin: { title: 'Albumin', type: 'quantity', unit: 'g/L', alsoIn: { 'g/dL': 0.1 } },
    compressed: { title: 'Cord compressed', type: 'boolean' },
    sex: { title: 'Sex', type: 'code', values: ['female', 'male'] },
    primary: { title: 'Primary', type: 'code', values: { solid: { title: 'Solid' }, breast: { title: 'Breast', isA: 'solid' } } },
    'asked-for': { title: 'Asked for', type: 'code', values: 'interventions' },
    'infection-ended-on': { title: 'Infection ended', type: 'date' },
    'new-pain-on': { title: 'New pain', type: 'date' },
    remark: { title: 'Remark', type: 'text' },
  },
  groups: {
    lesions: {
      title: 'Lesions',
      facts: {
        site: { title: 'Site', type: 'code', values: 'sites' },
        'body-side': { title: 'Side', type: 'side' },
        stabilised: { title: 'Stabilised', type: 'boolean' },
        pain: { title: 'Pain', type: 'code', values: ['mechanical', 'no-pain'] },
      },
    },
  },
  derived: {
    'hours-free': { title: 'Hours free', type: 'quantity', unit: 'h', since: 'infection-ended-on' },
    'corrected-calcium': {
      title: 'Corrected calcium',
      type: 'quantity',
      unit: 'mmol/L',
      alsoIn: { 'mg/dL': 4.008 },
      by: 'calcium',
      formulas: {
        'mg/dL': {
          sum: [{ fact: 'calcium', unit: 'mg/dL' }, { product: [0.8, { difference: [4.0, { fact: 'albumin', unit: 'g/dL' }] }] }],
        },
        'mmol/L': { sum: [{ fact: 'calcium' }, { product: [0.02, { difference: [40, { fact: 'albumin' }] }] }] },
      },
    },
    half: { title: 'Half', type: 'decimal', quotient: [{ least: [{ fact: 'falls' }, 4] }, { greatest: [{ fact: 'ratio' }, 2] }] },
    'lesion-place': {
      title: 'Place',
      type: 'code',
      of: 'lesions',
      values: ['junctional', 'rigid'],
      table: [{ when: { fact: 'site', in: ['L3'] }, value: 'junctional' }, { value: 'rigid' }],
      source: { id: 'book', at: ['p. 1', 'p. 2'], quoted: [3, 4.5] },
    },
  },
  scores: {
    sins: {
      title: 'SINS',
      of: 'lesions',
      when: { fact: 'site', is: 'spine' },
      components: {
        'by-place': { title: 'Place', options: { junctional: 3, rigid: { points: 0, title: 'Rigid' } }, from: 'lesion-place' },
        'by-pain': { title: 'Pain', options: { hurts: 3, painless: 0 }, undefined: { refused: 'No points in the source.' } },
        'by-falls': {
          title: 'Falls',
          fact: 'falls',
          intervals: [
            { atMost: 1, points: 0 },
            { above: 1, points: 2 },
          ],
        },
        own: { title: 'Own value', fact: 'falls' },
        'by-age': {
          title: 'Age',
          fact: 'age',
          unit: 'a',
          intervals: [
            { below: 75, points: 0 },
            { atLeast: { a: 75, mo: 900 }, points: 1 },
          ],
        },
        'by-sex': { title: 'Sex', conditions: [{ when: { fact: 'sex', is: 'female' }, points: 1 }], otherwise: 0 },
      },
      bands: {
        stable: { title: 'Stable', atMost: 6 },
        unstable: { above: 6, when: { fact: 'compressed', is: false } },
      },
      range: [0, 18],
      validFor: '30 d',
      voidedBy: ['new-pain-on'],
      worst: 'highest',
      source: { id: 'book', at: 'p. 3', quoted: 18 },
      evidence: 'A',
      defines: { severe: 'at least 7' },
    },
    tiers: {
      title: 'Tiers',
      components: { 'by-falls': { title: 'Falls', fact: 'falls' } },
      bandSets: { two: { low: { below: 2 }, high: { atLeast: 2 } }, three: { few: { atMost: 1 }, many: { above: 1 } } },
    },
  },
  thresholds: {
    hypercalcaemia: {
      title: 'Hypercalcaemia',
      fact: 'corrected-calcium',
      atLeast: { 'mmol/L': 3.5, 'mg/dL': 14 },
      source: { id: 'book' },
    },
  },
  decisions: {
    clearance: {
      title: 'May exercise?',
      values: { no: { title: 'No' }, modify: {}, yes: {} },
      resolve: 'strictest',
      each: 'lesions',
      mustDecide: true,
    },
    next: { title: 'Next', values: ['imaging', 'wait'], resolve: 'single' },
  },
  rules: [
    {
      id: 'unstable-spine',
      title: 'Unstable',
      of: 'lesions',
      when: {
        all: [
          { score: 'sins', in: ['unstable'] },
          { score: 'sins', total: { atLeast: 7 } },
          { score: 'sins', anyComponent: { is: 3 } },
          { score: 'sins', applies: true },
          { not: { fact: 'stabilised', is: true } },
        ],
      },
      until: { fact: 'stabilised', is: true },
      then: [
        { decide: 'clearance', as: 'no' },
        { forbid: 'squat', at: 'here' },
      ],
      override: { rules: ['walk'], reason: 'Danger' },
      source: { id: 'book', at: 'p. 4' },
    },
    {
      id: 'walk',
      when: {
        any: [
          { threshold: 'hypercalcaemia' },
          { fact: 'primary', in: ['solid'] },
          { fact: 'falls', above: 1, below: 5 },
          { fact: 'infection-ended-on', is: 'never' },
          { fact: 'infection-ended-on', atLeast: '2026-01-01' },
          { some: 'lesions' },
          { every: 'lesions', where: { fact: 'stabilised', is: true } },
          { none: 'lesions', where: { fact: 'pain', is: 'mechanical' } },
          { count: 'lesions', atLeast: 2, where: { fact: 'site', is: 'femur' } },
          {
            count: [
              { fact: 'falls', atLeast: 1 },
              { fact: 'compressed', is: true },
            ],
            atLeast: 1,
          },
          { unknown: { fact: 'falls' } },
          { unknown: { score: 'tiers' } },
          { unknown: { group: 'lesions' } },
        ],
      },
      given: { decision: 'clearance', in: ['yes', 'modify'] },
      then: [
        {
          recommend: { oneOf: ['walking', 'squat'] },
          with: { intensity: { atLeast: 'light', atMost: 'moderate' } },
          every: '7 d',
          at: ['femur'],
          during: ['early'],
          note: 'Slowly.',
        },
        {
          recommend: 'dexamethasone',
          steps: [{ title: 'First', with: { dose: { is: 8, unit: 'mg/d' } } }, { with: { dose: { above: 2, below: 5, unit: 'mg/d' } } }],
          maximum: { dose: { value: 16, unit: 'mg/d' }, intensity: { value: 'vigorous' } },
          at: 'everywhere',
        },
      ],
    },
    {
      id: 'limits',
      then: [
        { limit: 'dose', of: 'dexamethasone', atMost: 24, unit: 'mg/d' },
        { limit: 'intensity', atMost: 'moderate' },
        { require: 'calcium-test', every: '28 d' },
        { require: 'falls' },
        { decide: 'next', as: 'wait' },
        {
          avoid: 'loading',
          at: { below: 'spine', except: { group: 'lesions', where: { fact: 'stabilised', is: true }, whole: ['spine'] } },
        },
      ],
    },
  ],
  precautions: [
    {
      id: 'hip',
      site: ['femur'],
      when: { fact: 'pain', is: 'mechanical' },
      then: [{ avoid: 'loading', at: 'here' }],
      source: { id: 'book', at: 'p. 5' },
    },
  ],
  impossible: [{ id: 'painless-compression', of: 'lesions', when: { fact: 'pain', is: 'no-pain' }, reason: 'It hurts.' }],
  notes: [{ id: 'survival', text: 'Months.', kind: 'prognosis', source: { id: 'book', at: 'p. 6' } }],
  waivers: [{ finding: 'band-gap:sins', reason: 'As published', by: 'A. Author', until: '2027-01-01', digest: 'abc' }],
};

export const EVERY_PATIENT_FORM = {
  id: 'p',
  title: 'Patient',
  asOf: '2026-11-22T12:00:00Z',
  for: ['every-form.clinical.json'],
  facts: {
    age: { value: 59, unit: 'a' },
    sex: 'female',
    compressed: false,
    falls: { oneOf: [1, 2] },
    calcium: {
      oneOf: [
        { value: 9.4, unit: 'mg/dL' },
        { value: 2.5, unit: 'mmol/L' },
      ],
    },
    'infection-ended-on': 'never',
    albumin: null,
  },
  scores: { tiers: { on: '2026-11-22', options: { a: 'x' } } },
  groups: {
    lesions: {
      complete: false,
      records: [
        {
          id: 'a',
          facts: { site: 'L3', stabilised: false },
          scores: { sins: { on: '2026-11-20', options: { 'by-pain': { oneOf: ['painless', 'hurts'] } } } },
        },
        { id: 'b', remove: true },
      ],
    },
  },
  expected: [
    {
      ruleSet: 'every-form',
      decisions: { clearance: ['undetermined', 'no-answer'], next: 'wait' },
      totals: { sins: { a: [5, 6], b: null }, tiers: 7, other: { within: [1, 16] } },
      fired: ['walk'],
      notFired: ['unstable'],
      statements: ['p. 4'],
      missing: ['falls'],
    },
  ],
};
