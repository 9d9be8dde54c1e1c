/** What kinds of names, and files, are called. */
import type { NameKind } from './declared.ts';

const WORDS: Readonly<Partial<Record<NameKind, string>>> = {
  'rule-set': 'rule set',
  place: 'place on an order',
  'derived-fact': 'derived fact',
  'decision-value': 'value',
  impossible: 'impossible combination',
};

/** `derived fact`, `rule`, `site`. */
export function kindText(kind: NameKind): string {
  return WORDS[kind] ?? kind;
}

/** `a rule`, `an assessment`. */
export function aKind(kind: NameKind): string {
  const text = kindText(kind);
  return `${/^[aeio]/.test(text) ? 'an' : 'a'} ${text}`;
}

/** The file's own name, to be read. */
export function fileName(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
