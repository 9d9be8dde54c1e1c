/** Circles in what is defined by what. */

/** Each circle once, beginning with its first id in the order of the graph. Every id is visited once. */
export function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[][] = [];
  for (const start of graph.keys()) if (!state.has(start)) search(start, graph, state, cycles);
  return cycles;
}

/** Depth first with a path of its own: a chain as long as the file must not exhaust the stack. */
function search(
  start: string,
  graph: ReadonlyMap<string, readonly string[]>,
  state: Map<string, 'open' | 'done'>,
  cycles: string[][],
): void {
  const path: { readonly id: string; readonly rest: string[] }[] = [];
  const enter = (id: string) => {
    state.set(id, 'open');
    path.push({ id, rest: [...(graph.get(id) ?? [])] });
  };
  enter(start);
  while (path.length > 0) {
    const { id, rest } = path.at(-1)!;
    const next = rest.shift();
    if (next === undefined) {
      state.set(id, 'done');
      path.pop();
    } else if (state.get(next) === 'open') cycles.push(path.slice(path.findIndex(step => step.id === next)).map(step => step.id));
    else if (!state.has(next) && graph.has(next)) enter(next);
  }
}
