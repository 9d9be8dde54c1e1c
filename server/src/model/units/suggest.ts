/** What a unit that is none may have meant. */
import { COMMON_UNITS } from './common.ts';
import { readUnit } from './expression.ts';

/** Parts of a unit as people write them, in lower case, and as UCUM has them. */
const PARTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'mcg microgram micrograms γ': 'ug',
    'milligram milligrams mgs': 'mg',
    'gram grams gm gms gr': 'g',
    'kilogram kilograms kgs kilo kilos': 'kg',
    'lb lbs pound pounds': '[lb_av]',
    'oz ounce ounces': '[oz_av]',
    'mcl microliter microlitre microliters microlitres': 'uL',
    'cc milliliter millilitre milliliters millilitres mls': 'mL',
    'liter litre liters litres ltr': 'L',
    'deciliter decilitre': 'dL',
    'cmm cumm mm^3 mm³': 'mm3',
    'm^2 m² sqm': 'm2',
    'm^3 m³': 'm3',
    'inch inches in': '[in_i]',
    'ft foot feet': '[ft_i]',
    'metre meter metres meters': 'm',
    'hr hrs hour hours': 'h',
    'minute minutes mins': 'min',
    'sec secs second seconds': 's',
    'day days 24h 24hr 24hrs': 'd',
    'week weeks wks w': 'wk',
    'month months mon': 'mo',
    'year years yr yrs y': 'a',
    'mmhg torr': 'mm[Hg]',
    'cmh2o cmh20': 'cm[H2O]',
    'iu i.u.': '[IU]',
    miu: 'm[IU]',
    uiu: 'u[IU]',
    'unit units': 'U',
    'c °c degc celsius ℃': 'Cel',
    'f °f degf fahrenheit ℉': '[degF]',
    'percent pct prozent': '%',
    'degree degrees °': 'deg',
    'mmole mmoles millimole millimoles mmols': 'mmol',
    'umole micromole micromoles': 'umol',
    'mole moles': 'mol',
    'meq milliequivalent milliequivalents mval': 'meq',
    'mosmol mosmole': 'mosm',
    hpf: '[HPF]',
    'met mets': '[MET]',
    'calorie calories': 'cal',
    'kcals kilocalorie kilocalories': 'kcal',
    '1.73m2 1.73m^2 1.73m² (1.73m2) 1.73_m2': '{1.73_m2}',
    'score scores point points': '{score}',
    'cell cells': '{cells}',
    'beat beats': '{beats}',
    'breath breaths': '{breaths}',
    'step steps': '{steps}',
    ph: '[pH]',
  }).flatMap(([spellings, unit]) => spellings.split(' ').map(spelling => [spelling, unit] as const)),
);
const WHOLES: ReadonlyMap<string, string> = new Map([
  ['bpm', '/min'],
  ['beats/min', '/min'],
  ['breaths/min', '/min'],
  ['x', '1'],
  ['none', '1'],
  ['inr', '{INR}'],
  ['ratio', '{ratio}'],
]);
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The unit that was probably meant, one that UCUM has; undefined if none comes near, or the text is a unit already. */
export function suggestUnit(text: string): string | undefined {
  if (text.length > 60 || readUnit(text)) return undefined;
  const plain = withPlainSigns(text);
  const candidates = [plain, WHOLES.get(plain.toLowerCase()), byParts(plain), byLetters(plain)];
  return candidates.find(candidate => candidate !== undefined && candidate !== text && readUnit(candidate) !== undefined);
}

/** Micro signs, powers of ten, `per` and blanks in the signs of UCUM. */
function withPlainSigns(text: string): string {
  return [...text]
    .map(sign => (SUPERSCRIPTS.includes(sign) ? `^${SUPERSCRIPTS.indexOf(sign)}` : sign))
    .join('')
    .replace(/[µμ]/g, 'u')
    .replace(/\s+per\s+/gi, '/')
    .replace(/[×·*]\s*10\s*(?=[\^*])|\b[xX]\s*10\s*(?=[\^*eE]?\s*\d)/g, '10')
    .replace(/\b10\s*(?:\^|\*\*|\*|[eE])\s*(\d+)/g, '10*$1')
    .replace(/\s+/g, '')
    .replace(/([a-zA-Z])\^(\d)/g, '$1$2')
    .replace(/\/\(?1[.,]73\s*m\^?2\)?$/i, '/{1.73_m2}');
}

/** Part by part: what is a unit stays, what is a known other spelling is put right. */
function byParts(text: string): string | undefined {
  const parts = text.split('/').map(part => {
    if (part === '' || readUnit(part)) return part;
    const bare = part.replace(/\.$/, '');
    return PARTS.get(part.toLowerCase()) ?? PARTS.get(bare.toLowerCase()) ?? withOtherLetters(bare);
  });
  return parts.includes(undefined) ? undefined : parts.join('/');
}

/** The one common unit, without a fraction, that differs only in capitals. */
function withOtherLetters(part: string): string | undefined {
  const matches = COMMON_UNITS.filter(({ unit }) => unit.toLowerCase() === part.toLowerCase());
  return matches.length === 1 ? matches[0]!.unit : undefined;
}

/** The first common unit with the same letters and digits: `mgdl` for `mg/dL`. */
function byLetters(text: string): string | undefined {
  const letters = lettersOf(text);
  return letters === '' ? undefined : COMMON_UNITS.find(({ unit }) => lettersOf(unit) === letters)?.unit;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9%]/g, '');
}
