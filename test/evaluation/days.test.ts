/** Days without a time: in UTC or where the patient was seen, and two events of one day. */
import assert from 'node:assert/strict';
import { outcomeOf } from '../support/rule-sets.ts';

const RULES = {
  facts: { ended: { type: 'date' }, pain: { type: 'date' } },
  derived: { hours: { type: 'quantity', unit: 'h', since: 'ended' } },
  scores: { risk: { components: { load: { options: { high: 2, low: 0 } } }, bands: { high: { atLeast: 1 } }, voidedBy: ['pain'] } },
  rules: [
    { id: 'waited', when: { fact: 'hours', atLeast: 48, unit: 'h' } },
    { id: 'ended', when: { fact: 'hours', atLeast: 0, unit: 'h' } },
    { id: 'on-the-20th', when: { fact: 'ended', is: '2026-11-20' } },
    { id: 'high', when: { score: 'risk', in: ['high'] } },
    { id: 'open-time', when: { unknown: { fact: 'hours' } } },
  ],
};

function statusOf(rule: string, asOf: string, facts: object, on?: string): string | undefined {
  const scores = on === undefined ? {} : { risk: { on, options: { load: 'high' } } };
  return outcomeOf(RULES, { asOf, facts, scores }).rules.find(({ id }) => id === rule)?.status;
}

describe('days without a time', () => {
  it('may have ended later where the patient was seen', () => {
    // In New York the 20th ends at 5:00 UTC on the 21st: 47 hours may be all there were.
    assert.equal(statusOf('waited', '2026-11-22T23:00:00-05:00', { ended: '2026-11-20' }), 'undetermined');
    assert.equal(statusOf('waited', '2026-11-23T04:00:00Z', { ended: '2026-11-20' }), 'fired');
    assert.equal(statusOf('waited', '2026-11-23T00:00:00-05:00', { ended: '2026-11-20' }), 'fired');
  });
  it('may have begun earlier where the patient was seen', () => {
    assert.equal(statusOf('ended', '2026-11-22T00:30:00+02:00', { ended: '2026-11-22' }), 'fired');
    assert.equal(statusOf('ended', '2026-11-22T00:30:00+02:00', { ended: '2026-11-23' }), 'undetermined');
    assert.equal(statusOf('ended', '2026-11-21T22:30:00Z', { ended: '2026-11-22' }), 'undetermined');
  });
  it('are the day that a rule names, whatever the zone', () => {
    assert.equal(statusOf('on-the-20th', '2026-11-22T23:00:00-05:00', { ended: '2026-11-20' }), 'fired');
    assert.equal(statusOf('on-the-20th', '2026-11-22T23:00:00+05:00', { ended: '2026-11-20' }), 'fired');
  });
  it('leave the time since them unknown', () => {
    assert.equal(statusOf('open-time', '2026-11-22T12:00:00Z', { ended: '2026-11-20' }), 'fired');
    assert.equal(statusOf('open-time', '2026-11-22T12:00:00Z', { ended: '2026-11-20T08:00:00Z' }), 'ruled-out');
    assert.equal(statusOf('open-time', '2026-11-22T12:00:00Z', { ended: 'never' }), 'ruled-out');
  });
});

describe('an event and a score of one day', () => {
  it('void the score even where `asOf` is the first moment of that day', () => {
    assert.equal(statusOf('high', '2026-11-22T00:00:00Z', { pain: '2026-11-22' }, '2026-11-22'), 'undetermined');
    assert.equal(statusOf('high', '2026-11-22T00:00:00Z', { pain: '2026-11-21' }, '2026-11-22'), 'fired');
  });
  it('void it where the day ends later than in UTC', () => {
    const asOf = '2026-11-22T12:00:00-05:00';
    assert.equal(statusOf('high', asOf, { pain: '2026-11-21' }, '2026-11-21T22:00:00-05:00'), 'undetermined');
    assert.equal(statusOf('high', asOf, { pain: '2026-11-20' }, '2026-11-21T22:00:00-05:00'), 'fired');
  });
});
