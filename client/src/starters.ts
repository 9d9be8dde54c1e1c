/** The text of a new rule set: small, complete and valid, with one of each thing a rule set is made of. */

/** `today` dates the review, a year on. */
export function ruleSetText(id: string, today: Date): string {
  const review = new Date(Date.UTC(today.getUTCFullYear() + 1, today.getUTCMonth(), today.getUTCDate())).toISOString().slice(0, 10);
  const title = id.replaceAll('-', ' ').replace(/^./, first => first.toUpperCase());
  return `${JSON.stringify(starter(id, title, review), null, 2)}\n`;
}

function starter(id: string, title: string, reviewBy: string) {
  const source = { id: 'my-source', at: 'page 1' };
  return {
    id,
    title,
    version: '0.1.0',
    status: 'draft',
    role: 'rule-set',
    reviewBy,
    sources: {
      'my-source': {
        title: 'The guideline these rules are taken from',
        published: reviewBy.replace(/^\d+/, year => String(Number(year) - 1)),
      },
    },
    facts: {
      haemoglobin: { title: 'Haemoglobin', type: 'quantity', unit: 'g/L', minimum: 0, maximum: 250, alsoIn: { 'g/dL': 0.1 } },
      'chest-pain': { title: 'Chest pain', type: 'boolean' },
    },
    thresholds: {
      'severe-anaemia': { title: 'Severe anaemia', fact: 'haemoglobin', below: { 'g/L': 80, 'g/dL': 8 }, source },
    },
    activities: { 'vigorous-exercise': { title: 'Vigorous exercise' } },
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
  };
}
