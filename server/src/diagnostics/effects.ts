/** Effects of rules: the name each is about, and which of its parameters are given which values. */
import type { Effect, Name } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';

/** Where the main name of an effect stands. */
export function effectSpan(effect: Effect): Span {
  return (effectNames(effect)[0] ?? effect).span;
}

/** The names of what an effect is about: a decision, what is advised, or a parameter. */
export function effectNames(effect: Effect): readonly Name[] {
  if (effect.kind === 'decide') return [effect.decision];
  if (effect.kind === 'limit') return [effect.parameter];
  return effect.kind === 'recommend' ? effect.what : [effect.what];
}
