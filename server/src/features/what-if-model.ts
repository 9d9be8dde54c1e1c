/** What the page draws of a patient's inputs. Types only. */

/** What of the patient can be changed to see what follows. */
export interface PreviewWhatIf {
  /** Of the patient. */
  readonly inputs: readonly WhatIfInput[];
  readonly groups: readonly WhatIfGroup[];
}

export interface WhatIfGroup {
  readonly id: string;
  readonly title: string;
  /** What one record is called in a sentence. */
  readonly one: string;
  readonly complete: boolean;
  readonly records: readonly {
    readonly id: string;
    readonly name: string;
    readonly added: boolean;
    readonly inputs: readonly WhatIfInput[];
  }[];
  /** Ids of the patient's own records that the changes take away. */
  readonly removed: readonly string[];
  /** The id a new record would have. */
  readonly next: string;
}

export interface WhatIfInput {
  /** As in a `Change`. */
  readonly path: readonly string[];
  readonly title: string;
  readonly kind: 'yes-no' | 'choice' | 'number' | 'date' | 'text';
  /** Of a number: what it is written in, and what that is called. */
  readonly unit: string | undefined;
  readonly unitText: string;
  readonly choices: readonly WhatIfChoice[];
  /** Ends of the domain of a number, as decimal text. */
  readonly least: string | undefined;
  readonly most: string | undefined;
  readonly whole: boolean;
  readonly marks: readonly WhatIfMark[];
  /** What is recorded; a number as decimal text. Undefined: unknown, or one of several. */
  readonly value: boolean | string | undefined;
  /** Where several values are possible: which. */
  readonly several: string | undefined;
  /** What was recorded before it was changed; undefined where it was not. */
  readonly was: string | undefined;
}

export interface WhatIfChoice {
  readonly value: string;
  readonly title: string;
  /** How many others it is a kind of. */
  readonly depth: number;
}

/** A threshold on the scale of a number. */
export interface WhatIfMark {
  readonly at: string;
  readonly title: string;
}
