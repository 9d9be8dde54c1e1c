/** A copy of a piece of a text that does not hold on to the whole of it: the names of an object's properties are kept apart by every engine. */
export function detached(piece: string): string {
  return Object.keys({ [piece]: true })[0]!;
}
