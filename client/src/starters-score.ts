/** A score with its points and bands, and a decision that rests on it. */
import type { Starter } from './starters.ts';

const source = { id: 'my-source', at: 'table 1' };

export const score: Starter = {
  id: 'score',
  title: 'A score',
  detail: 'Points for what is found, bands of the total, and what follows from each band',
  rules: {
    facts: { age: { title: 'Age', type: 'quantity', unit: 'a', minimum: 0, maximum: 120, required: true } },
    scores: {
      'fall-risk': {
        title: 'Risk of falling',
        components: {
          falls: { title: 'Falls in the last year', options: { none: 0, one: 1, several: 2 } },
          gait: { title: 'Gait', options: { steady: 0, unsteady: { points: 2, title: 'Unsteady, or needs support' } } },
          age: {
            title: 'Age',
            fact: 'age',
            intervals: [
              { below: 75, points: 0 },
              { atLeast: 75, points: 1 },
            ],
            unit: 'a',
          },
        },
        bands: {
          low: { title: 'low', atMost: 1 },
          moderate: { title: 'moderate', atLeast: 2, atMost: 3 },
          high: { title: 'high', atLeast: 4 },
        },
        range: [0, 5],
        validFor: '90 d',
        source,
      },
    },
    decisions: {
      training: {
        title: 'How may this patient train?',
        values: ['supervised', 'instructed', 'alone'],
        resolve: 'strictest',
        mustDecide: true,
      },
    },
    rules: [
      {
        id: 'score-first',
        title: 'Score before training',
        when: { unknown: { score: 'fall-risk' } },
        then: [{ require: 'fall-risk' }],
        source,
      },
      {
        id: 'high-risk',
        title: 'Supervised where the risk is high',
        when: { score: 'fall-risk', in: ['high'] },
        then: [{ decide: 'training', as: 'supervised' }],
        source,
      },
      {
        id: 'moderate-risk',
        title: 'Instructed where the risk is moderate',
        when: { score: 'fall-risk', in: ['moderate'] },
        then: [{ decide: 'training', as: 'instructed' }],
        source,
      },
      {
        id: 'low-risk',
        title: 'Alone where the risk is low',
        when: { score: 'fall-risk', in: ['low'] },
        then: [{ decide: 'training', as: 'alone' }],
        source,
      },
    ],
  },
  patient: day => ({
    facts: { age: { value: 78, unit: 'a' } },
    scores: { 'fall-risk': { on: day, options: { falls: 'one', gait: 'steady' } } },
  }),
};
