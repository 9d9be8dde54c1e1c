/** Which files must be looked at again when one changes. */

/** From each file to the files it names. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** The files that name one of the given files, directly or not, and those files themselves. */
export function usersOf(graph: Graph, files: Iterable<string>): Set<string> {
  return reach(reversed(graph), files);
}

/**
 * Whose findings may differ when the given files change: the files that use them, and whatever those use, since a name is
 * unused only as long as no whole that includes it uses it.
 */
export function affectedBy(graph: Graph, changed: Iterable<string>): Set<string> {
  return reach(graph, usersOf(graph, changed));
}

function reach(graph: Graph, from: Iterable<string>): Set<string> {
  const reached = new Set(from);
  for (const file of reached) for (const next of graph.get(file) ?? []) reached.add(next);
  return reached;
}

const turned = new WeakMap<Graph, Graph>();

/** From each file to those that name it. Made once a graph. */
function reversed(graph: Graph): Graph {
  const known = turned.get(graph);
  if (known) return known;
  const users = new Map<string, string[]>();
  for (const [file, targets] of graph) {
    for (const target of targets) {
      const named = users.get(target);
      if (named) named.push(file);
      else users.set(target, [file]);
    }
  }
  turned.set(graph, users);
  return users;
}
