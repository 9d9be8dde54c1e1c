/** A decision table: rows of conditions, the first that holds gives the value. */
import type { Starter } from './starters.ts';

const source = { id: 'my-source', at: 'table 2' };

export const decisionTable: Starter = {
  id: 'decision-table',
  title: 'A decision table',
  detail: 'Rows of conditions give a group, and the group decides the dose',
  rules: {
    facts: {
      age: { title: 'Age', type: 'quantity', unit: 'a', minimum: 0, maximum: 120, required: true },
      'kidney-disease': { title: 'Kidney disease', type: 'code', values: ['none', 'mild', 'severe'], required: true },
    },
    derived: {
      'dose-group': {
        title: 'Dose group',
        type: 'code',
        values: ['none', 'reduced', 'full'],
        table: [
          { when: { fact: 'kidney-disease', is: 'severe' }, value: 'none' },
          {
            when: {
              any: [
                { fact: 'kidney-disease', is: 'mild' },
                { fact: 'age', atLeast: 75, unit: 'a' },
              ],
            },
            value: 'reduced',
          },
          { value: 'full' },
        ],
        source,
      },
    },
    decisions: {
      dose: { title: 'Which dose?', values: ['no-dose', 'half-dose', 'full-dose'], resolve: 'single', mustDecide: true },
    },
    rules: [
      { id: 'no-dose', title: 'No dose', when: { fact: 'dose-group', is: 'none' }, then: [{ decide: 'dose', as: 'no-dose' }], source },
      {
        id: 'half-dose',
        title: 'Half the dose',
        when: { fact: 'dose-group', is: 'reduced' },
        then: [{ decide: 'dose', as: 'half-dose' }],
        source,
      },
      {
        id: 'full-dose',
        title: 'The full dose',
        when: { fact: 'dose-group', is: 'full' },
        then: [{ decide: 'dose', as: 'full-dose' }],
        source,
      },
    ],
  },
  patient: () => ({ facts: { age: { value: 80, unit: 'a' }, 'kidney-disease': 'none' } }),
};
