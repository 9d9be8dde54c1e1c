/** Holds what a preview says against the outcome it was made from. */
import assert from 'node:assert/strict';
import type { Outcome } from '../../server/src/evaluation/outcome.ts';
import type { Preview, PreviewCondition, PreviewConflict } from '../../server/src/features/preview-model.ts';

export function agrees(preview: Preview): void {
  const { outcome } = preview;
  decisionsAgree(preview, outcome);
  rulesAgree(preview, outcome);
  scoresAgree(preview, outcome);
  effectsAgree(preview, outcome);
  assert.deepEqual(
    preview.missing.map(({ input }) => input),
    outcome.missing.map(({ input }) => input),
  );
  assert.equal(preview.conflicts.length, outcome.conflicts.length);
  const words = ({ text, state, rules }: PreviewConflict) => JSON.stringify([text, state, rules.map(({ id }) => id)]);
  const bySite = preview.precautions.map(({ conflicts }) => conflicts.map(words));
  for (const told of bySite) assert.equal(new Set(told).size, told.length, 'a conflict is told once at a site');
  assert.deepEqual(new Set(bySite.flat()), new Set(preview.conflicts.map(words)), 'each conflict stands at a site');
  assert.equal(preview.problems.length, outcome.problems.length);
  assert.equal(preview.ruleSet.cautions.length, outcome.ruleSet.cautions.length);
  readable(preview);
}

function decisionsAgree({ decisions }: Preview, outcome: Outcome): void {
  assert.deepEqual(decisions.map(({ id }) => id).sort(), Object.keys(outcome.decisions));
  for (const { id, status, answer, ladder, follows, records, tone } of decisions) {
    const decided = outcome.decisions[id]!;
    assert.equal(status, decided.status);
    const values = decided.status === 'decided' ? [decided.value].flat() : [];
    assert.deepEqual(
      ladder.filter(({ state }) => state === 'decided').map(({ value }) => value),
      ladder.map(({ value }) => value).filter(value => values.includes(value)),
    );
    const possible = decided.status === 'decided' ? [] : decided.possible.filter(value => value !== 'no-answer');
    assert.deepEqual(
      ladder.filter(({ state }) => state === 'possible').map(({ value }) => value),
      possible,
    );
    const words = { undetermined: 'Undetermined', 'no-answer': 'No answer', conflict: 'Conflict' };
    if (status !== 'decided') assert.deepEqual([answer, tone], [words[status], status]);
    else
      assert.equal(
        answer.toLowerCase(),
        ladder
          .filter(({ state }) => state === 'decided')
          .map(({ title }) => title.toLowerCase())
          .join(', '),
      );
    assert.ok(!/permission/.test(follows.text) || status !== 'decided');
    assert.deepEqual(
      records.map(({ record, status }) => [record, status]),
      Object.entries(decided.records).map(([record, part]) => [record, part.status]),
    );
  }
}

/** Every rule is told once for each status it has, with all its records, and every condition of the trace is shown. */
function rulesAgree({ rules }: Preview, outcome: Outcome): void {
  for (const status of ['fired', 'ruled-out', 'undetermined'] as const) {
    const told = rules.filter(rule => rule.status === status);
    const meant = outcome.rules.filter(rule => rule.status === status);
    assert.deepEqual(told.map(({ id }) => id).sort(), [...new Set(meant.map(({ id }) => id))].sort());
    for (const rule of told) {
      const own = meant.filter(({ id }) => id === rule.id);
      assert.equal(rule.cases.length, own.length);
      own.forEach(({ trace }, index) => {
        const roots = [trace?.when, trace?.until].filter(node => node !== undefined);
        const { conditions } = rule.cases[index]!;
        assert.deepEqual(
          conditions.slice(0, roots.length).map(({ truth }) => truth),
          roots.map(({ truth }) => truth),
        );
      });
    }
  }
}

/** A score that is shown has its totals right; one that is not shown has none recorded, or does not apply. */
function scoresAgree({ scores }: Preview, outcome: Outcome): void {
  for (const group of scores)
    for (const shown of group.scores) {
      const score = outcome.scores.find(({ id, record }) => id === shown.id && record === (group.record ?? null))!;
      if (score.total !== undefined)
        assert.deepEqual(shown.total, { label: score.state === 'scorable-unknown' ? 'possible total' : 'total', text: score.total });
      for (const { cells, bands } of shown.strips) {
        const marked = cells.filter(({ state }) => state === 'total' || state === 'possible').map(({ total }) => total);
        const meant = score.total === undefined ? (score.totals ?? []) : [score.total];
        if (cells.length)
          assert.deepEqual(
            marked,
            cells.map(({ total }) => total).filter(total => meant.includes(total)),
          );
        for (const { id, here } of bands) assert.equal(here, score.bands?.includes(id) ?? score.band === id);
      }
    }
}

function effectsAgree({ precautions }: Preview, outcome: Outcome): void {
  const told = precautions.flatMap(({ effects }) => effects.map(({ verb, state, rule }) => `${verb} ${state} ${rule.id}`));
  const meant = outcome.effects.map(({ verb, state, rule }) => `${verb} ${state} ${rule}`);
  assert.deepEqual([...new Set(told)].sort(), [...new Set(meant)].sort());
}

/** Nothing that was meant for a machine: no `undefined`, no object, no empty sentence; sentences begin large and end with a full stop. */
function readable(preview: Preview): void {
  const { outcome: _, ...words } = preview;
  for (const text of stringsIn(words)) assert.doesNotMatch(text, /undefined|\[object|NaN|null\b|\s{2}|\.\.|, ,| ,/, text);
  for (const { why, follows } of preview.decisions) {
    assert.match(why, /^[\p{Lu}\d“].*\.$/su);
    assert.match(follows.text, /\.$/);
  }
  const conditions = preview.rules.flatMap(({ cases }) => cases.flatMap(each => each.conditions));
  for (const condition of allConditions(conditions)) assert.notEqual(condition.text.trim(), '');
}

function allConditions(conditions: readonly PreviewCondition[]): PreviewCondition[] {
  return conditions.flatMap(condition => [condition, ...allConditions(condition.items)]);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
