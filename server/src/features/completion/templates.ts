/** Whole items to start from, complete and valid as they are. */
import { type Offer, RANK } from './offer.ts';
import { PATIENT_TEMPLATES } from './patient-templates.ts';
import { hasKey, holders, type Scene } from './scene.ts';
import { plainText, Stops } from './snippet.ts';
import {
  advise,
  aYearOn,
  condition,
  decide,
  fact,
  first,
  firstFact,
  firstId,
  type Making,
  numeric,
  precaution,
  rule,
  source,
  type Template,
  titled,
} from './template-parts.ts';

/** The templates for the items of a section, by the slot of the item: a whole property where a key is wanted, else its value, or an item of the list. */
export function templatesAt(scene: Scene, slot: string): readonly Offer[] {
  const all = scene.patient ? PATIENT_TEMPLATES : TEMPLATES;
  const templates = Object.hasOwn(all, slot) ? all[slot]! : [];
  return templates.flatMap((template, i) => {
    const making = start(scene);
    const key = template.id === undefined || scene.place.wanted === 'value' ? undefined : making.fresh(template.id);
    const json = template.make(making);
    if (json === undefined) return [];
    const laidOut = json.replace(/\n( *)/g, (_, blanks: string) => `\n${scene.indent.repeat(blanks.length / 2)}`);
    const shown = plainText(key === undefined ? laidOut : `${key}: ${laidOut}`);
    const about = { of: 'text', words: template.words, json: shown } as const;
    const written = key === undefined ? { json: laidOut } : { json: key, value: laidOut };
    return [
      { label: template.label, kind: 'template' as const, title: undefined, note: 'new', rank: RANK.template + i, about, ...written },
    ];
  });
}

function start(scene: Scene): Making {
  const stops = new Stops();
  return { scene, ruleSet: scene.wholes[0], stops, fresh: base => stops.string(freeId(scene, base)) };
}

const TABLES = ['facts', 'derived', 'rules', 'scores', 'thresholds', 'sites', 'advice', 'sources', 'decisions'] as const;
const MORE_TABLES = ['groups', 'phases', 'parameters', 'notes', 'impossible'] as const;

/** The name with a number, if it is taken in the whole or in the object at the cursor. */
function freeId(scene: Scene, base: string): string {
  const [holder] = holders(scene);
  const isTaken = (id: string) =>
    hasKey(holder, id) || scene.wholes.some(whole => [...TABLES, ...MORE_TABLES].some(table => whole[table].has(id)));
  let id = base;
  for (let i = 2; isTaken(id); i++) id = `${base}-${i}`;
  return id;
}

const FACTS: readonly Template[] = [
  fact('fact: yes or no', 'A fact that is true or false.', () => '"type": "boolean"'),
  fact(
    'fact: amount with a unit',
    'A measurement. Its domain says which values a patient can have.',
    ({ stops }) => `"type": "quantity", "unit": ${stops.string('mg/dL')}, "minimum": ${stops.text('0')}, "maximum": ${stops.text('100')}`,
  ),
  fact(
    'fact: whole number',
    'A number without a fraction, such as a count.',
    ({ stops }) => `"type": "integer", "minimum": ${stops.text('0')}, "maximum": ${stops.text('10')}`,
  ),
  fact(
    'fact: decimal number',
    'A number without a unit.',
    ({ stops }) => `"type": "decimal", "minimum": ${stops.text('0')}, "maximum": ${stops.text('10')}`,
  ),
  fact(
    'fact: one of a list',
    'One of a closed list of values.',
    ({ stops }) => `"type": "code", "values": [${stops.string('first')}, ${stops.string('second')}]`,
  ),
  fact('fact: date of an event', 'The date of an event, or `never`.', () => '"type": "date"'),
];
const RECORD_FACTS: readonly Template[] = [
  ...FACTS,
  fact('fact: site', 'Where in the body the record is.', ({ ruleSet }) =>
    ruleSet?.sites.size ? '"type": "code", "values": "sites"' : undefined,
  ),
  fact('fact: side', 'Left or right; beside a fact whose values are sites.', ({ ruleSet }) =>
    ruleSet?.sites.size ? '"type": "side"' : undefined,
  ),
];

