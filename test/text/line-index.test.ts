/** Lines and columns of any text, and whether a range is still that of a span. */
import assert from 'node:assert/strict';
import { LineIndex } from '../../server/src/text/line-index.ts';

const TEXTS = ['', 'one', 'one\ntwo', '\n\n', 'a\r\nbb\r\n\r\nc', 'a\rb\r\nc\nd\n', '\r', 'é“”\n😀\n'];

describe('a line index', () => {
  for (const text of TEXTS)
    it(`knows the range of each span from every other: ${JSON.stringify(text)}`, () => {
      const lines = new LineIndex(text);
      const offsets = [...Array(text.length + 1).keys()];
      const spans = offsets.flatMap(start => offsets.slice(start).map(end => ({ start, end })));
      for (const span of spans)
        for (const other of spans)
          assert.equal(
            lines.isRange(lines.range(other), span),
            other.start === span.start && other.end === span.end,
            JSON.stringify([other, span]),
          );
    });

  it('knows no range of another text that has more lines, or longer ones', () => {
    const lines = new LineIndex('one\ntwo');
    const at = (line: number, character: number) => ({ start: { line, character }, end: { line, character } });
    for (const [range, offset] of [
      [at(2, 0), 7],
      [at(0, 4), 4],
      [at(0, 5), 5],
      [at(5, 5), 5],
    ] as const)
      assert.equal(lines.isRange(range, { start: offset, end: offset }), false, JSON.stringify(range));
  });
});
