/** The full UCUM table, for units outside ours. A bundle of its own: it is large, and few files need it. */
import { UcumLhcUtils } from '@lhncbc/ucum-lhc';

/** What the library says about one unit. */
export interface LibraryUnit {
  readonly dimension: string;
}

/** As long as any unit; the library calls itself for every parenthesis. */
const MAX_LENGTH = 120;

/** Undefined if UCUM has no such unit. What the library would have to correct is not that unit. */
export function readLibraryUnit(text: string): LibraryUnit | undefined {
  if (text.length === 0 || text.length > MAX_LENGTH || !isPlain(text)) return undefined;
  const { unit, retMsg, status } = quietly(() => UcumLhcUtils.getInstance().getSpecifiedUnit(text, 'validate'));
  const dimensions = unit?.dim_?.dimVec_;
  // It takes words such as `constructor` for units, but those have no dimensions.
  if (!unit || !dimensions || status === 'invalid' || retMsg.length > 0) return undefined;
  // An arbitrary unit measures nothing but itself.
  return { dimension: JSON.stringify([dimensions, unit.moleExp_, unit.isArbitrary_ ? unit.csCode_ : '']) };
}

/** Printable ASCII without blanks, as every unit is. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 33 || text.charCodeAt(i) > 126) return false;
  return true;
}

/** The library writes what it stumbles over to the console; there the language server speaks its protocol and the command line its report. */
function quietly<T>(ask: () => T): T {
  const { log } = console;
  console.log = () => undefined;
  try {
    return ask();
  } finally {
    console.log = log;
  }
}
