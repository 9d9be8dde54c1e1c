/** What is proposed at a place, before it becomes an edit. */

/** What a proposal is, for the icon beside it. */
export type OfferKind =
  | 'key'
  | 'name'
  | 'fact'
  | 'group'
  | 'score'
  | 'band'
  | 'threshold'
  | 'decision'
  | 'rule'
  | 'advice'
  | 'site'
  | 'source'
  | 'value'
  | 'unit'
  | 'file'
  | 'template';

/** What a proposal is about, by which its documentation is found later. Plain values: they travel to the editor and back. */
export type About =
  /** A key or value of the schema; `slot` as in `allowed.ts`. */
  | { readonly of: 'schema'; readonly slot: string; readonly value?: string }
  /** Something declared in the whole of the file, or in a rule set that a patient is for. */
  | { readonly of: 'item'; readonly section: string; readonly id: string; readonly group?: string }
  /** A part of something declared: a value, a band, an option. */
  | { readonly of: 'part'; readonly section: string; readonly id: string; readonly part: string; readonly group?: string }
  /** A whole to start from; shown as it will be written. */
  | { readonly of: 'text'; readonly words: string; readonly json: string };

export interface Offer {
  readonly label: string;
  readonly kind: OfferKind;
  /** What the label means, beside it: a title. */
  readonly title?: string | undefined;
  /** At the far side: a type, a file. */
  readonly note?: string | undefined;
  /** JSON with stops for the cursor, as `snippet.ts` writes it: a value, or the key of a property. */
  readonly json: string;
  /** Of a property: its value, written only where none is there yet. */
  readonly value?: string;
  /** Lower comes first. */
  readonly rank: number;
  readonly about?: About | undefined;
  /** The cursor is left where more can be proposed at once. */
  readonly goesOn?: boolean;
}

/** Ranks of what is proposed side by side; within one, the order is told by a second number. */
export const RANK = { meant: 0, near: 1000, far: 2000, template: 3000, shape: 4000 } as const;
