/** A small rule set with a list of lesions, a score, a threshold and precautions, for the tests of the preview. */

const source = { id: 'book', at: 'R-01' };

export const CLINIC = {
  sources: { book: { title: 'A book', published: '2025-12-29', kind: 'review', evidence: 'expert-opinion' } },
  sites: {
    spine: { title: 'Spine' },
    L3: { title: 'L3', partOf: 'spine' },
    L4: { title: 'L4', partOf: 'spine' },
    leg: { title: 'Leg' },
    femur: { title: 'Femur', partOf: 'leg', paired: true },
    tibia: { title: 'Tibia', partOf: 'leg', paired: true },
    foot: { title: 'Foot', partOf: 'leg', paired: true },
  },
  activities: {
    loading: { title: 'Axial loading' },
    squat: { title: 'Squat', isA: 'loading' },
    walking: { title: 'Walking' },
  },
  parameters: {
    minutes: { title: 'Minutes a week', unit: 'min/wk' },
    intensity: { title: 'Intensity', order: ['light', 'moderate', 'vigorous'] },
  },
  facts: {
    fever: { title: 'Fever', type: 'boolean' },
    platelets: { title: 'Platelets', type: 'quantity', unit: '10*9/L', minimum: 0, maximum: 2000 },
    calcium: { title: 'Calcium', type: 'quantity', unit: 'mmol/L', minimum: 0, maximum: 6, alsoIn: { 'mg/dL': 4.008 } },
  },
  groups: {
    lesions: {
      title: 'Lesion',
      facts: {
        site: { title: 'Site', type: 'code', values: 'sites' },
        side: { title: 'Side', type: 'side' },
        stabilised: { title: 'Stabilised', type: 'boolean' },
      },
    },
  },
  scores: {
    sins: {
      title: 'Spinal Instability Neoplastic Score',
      of: 'lesions',
      when: { fact: 'site', is: 'spine' },
      components: {
        location: { title: 'Location', options: { mobile: { points: 2, title: 'Mobile' }, rigid: { points: 0, title: 'Rigid' } } },
        pain: {
          title: 'Pain',
          options: {
            mechanical: { points: 3, title: 'Mechanical' },
            occasional: { points: 1, title: 'Occasional' },
            none: { points: 0, title: 'None' },
          },
        },
      },
      bands: {
        stable: { title: 'Stable', atMost: 1 },
        unsure: { title: 'Unsure', atLeast: 2, atMost: 4 },
        unstable: { title: 'Unstable', atLeast: 5 },
      },
      range: [0, 5],
      worst: 'highest',
      source,
    },
  },
  thresholds: { low: { title: 'Low platelets', fact: 'platelets', below: 50, unit: '10*9/L', source } },
  decisions: {
    clearance: {
      title: 'May this patient exercise now?',
      values: ['contraindicated', 'modify', 'proceed'],
      resolve: 'strictest',
      each: 'lesions',
      mustDecide: true,
    },
  },
  rules: [
    {
      id: 'unstable',
      title: 'No exercise on an unstable spine',
      of: 'lesions',
      when: { score: 'sins', in: ['unstable'] },
      until: { fact: 'stabilised', is: true },
      then: [{ decide: 'clearance', as: 'contraindicated' }],
      source,
    },
    {
      id: 'unsure',
      title: 'Modify on an unsure spine',
      of: 'lesions',
      when: { score: 'sins', in: ['unsure'] },
      then: [{ decide: 'clearance', as: 'modify' }],
      source,
    },
    {
      id: 'stable',
      title: 'Exercise on a stable spine',
      of: 'lesions',
      when: { score: 'sins', in: ['stable'] },
      then: [{ decide: 'clearance', as: 'proceed' }],
      source,
    },
    {
      id: 'bleeding',
      title: 'Modify with low platelets',
      when: { threshold: 'low' },
      then: [{ decide: 'clearance', as: 'modify' }],
      source,
      defines: { low: 'below 50' },
    },
    { id: 'squats', title: 'Squats for all', then: [{ recommend: 'squat' }], source: { id: 'book', at: 'page 7 of the second part' } },
  ],
  precautions: [
    { id: 'no-loading', title: 'No loading of the spine', site: 'spine', then: [{ avoid: 'loading', at: 'here' }], source },
    { id: 'leg', title: 'Spare the leg', site: 'leg', then: [{ forbid: 'walking', at: 'here' }], source },
  ],
};

interface Lesion {
  readonly site: string;
  readonly side?: 'left' | 'right';
  readonly stabilised?: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A patient with lesions `a`, `b` …, without fever and with enough platelets unless said otherwise. */
export function patientWith(lesions: readonly Lesion[], facts: Readonly<Record<string, unknown>> = {}, complete = true) {
  const records = lesions.map(({ options, ...own }, index) => ({
    id: 'abcdef'.charAt(index),
    facts: { stabilised: false, ...own },
    ...(options && { scores: { sins: { on: '2026-11-20', options } } }),
  }));
  return { facts: { fever: false, platelets: { value: 200, unit: '10*9/L' }, ...facts }, groups: { lesions: { complete, records } } };
}