const COMPONENTS: readonly Template[] = [
  {
    label: 'component: options',
    id: 'new-component',
    words: 'An option is recorded in the score; each has its points.',
    make: ({ stops }) =>
      `{ "title": ${stops.string('New component')}, "options": { ${stops.string('no')}: ${stops.text('0')}, ${stops.string('yes')}: ${stops.text('1')} } }`,
  },
  {
    label: 'component: intervals of a fact',
    id: 'new-component',
    words: 'Points by interval of a number.',
    make: making =>
      numeric(
        making,
        (id, unit) =>
          `{ "title": ${making.stops.string('New component')}, "fact": ${making.stops.string(id)}, "intervals": [{ "below": ${making.stops.text('10')}, "points": 0 }, { "atLeast": ${making.stops.text('10')}, "points": ${making.stops.text('1')} }]${unit} }`,
      ),
  },
  {
    label: 'component: value of a fact',
    id: 'new-component',
    words: 'The value of a number is the points.',
    make: making => numeric(making, id => `{ "title": ${making.stops.string('New component')}, "fact": ${making.stops.string(id)} }`),
  },
  {
    label: 'component: conditions',
    id: 'new-component',
    words: 'Points by condition: the first that holds.',
    make: making =>
      `{ "title": ${making.stops.string('New component')}, "conditions": [{ "when": ${condition(making)}, "points": ${making.stops.text('1')} }], "otherwise": ${making.stops.text('0')} }`,
  },
];

