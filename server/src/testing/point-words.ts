/** What is covered, and in which way, in words. */
import type { Point } from './coverage.ts';

/** `rule “too-high”`, `boundary 3.5 mmol/L of “high-calcium”`. */
export function pointWords({ kind, item, band, boundary }: Point): string {
  const of = item ? `“${item.id}”` : 'the scope';
  if (kind === 'boundary')
    return `boundary ${boundary!.number}${boundary!.kind === 'fact' && boundary!.unit ? ` ${boundary!.unit}` : ''} of ${of}`;
  if (kind === 'alone') return `condition that alone decides ${of}`;
  if (kind === 'band') return `band “${band}” of ${of}`;
  return kind === 'rule' || kind === 'threshold' ? `${kind} ${of}` : `${kind} of ${of}`;
}

export function wayWords(name: string): string {
  return name === 'below' || name === 'above' ? `just ${name}` : name;
}
