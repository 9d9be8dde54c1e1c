/** Timing and its report: medians of paired runs, ratios in the same process or the same minute, never absolute promises. */

export interface Row {
  readonly what: string;
  readonly ours: number;
  readonly peer: number;
  readonly unit: string;
  /** What the issue asks: ours may be at most this part of the peer. */
  readonly mark: number;
  readonly note: string;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Milliseconds of one call. */
export async function time(run: () => unknown): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** Runs both in turn so that a slow minute of the machine hits both; the first turn warms up and does not count. */
export async function paired(turns: number, ours: () => unknown, peer: () => unknown): Promise<{ ours: number; peer: number }> {
  const times = { ours: [] as number[], peer: [] as number[] };
  for (let turn = 0; turn <= turns; turn++) {
    const one = await time(ours);
    const other = await time(peer);
    if (turn === 0) continue;
    times.ours.push(one);
    times.peer.push(other);
  }
  return { ours: median(times.ours), peer: median(times.peer) };
}

export function report(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}`);
  for (const { what, ours, peer, unit, mark, note } of rows) {
    const met = ours <= peer * mark ? 'met   ' : 'MISSED';
    console.log(
      `  ${met} ${what}: ours ${shown(ours)} ${unit}, peer ${shown(peer)} ${unit}: ${ratio(ours, peer)} (asked ${ratio(mark, 1)})${note ? `; ${note}` : ''}`,
    );
  }
}

function ratio(ours: number, peer: number): string {
  return ours <= peer ? `1/${shown(peer / ours)}` : `${shown(ours / peer)}x`;
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(4);
}
