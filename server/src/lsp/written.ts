/** Messages as they go over stdio. Of diagnostics told before, most are told again with the next version: these are not written out once more. */
import type { Message } from 'vscode-jsonrpc/node';

interface Told {
  readonly params?: { readonly diagnostics?: readonly object[] };
}

/** Each as it was written, with a comma before it. Diagnostics never change. */
const pieces = new WeakMap<object, Buffer>();

/** The same bytes as of `JSON.stringify`. */
export function written(message: Message): Buffer {
  const { params } = message as Told;
  const diagnostics = params?.diagnostics;
  if (!diagnostics?.length) return Buffer.from(JSON.stringify(message));
  // In a text that is quoted within there is a backslash before each quotation mark.
  const [head, tail] = JSON.stringify({ ...message, params: { ...params, diagnostics: [] } }).split('"diagnostics":[]');
  const [first, ...more] = diagnostics.map(pieceOf);
  return Buffer.concat([Buffer.from(`${head}"diagnostics":[`), first!.subarray(1), ...more, Buffer.from(`]${tail}`)]);
}

function pieceOf(diagnostic: object): Buffer {
  const piece = pieces.get(diagnostic) ?? Buffer.from(`,${JSON.stringify(diagnostic)}`);
  pieces.set(diagnostic, piece);
  return piece;
}
