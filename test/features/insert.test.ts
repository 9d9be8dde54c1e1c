/** Edits that add to a text are laid out as what stands beside them. */
import assert from 'node:assert/strict';
import { itemEdit, propertyEdit } from '../../server/src/features/insert.ts';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { type ArrayNode, type ObjectNode, property } from '../../server/src/syntax/node.ts';
import { applyEdits } from '../../server/src/text/span.ts';

const LONG = 'so many words that they and the rest of it do not go on one line together, which is a hundred and thirty wide';

describe('what is added to a list', () => {
  it('has an entry a line, as the item before it', () => {
    const text = '{\n  "rules": [\n    {\n      "id": "a"\n    }\n  ]\n}\n';
    assert.equal(
      added(text, { id: 'b', then: [{ decide: 'x', as: 'y' }] }),
      '{\n  "rules": [\n    {\n      "id": "a"\n    },\n    {\n      "id": "b",\n      "then": [{ "decide": "x", "as": "y" }]\n    }\n  ]\n}\n',
    );
  });

  it('stays on one line where the item before it does and there is room', () => {
    const text = '{ "rules": [\n\t{ "id": "a" }\n] }';
    assert.equal(added(text, { id: 'b' }), '{ "rules": [\n\t{ "id": "a" },\n\t{ "id": "b" }\n] }');
    assert.equal(
      added(text, { id: 'b', title: LONG }),
      `{ "rules": [\n\t{ "id": "a" },\n\t{\n\t\t"id": "b",\n\t\t"title": "${LONG}"\n\t}\n] }`,
    );
  });

  it('keeps tabs and ends of lines', () => {
    const text = '{\r\n\t"rules": [\r\n\t\t{\r\n\t\t\t"id": "a"\r\n\t\t}\r\n\t]\r\n}';
    assert.equal(added(text, { id: 'b' }), text.replace('}\r\n\t]', '},\r\n\t\t{\r\n\t\t\t"id": "b"\r\n\t\t}\r\n\t]'));
  });
});

describe('what is added to an object', () => {
  it('goes on one line where it fits, else has an entry a line', () => {
    const text = '{\n  "id": "a"\n}';
    assert.equal(given(text, [{ reason: 'short' }]), '{\n  "id": "a",\n  "waivers": [{ "reason": "short" }]\n}');
    assert.equal(
      given(text, [{ reason: LONG, by: '' }]),
      `{\n  "id": "a",\n  "waivers": [\n    {\n      "reason": "${LONG}",\n      "by": ""\n    }\n  ]\n}`,
    );
  });
});

function added(text: string, value: unknown): string {
  return applyEdits(text, [itemEdit(text, property(rootOf(text), 'rules')!.value as ArrayNode, value)]);
}

function given(text: string, value: unknown): string {
  return applyEdits(text, [propertyEdit(text, rootOf(text), 'waivers', value)]);
}

function rootOf(text: string): ObjectNode {
  return parseDocument(text).root as ObjectNode;
}
