/** Which part stands in which of the two columns. */

/** What moves must leave the columns clearly closer to each other, or it would move for nothing. */
const ENOUGH = 0.85;
/** What has moved is of another height there, for the columns are not equally wide: it stays unless that was clearly wrong, or it would go to and fro. */
const STAYS = 1.3;

export interface Columns {
  readonly left: HTMLElement;
  readonly right: HTMLElement;
  /** What may stand at the end of either column, in its order. */
  readonly last: readonly HTMLElement[];
}

/**
 * Side by side, no column ends far above the other: what may stand at the end of either goes to the left one as long as the right one is the longer by more than
 * that. One below the other, all keeps its order.
 */
export function balanceColumns({ left, right, last }: Columns): void {
  const sideBySide = left.childElementCount > 0 && topOf(left) === topOf(right);
  const moved = last.filter(part => part.parentElement === left);
  let longer = moved.reduce((sum, part) => sum + 2 * heightOf(part), bottomOf(right) - bottomOf(left));
  const wanted: HTMLElement[] = [];
  for (const part of sideBySide ? last : []) {
    if (longer * (moved.includes(part) ? STAYS : ENOUGH) <= heightOf(part)) break;
    longer -= 2 * heightOf(part);
    wanted.push(part);
  }
  if (wanted.length === moved.length) return;
  left.append(...wanted);
  right.append(...last.slice(wanted.length));
}

function topOf(element: HTMLElement): number {
  return element.getBoundingClientRect().top;
}

/** A part has no box of its own; the sections in it have. */
function heightOf(part: HTMLElement): number {
  return [...part.children].reduce((sum, section) => sum + section.getBoundingClientRect().height, 0);
}

function bottomOf(column: HTMLElement): number {
  return Math.max(topOf(column), ...[...column.querySelectorAll('section')].map(section => section.getBoundingClientRect().bottom));
}
