/** Coverage of several rule sets by the places it is about. A place that several share is seen where any of them shows it. */
import type { Point, Way } from './coverage.ts';
import { pointWords, wayWords } from './point-words.ts';
import type { Verdicts } from './settled.ts';
import { witnessWords } from './witness-words.ts';

export interface Mark {
  readonly file: string;
  readonly span: { readonly start: number; readonly end: number };
  /** Its id and whether it fired, where it is a rule. */
  readonly rule: { readonly id: string; readonly fired: boolean } | undefined;
  /** Without what no patient can show. */
  readonly ways: readonly { readonly label: string; readonly seen: boolean }[];
}

/** In the order of the points. What can be shown in no way at all is left out. */
export function marksOf(points: readonly Point[], verdicts: Verdicts): readonly Mark[] {
  const places = new Map<string, Point[]>();
  for (const point of points) {
    const key = `${point.kind} ${point.place.file} ${point.place.span.start} ${point.place.span.end}`;
    places.set(key, [...(places.get(key) ?? []), point]);
  }
  return [...places.values()].map(same => markOf(same, verdicts)).filter(({ ways }) => ways.length > 0);
}

function markOf(same: readonly Point[], verdicts: Verdicts): Mark {
  const [{ kind, item, place, ways }] = same as [Point];
  return {
    ...place,
    rule: kind === 'rule' && item ? { id: item.id, fired: stateIn(same, 'fired').includes('seen') } : undefined,
    ways: ways.flatMap(({ name }) => {
      const states = stateIn(same, name);
      if (!states.some(state => state === 'seen' || state === 'not-seen')) return [];
      const seen = states.includes('seen');
      const open = same.find(({ ways }) => ways.some(way => way.name === name && way.state === 'not-seen'));
      return [{ label: seen || !open ? labelOf(same[0]!, name) : openLabel(open, name, verdicts), seen }];
    }),
  };
}

function stateIn(same: readonly Point[], name: string): readonly (Way['state'] | undefined)[] {
  return same.map(({ ways }) => ways.find(way => way.name === name)?.state);
}

function labelOf(point: Point, name: Way['name']): string {
  return `“${wayWords(name)}” of ${pointWords(point)}`;
}

function openLabel(point: Point, name: Way['name'], verdicts: Verdicts): string {
  const verdict = verdicts.get(point)?.get(name);
  const who = verdict?.kind === 'witness' ? `shown by a patient with ${witnessWords(verdict.patient)}` : 'no patient was found';
  return `${labelOf(point, name)} (${who})`;
}
