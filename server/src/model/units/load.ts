/** Loads the unit library when a unit outside our own table is met, and not before. */
import type { LibraryUnit } from './library.ts';

type Library = typeof import('./library.ts');

let library: Library | undefined;
let loading: Promise<Library> | undefined;

/** Loads the library once; after that `isKnownUnit` and `areCommensurable` know every unit of UCUM. */
export async function loadUnits(): Promise<void> {
  loading ??= import('./library.ts');
  try {
    library = await loading;
  } catch (error) {
    // So that a second try is one.
    loading = undefined;
    throw error;
  }
}

export function isLibraryLoaded(): boolean {
  return library !== undefined;
}

/** Undefined if the library is not loaded, or knows no such unit. */
export function fromLibrary(unit: string): LibraryUnit | undefined {
  return library?.readLibraryUnit(unit);
}
