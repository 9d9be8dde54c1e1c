/** A small rule set on falls, as several tests of cases take it. */

/** By age alone. */
export const FALLS = `{
  "id": "falls", "title": "Falls", "version": "1.0.0",
  "facts": { "age": { "title": "Age", "type": "integer", "minimum": 0, "maximum": 120 } },
  "decisions": { "class": { "title": "Balance class?", "values": ["yes", "no"], "resolve": "strictest" } },
  "rules": [
    { "id": "old", "when": { "fact": "age", "atLeast": 65 }, "then": [{ "decide": "class", "as": "yes" }] },
    { "id": "young", "when": { "fact": "age", "below": 65 }, "then": [{ "decide": "class", "as": "no" }] }
  ]
}`;

/** By age and frailty, with a source, of patients who have both. */
export const FRAIL_FALLS = `{
  "id": "falls", "title": "Falls", "version": "1.0.0",
  "sources": { "guide": { "title": "Guide" } },
  "facts": {
    "age": { "title": "Age", "type": "quantity", "unit": "a", "minimum": 0, "maximum": 120, "required": true },
    "frail": { "title": "Frail", "type": "boolean", "required": true }
  },
  "decisions": { "class": { "title": "Balance class?", "values": ["yes", "no"], "resolve": "strictest" } },
  "rules": [
    {
      "id": "old", "when": { "all": [{ "fact": "age", "atLeast": 65, "unit": "a" }, { "fact": "frail", "is": true }] },
      "then": [{ "decide": "class", "as": "yes" }], "source": { "id": "guide" }
    }
  ]
}`;
