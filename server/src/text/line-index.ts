/** Offsets to lines and columns and back. */
import type { Span } from './span.ts';

export interface Position {
  /** Zero-based. */
  readonly line: number;
  /** Zero-based, in UTF-16 units. */
  readonly character: number;
}

export interface PositionRange {
  readonly start: Position;
  readonly end: Position;
}

/** Line starts of one text. `\n`, `\r\n` and a lone `\r` each end a line, as in the Language Server Protocol. */
export class LineIndex {
  /** Offset of the first unit of each line; always begins with 0. */
  readonly #starts: number[];

  constructor(text: string) {
    this.#starts = lineStarts(text);
  }

  position(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - this.#starts[low]! };
  }

  /** The offset of a position in a text of that length; one beyond its line is the line's end. */
  offset({ line, character }: Position, length: number): number {
    if (line >= this.#starts.length) return length;
    return Math.min(this.#starts[line]! + character, this.#starts[line + 1] ?? length);
  }

  range(span: Span): PositionRange {
    return { start: this.position(span.start), end: this.position(span.end) };
  }

  /** Whether that is the range of the span: told without making it. */
  isRange({ start, end }: PositionRange, span: Span): boolean {
    return this.#isPosition(start, span.start) && this.#isPosition(end, span.end);
  }

  #isPosition({ line, character }: Position, offset: number): boolean {
    return this.#starts[line]! + character === offset && !(offset >= this.#starts[line + 1]!);
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 13 && text.charCodeAt(i + 1) === 10) continue;
    if (unit === 10 || unit === 13) starts.push(i + 1);
  }
  return starts;
}
