/** Small sound files for tests of what surrounds them: a vocabulary, a rule set that uses it, and a patient. */
export const VOCABULARY = `{
  "id": "vocabulary",
  "title": "Vocabulary",
  "version": "1.0.0",
  "role": "library",
  "sources": { "guide": { "title": "Guide", "published": "2024-05-01" } },
  "facts": {
    "pain": { "title": "Pain at rest", "type": "boolean" },
    "calcium": { "title": "Calcium", "type": "quantity", "unit": "mmol/L", "minimum": 0, "maximum": 6, "required": true }
  }
}
`;

export const RULES = `{
  "id": "rules",
  "title": "Rules",
  "version": "1.0.0",
  "status": "active",
  "uses": ["vocabulary.clinical.json"],
  "thresholds": {
    "high-calcium": { "title": "High calcium", "fact": "calcium", "atLeast": 3.5, "unit": "mmol/L", "source": { "id": "guide" } }
  },
  "decisions": {
    "clearance": { "title": "May this patient exercise now?", "values": ["contraindicated", "proceed"], "resolve": "strictest" }
  },
  "rules": [
    {
      "id": "calcium-too-high",
      "title": "No exercise with high calcium",
      "when": { "threshold": "high-calcium" },
      "then": [{ "decide": "clearance", "as": "contraindicated" }],
      "source": { "id": "guide" }
    },
    {
      "id": "no-pain",
      "title": "Exercise without pain",
      "when": { "fact": "pain", "is": false },
      "then": [{ "decide": "clearance", "as": "proceed" }],
      "source": { "id": "guide" }
    }
  ]
}
`;

export const PATIENT = `{
  "id": "jane",
  "title": "High calcium",
  "asOf": "2026-11-22T12:00:00Z",
  "for": ["rules.clinical.json"],
  "facts": { "pain": false, "calcium": { "value": 3.6, "unit": "mmol/L" } }
}
`;

export const SMALL = { 'vocabulary.clinical.json': VOCABULARY, 'rules.clinical.json': RULES, 'jane.patient.json': PATIENT };