const TEMPLATES: Readonly<Record<string, readonly Template[]>> = {
  'file.sources.*': [
    {
      label: 'source',
      id: 'new-source',
      words: 'A publication that rules rest on.',
      make: ({ stops, scene }) =>
        `{ "title": ${stops.string('Title of the publication')}, "published": ${stops.string(scene.today.slice(0, 4))} }`,
    },
  ],
  'file.sites.*': [
    titled('site', 'new-site', 'New site', 'A place in the body.'),
    {
      label: 'site: part of another',
      id: 'new-site',
      words: 'A place in the body that is part of a larger one.',
      make: ({ stops, ruleSet }) =>
        firstId(ruleSet?.sites, id => `{ "title": ${stops.string('New site')}, "partOf": ${stops.string(id)} }`),
    },
    {
      label: 'site: left and right',
      id: 'new-site',
      words: 'A place in the body of which there is a left and a right one.',
      make: ({ stops }) => `{ "title": ${stops.string('New site')}, "paired": true }`,
    },
  ],
  'adviceItems.*': [
    titled('item', 'new-item', 'New item', 'Something a rule can recommend, require, avoid or forbid.'),
    {
      label: 'item: kind of another',
      id: 'new-item',
      words: 'Something narrower: a rule about the broader one holds for it too.',
      make: ({ stops, ruleSet }) => firstId(ruleSet?.advice, id => `{ "title": ${stops.string('New item')}, "isA": ${stops.string(id)} }`),
    },
  ],
  'file.parameters.*': [
    {
      label: 'parameter: measured',
      id: 'new-parameter',
      words: 'An amount in a unit.',
      make: ({ stops }) => `{ "title": ${stops.string('New parameter')}, "unit": ${stops.string('min/wk')} }`,
    },
    {
      label: 'parameter: ordered',
      id: 'new-parameter',
      words: 'Places from least to most.',
      make: ({ stops }) =>
        `{ "title": ${stops.string('New parameter')}, "order": [${stops.string('light')}, ${stops.string('moderate')}, ${stops.string('vigorous')}] }`,
    },
  ],
  'file.phases.*': [titled('phase', 'new-phase', 'New phase', 'A phase of care.')],
  'file.facts.*': FACTS,
  'groupItem.facts.*': RECORD_FACTS,
  'file.groups.*': [
    {
      label: 'group',
      id: 'new-group',
      words: 'Records of which a patient may have several.',
      make: ({ stops }) =>
        `{\n  "title": ${stops.string('New record')},\n  "facts": {\n    ${stops.string('new-fact')}: { "title": ${stops.string('New fact')}, "type": "boolean" }\n  }\n}`,
    },
  ],
  'file.derived.*': [
    {
      label: 'derived fact: formula',
      id: 'new-fact',
      words: 'A number that is worked out from others.',
      make: making =>
        numeric(
          making,
          id =>
            `{ "title": ${making.stops.string('New fact')}, "type": "decimal", "sum": [{ "fact": ${making.stops.string(id)} }, ${making.stops.text('1')}] }`,
        ),
    },
    {
      label: 'derived fact: time since an event',
      id: 'new-fact',
      words: 'The time from a date to the moment the rules are asked.',
      make: ({ stops, ruleSet }) =>
        firstFact(
          ruleSet,
          each => each.type === 'date',
          ({ id }) =>
            `{ "title": ${stops.string('New fact')}, "type": "quantity", "unit": ${stops.string('d')}, "since": ${stops.string(id)} }`,
        ),
    },
    {
      label: 'derived fact: table',
      id: 'new-fact',
      words: 'Rows; the first whose condition holds gives the value.',
      make: making =>
        `{\n  "title": ${making.stops.string('New fact')},\n  "type": "code",\n  "values": ["yes", "no"],\n  "table": [{ "when": ${condition(making)}, "value": "yes" }, { "value": "no" }]\n}`,
    },
  ],
  'file.scores.*': [
    {
      label: 'score',
      id: 'new-score',
      words: 'Components with points, and bands of the total.',
      make: ({ stops }) =>
        `{\n  "title": ${stops.string('New score')},\n  "components": {\n    ${stops.string('first')}: { "title": ${stops.string('First component')}, "options": { "no": 0, "yes": ${stops.text('1')} } }\n  },\n  "bands": {\n    "low": { "title": ${stops.string('Low')}, "atMost": ${stops.text('0')} },\n    "high": { "title": ${stops.string('High')}, "atLeast": ${stops.text('1')} }\n  }\n}`,
    },
  ],
  'scoreItem.components.*': COMPONENTS,
  'bands.*': [
    {
      label: 'band',
      id: 'new-band',
      words: 'What a total means.',
      make: ({ stops }) => `{ "title": ${stops.string('New band')}, "atLeast": ${stops.text('0')}, "atMost": ${stops.text('1')} }`,
    },
  ],
  'file.thresholds.*': [
    {
      label: 'threshold',
      id: 'new-threshold',
      words: 'A cut-off with a name.',
      make: making =>
        numeric(
          making,
          (id, unit) =>
            `{ "title": ${making.stops.string('New threshold')}, "fact": ${making.stops.string(id)}, "atLeast": ${making.stops.text('10')}${unit}${source(making)} }`,
        ),
    },
  ],
  'file.decisions.*': [
    {
      label: 'decision',
      id: 'new-decision',
      words: 'A question that rules answer, its values strictest first.',
      make: ({ stops }) =>
        `{\n  "title": ${stops.string('What is asked?')},\n  "values": [${stops.string('no')}, ${stops.string('yes')}],\n  "resolve": "strictest"\n}`,
    },
  ],
  'file.rules': [
    rule('rule: decides', 'A rule that takes a decision.', making => decide(making)),
    ...(['recommend', 'avoid', 'forbid', 'require'] as const).map(verb =>
      rule(`rule: ${verb}s`, `A rule that ${verb}s something.`, making => advise(making, verb)),
    ),
  ],
  'file.precautions': [
    { label: 'precaution', words: 'A rule written by site: it holds for each record there.', make: making => precaution(making) },
  ],
  'file.impossible': [
    {
      label: 'impossible combination',
      words: 'What no patient can be.',
      make: making =>
        `{ "id": ${making.fresh('new-combination')}, "when": ${condition(making)}, "reason": ${making.stops.string('Why it cannot be.')} }`,
    },
  ],
  'file.notes': [
    {
      label: 'note',
      words: 'What a source says and no rule can execute.',
      make: making =>
        `{ "id": ${making.fresh('new-note')}, "text": ${making.stops.string('What the source says.')}, "source": { "id": ${making.stops.string(first(making.ruleSet?.sources) ?? 'source')} } }`,
    },
  ],
  'file.waivers': [
    {
      label: 'waiver',
      words: 'A finding that a reviewer accepts until a date.',
      make: ({ stops, scene }) =>
        `{ "finding": ${stops.string('hidden-rule:id')}, "reason": ${stops.string('Why it is accepted.')}, "by": ${stops.string('Name')}, "until": ${stops.string(aYearOn(scene.today))} }`,
    },
  ],
  'optionComponent.options.*': [
    { label: 'option', id: 'new-option', words: 'What can be recorded, with its points.', make: ({ stops }) => stops.text('1') },
  ],
  file: [
    {
      label: 'rule set',
      words: 'A small rule set to start from.',
      make: ({ stops }) =>
        `{\n  "id": ${stops.string('my-rules')},\n  "title": ${stops.string('My rules')},\n  "version": "0.1.0",\n  "status": "draft",\n  "facts": {\n    "chest-pain": { "title": "Chest pain", "type": "boolean" }\n  },\n  "decisions": {\n    "clearance": { "title": "May this patient exercise now?", "values": ["contraindicated", "proceed"], "resolve": "strictest" }\n  },\n  "rules": [\n    {\n      "id": "no-exercise-with-chest-pain",\n      "title": "No exercise with chest pain",\n      "when": { "fact": "chest-pain", "is": true },\n      "then": [{ "decide": "clearance", "as": "contraindicated" }]\n    }\n  ]\n}`,
    },
  ],
};
