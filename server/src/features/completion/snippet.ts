/** JSON with stops for the cursor, in the notation of the protocol's snippets, and the same as plain text. */

/** Counts the stops of one proposal. */
export class Stops {
  #last = 0;

  /** A stop at which nothing stands yet. */
  empty(): string {
    return `$${++this.#last}`;
  }

  /** A stop with something to type over. */
  text(standing: string): string {
    return `\${${++this.#last}:${literal(standing)}}`;
  }

  /** A string with something to type over. */
  string(standing: string): string {
    return `"${this.text(JSON.stringify(standing).slice(1, -1))}"`;
  }

  /** One of a few words. */
  choice(words: readonly string[]): string {
    return `\${${++this.#last}|${words.map(word => literal(word).replace(/[,|]/g, '\\$&')).join(',')}|}`;
  }
}

/** What must stand as it is. */
export function literal(text: string): string {
  if (!/[\\$}]/.test(text)) return text;
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A text as a JSON string that stands as it is. */
export function literalString(text: string): string {
  return literal(JSON.stringify(text));
}

const STOP = /\\([\\$},|])|\$\{\d+:((?:\\.|[^\\}])*)\}|\$\{\d+\|((?:\\.|[^\\|,])*)(?:,(?:\\.|[^\\|])*)?\|\}|\$\d+/g;

/** The text for an editor that knows no stops: each with what stands there, or the first choice. */
export function plainText(snippet: string): string {
  if (!/[\\$]/.test(snippet)) return snippet;
  return snippet.replace(
    STOP,
    (_, escaped?: string, standing?: string, choice?: string) => escaped ?? (standing ?? choice ?? '').replace(/\\(.)/g, '$1'),
  );
}
