/** A decision from facts and a cut-off: what most rule sets begin with. */
import type { Starter } from './starters.ts';

const source = { id: 'my-source', at: 'page 1' };

export const thresholds: Starter = {
  id: 'thresholds',
  title: 'Thresholds and a decision',
  detail: 'Facts and laboratory values with cut-offs decide what a patient may do',
  rules: {
    assessments: {
      history: { title: 'History taken', gives: ['chest-pain'] },
      'blood-count': { title: 'Blood count', gives: ['haemoglobin'] },
    },
    activities: { 'vigorous-exercise': { title: 'Vigorous exercise' } },
    facts: {
      haemoglobin: { title: 'Haemoglobin', type: 'quantity', unit: 'g/L', minimum: 0, maximum: 250, alsoIn: { 'g/dL': 0.1 } },
      'chest-pain': { title: 'Chest pain', type: 'boolean' },
    },
    thresholds: {
      'severe-anaemia': { title: 'Severe anaemia', fact: 'haemoglobin', below: { 'g/L': 80, 'g/dL': 8 }, source },
    },
    decisions: {
      clearance: {
        title: 'May this patient exercise now?',
        values: ['contraindicated', 'modify', 'proceed'],
        resolve: 'strictest',
        mustDecide: true,
      },
    },
    rules: [
      {
        id: 'ask-for-chest-pain',
        title: 'Ask for chest pain first',
        when: { unknown: { fact: 'chest-pain' } },
        then: [{ require: 'history' }],
        source,
      },
      {
        id: 'count-blood',
        title: 'Count blood where it was not',
        when: { unknown: { fact: 'haemoglobin' } },
        then: [{ require: 'blood-count' }],
        source,
      },
      {
        id: 'no-exercise-with-chest-pain',
        title: 'No exercise with chest pain',
        when: { fact: 'chest-pain', is: true },
        then: [{ decide: 'clearance', as: 'contraindicated' }],
        source,
      },
      {
        id: 'light-exercise-with-severe-anaemia',
        title: 'Only light exercise with severe anaemia',
        when: { threshold: 'severe-anaemia' },
        then: [{ decide: 'clearance', as: 'modify' }, { avoid: 'vigorous-exercise' }],
        source,
      },
      {
        id: 'otherwise-exercise',
        title: 'Exercise without chest pain and severe anaemia',
        when: { all: [{ fact: 'chest-pain', is: false }, { not: { threshold: 'severe-anaemia' } }] },
        then: [{ decide: 'clearance', as: 'proceed' }],
        source,
      },
    ],
  },
  patient: () => ({ facts: { 'chest-pain': false, haemoglobin: { value: 7.6, unit: 'g/dL' } } }),
};
