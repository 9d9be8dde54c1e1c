/** Lists, numbers, units and dates as a clinician writes them. Display only: nothing here is compared. */

/** `a`, `a and b`, `a, b and c`. */
export function listText(items: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/** The same with at most `most` items named and the rest counted. */
export function shortList(items: readonly string[], most: number, last: 'and' | 'or' = 'and'): string {
  if (items.length <= most + 1) return listText(items, last);
  return listText([...items.slice(0, most), `${items.length - most} more`], last);
}

const MOST_RUNS = 8;

/** Ascending numbers with every run of whole ones of four or more told by its ends: `1, 4 to 9 and 12`. */
export function numbersText(numbers: readonly string[], last: 'and' | 'or' = 'and'): string {
  const runs: string[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && /^-?\d+$/.test(number) && Number(number) - Number(run.at(-1)) === 1) run.push(number);
    else runs.push([number]);
  }
  // Totals in steps of a half make no runs: a long list is told by its ends and how many there are.
  if (runs.length > MOST_RUNS) return `${numbers[0]} to ${numbers.at(-1)}, ${numbers.length} values`;
  return listText(
    runs.flatMap(run => (run.length > 3 ? [`${run[0]} to ${run.at(-1)}`] : run)),
    last,
  );
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A title inside a sentence: its first letter small, unless the word is a name or an abbreviation (`SINS`, `L3`, `ESAS tiredness`, `HER2`, `D-dimer`, `Timed Up and Go`). */
export function inSentence(title: string): string {
  const word = /^[^\s,;:]*/.exec(title)![0];
  if (/^\S+ \p{Lu}\p{Ll}|^\p{Lu}-/u.test(title)) return title;
  return /^(\p{Lu}[\p{Ll}-]+|A)$/u.test(word) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** A title inside a sentence, in quotation marks where its own commas would be taken for the sentence's. */
export function named(title: string): string {
  return setApart(inSentence(title));
}

/** The same for what is in a sentence already. */
export function setApart(text: string): string {
  return /[,;:]/.test(text) ? `“${text}”` : text;
}

/** `femoral-head` as `femoral head`: what is shown where a title is missing. */
export function spoken(id: string): string {
  return id.replaceAll('-', ' ');
}

/** `lives alone` names no several things. */
const VERBS =
  /^(lives|takes|needs|uses|wants|smokes|drinks|eats|walks|sleeps|receives|shows|feels|gets|meets|works|tolerates|refuses|bleeds|coughs)$/;

/** `is` or `are`: a title may name several things, such as platelets. */
export function isOrAre(title: string): 'is' | 'are' {
  const first = title.split(/[ ,(]/)[0]!;
  return !/^\p{Lu}/u.test(first) && /[^aiosu]s$/.test(first) && !VERBS.test(first) ? 'are' : 'is';
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DATE = /^(\d{4})-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?$/;

/** `2026-11-22T12:00:00Z` as `22 Nov 2026, 12:00 UTC`. What is no date stays as written. */
export function dateText(date: string): string {
  const match = DATE.exec(date);
  const month = MONTHS[Number(match?.[2] ?? 0) - 1];
  if (!match || !month) return date;
  const day = match[3] ? `${Number(match[3])} ` : '';
  const zone = match[5] && match[5] !== 'Z' ? ` ${match[5]}` : ' UTC';
  return `${day}${month} ${match[1]}${match[4] ? `, ${match[4]}${zone}` : ''}`;
}

const UNITS: Readonly<Record<string, string>> = {
  a: 'years',
  mo: 'months',
  wk: 'weeks',
  d: 'days',
  h: 'hours',
  min: 'minutes',
  s: 'seconds',
  Cel: '°C',
  'mm[Hg]': 'mmHg',
  '%': '%',
  '1': '',
};
const ONE: Readonly<Record<string, string>> = { a: 'year', mo: 'month', wk: 'week', d: 'day', h: 'hour', min: 'minute', s: 'second' };
const RAISED: Readonly<Record<string, string>> = {
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

/** A UCUM unit as it is printed: `10*9/L` as `×10⁹/L`, `kg/m2` as `kg/m²`, `{breaths}/min` as `breaths/min`, an annotation such as `{score}` left out. */
export function unitText(unit: string): string {
  const known = UNITS[unit];
  if (known !== undefined) return known;
  return (
    unit
      // What stands under the line says what is counted: `mL/min/{1.73_m2}`.
      .replace(/\/\{([^}]*)\}/g, (_, counted: string) => `/${counted.replaceAll('_', ' ')}`)
      // What is counted stands before it: `{breaths}/min`.
      .replace(/^\{([A-Za-z_ ]+)\}(?=\/)/, (_, counted: string) => counted.replaceAll('_', ' '))
      .replace(/\{[^}]*\}/g, '')
      .replace(/10[*^](\d+)/g, (_, power: string) => `×10${raised(power)}`)
      .replace(/([a-z])(\d)(?=$|[./])/gi, (_, letter: string, power: string) => letter + raised(power))
      .replace(/^1(?=\/)/, '')
      .replace(/^u(?=[A-Za-z])|(?<=\/)u(?=[A-Za-z])/g, 'µ')
      .replace(/(?<!\d)\.|\.(?!\d)/g, '·')
  );
}

/** A number with its unit: `14 mg/dL`, `65 years`, `1 day`, `37 °C`, `50 %`. */
export function amountText(number: string, unit: string | undefined): string {
  const text = unit === undefined ? '' : number === '1' ? (ONE[unit] ?? unitText(unit)) : unitText(unit);
  return text === '' ? number : text.startsWith('/') ? `${number}${text}` : `${number} ${text}`;
}

function raised(digits: string): string {
  return [...digits].map(digit => RAISED[digit] ?? digit).join('');
}
