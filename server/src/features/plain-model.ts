/** The plain-language view of a rule set as blocks: printed as Markdown, drawn as a page. Types only. */
import type { Place } from '../text/span.ts';
import type { Link } from './preview-model.ts';

/** `At` is where it is written: a place in a file, or a link that an editor can follow. */
export interface PlainItem<At = Place> {
  /** What it is called; empty where the text says it all. */
  readonly title: string;
  readonly text: string;
  /** Whole sentences of less weight: sources, reasons, definitions. */
  readonly details: readonly string[];
  readonly place: At | undefined;
}

export interface PlainRow<At = Place> {
  readonly cells: readonly string[];
  readonly place: At | undefined;
}

export type PlainBlock<At = Place> =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string; readonly place: At | undefined }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly PlainItem<At>[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly PlainRow<At>[] };

/** What the editor shows. */
export interface PlainPage {
  readonly title: string;
  /** Whether something in the rule set cannot be read, so that the page may leave something out. */
  readonly broken: boolean;
  readonly blocks: readonly PlainBlock<Link>[];
}
