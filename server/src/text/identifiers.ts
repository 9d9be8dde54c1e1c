/** Recognises what is likely to tell who a person is: names, dates of birth, record numbers, addresses, telephone numbers. It errs towards telling too much. */
import type { Span } from './span.ts';

export type IdentifierKind = 'name' | 'date of birth' | 'record number' | 'address' | 'telephone number' | 'e-mail address';

export interface Identifier {
  readonly kind: IdentifierKind;
  /** In the text that was looked at. */
  readonly span: Span;
}

const WORD = "\\p{Lu}[\\p{L}'’-]+";
/** First names that are no words of medicine, in several languages. */
const FIRST_NAMES =
  'James|John|Robert|Michael|William|David|Richard|Joseph|Thomas|Charles|Christopher|Daniel|Matthew|Anthony|Steven|Paul|Andrew|Joshua|Kenneth|Kevin|Brian|George|Edward|Ronald|Timothy|Jason|Jeffrey|Ryan|Jacob|Gary|Nicholas|Eric|Jonathan|Stephen|Larry|Scott|Brandon|Benjamin|Samuel|Gregory|Patrick|Alexander|Jack|Dennis|Peter|Henry|Oliver|Harry|Mary|Patricia|Jennifer|Linda|Elizabeth|Barbara|Susan|Jessica|Sarah|Karen|Lisa|Nancy|Betty|Margaret|Sandra|Ashley|Kimberly|Emily|Donna|Michelle|Carol|Amanda|Melissa|Deborah|Stephanie|Rebecca|Sharon|Laura|Cynthia|Kathleen|Amy|Angela|Shirley|Anna|Brenda|Pamela|Emma|Nicole|Helen|Samantha|Katherine|Christine|Rachel|Carolyn|Janet|Catherine|Maria|Heather|Diane|Ruth|Julie|Olivia|Joyce|Virginia|Victoria|Kelly|Christina|Joan|Evelyn|Judith|Megan|Andrea|Cheryl|Hannah|Jane|Sophie|Charlotte|Hans|Klaus|Jürgen|Wolfgang|Uwe|Stefan|Markus|Sabine|Petra|Monika|Ursula|Renate|Karin|Heike|Gisela|Ingrid|José|Juan|Carlos|Luis|Miguel|Carmen|Ana|Lucía|Pedro|Jean|Pierre|Marie|Françoise|Giovanni|Giuseppe|Francesca|Mohammed|Muhammad|Ahmed|Ali|Fatima|Aisha|Wei|Ming|Yuki|Hiroshi|Priya|Rahul|Ivan|Olga|Dmitri|Natalia|Piotr|Agnieszka';
const TITLES = 'Mr|Mrs|Ms|Miss|Herr|Frau|Mme|Mlle|Señor|Señora|Sr|Sra|Signor|Signora';
const BORN = '(?:born|date of birth|DOB|D\\.O\\.B\\.|geb\\.|geboren|birth ?date)';
const DATE = '(?:\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}|\\d{1,2}\\.? \\p{L}{3,9} \\d{4}|\\p{L}{3,9} \\d{1,2},? \\d{4})';
const STREET =
  '(?:Street|St\\.|Road|Rd\\.?|Avenue|Ave\\.?|Lane|Drive|Boulevard|Blvd\\.?|Crescent|Terrace|Close|Court|Square|Way)(?![\\p{L}])';

const PATTERNS: readonly (readonly [IdentifierKind, RegExp])[] = [
  ['e-mail address', /[\p{L}\d._%+-]+@[\p{L}\d.-]+\.\p{L}{2,}/gu],
  ['date of birth', new RegExp(`${BORN}\\W{0,4}(?:on |am )?${DATE}`, 'giu')],
  [
    'record number',
    /(?<![\p{L}])(?:MRN|NHS(?: number| no\.?)?|SSN|hospital (?:number|no\.?)|patient (?:number|no\.?|id)|record (?:number|no\.?)|case (?:number|no\.?)|Fallnummer|Patientennummer|KVNR)\W{0,3}[A-Z]?\d[\d -]{3,}/giu,
  ],
  ['record number', /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/gu],
  ['record number', /(?<!\d)\d{3} \d{3} \d{4}(?!\d)/gu],
  ['record number', /(?<![\d.,-])\d{7,12}(?![\d.,-])/gu],
  ['telephone number', /(?<![\d\p{L}])(?:\+|00)\d{1,3}[ ./-]?(?:\(0\))?\d(?:[ ./-]?\d){6,12}(?!\d)/gu],
  ['telephone number', /(?<![\d\p{L}])\(?0\d{2,4}\)?[ /-]\d(?:[ -]?\d){4,9}(?!\d)/gu],
  ['telephone number', /(?<!\d)\(\d{3}\) ?\d{3}-\d{4}(?!\d)/gu],
  ['telephone number', /(?<!\d)\d{3}-\d{3}-\d{4}(?!\d)/gu],
  ['address', new RegExp(`(?<!\\d)\\d{1,5}[a-z]? (?:${WORD} ){1,3}${STREET}`, 'gu')],
  ['address', /\p{Lu}[\p{L}-]*(?:straße|strasse|str\.|weg|platz|gasse|allee) ?\d{1,4}[a-z]?(?!\p{L})/gu],
  ['name', new RegExp(`(?<![\\p{L}])(?:${TITLES})\\.? ${WORD}(?: ${WORD})?`, 'gu')],
  ['name', new RegExp(`(?<![\\p{L}])(?:${FIRST_NAMES}) (?:${WORD} )?${WORD}`, 'gu')],
];

/** Names of diseases, signs, tests and scores that begin with a first name would pass for one. */
const EPONYMS = /^(?:Charles Bonnet|Stephen Johnson|Stevens? Johnson|Jean Monnet|Virginia Apgar|Ann Arbor|Mary Jane)/u;

/** In the order of the text, none lying in another. */
export function findIdentifiers(text: string): Identifier[] {
  const found: Identifier[] = [];
  for (const [kind, pattern] of PATTERNS)
    for (const match of text.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      const taken = found.some(other => other.span.start < span.end && span.start < other.span.end);
      if (!taken && !EPONYMS.test(match[0])) found.push({ kind, span });
    }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** Whether a key says that its date is one of birth, or its text a name, an address or a number of the person. */
export function kindOfKey(key: string): IdentifierKind | undefined {
  const words = key.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  if (/(^|[-_ ])(birth-?date|date-of-birth|dob|birthday|geburtsdatum)($|[-_ ])/.test(words)) return 'date of birth';
  if (/^(full-|first-|last-|family-|given-|patient-)?name$|^surname$|^nachname$|^vorname$/.test(words)) return 'name';
  if (/^(mrn|nhs-number|ssn|(medical-)?record-number|patient-(id|number)|hospital-number|insurance-number)$/.test(words))
    return 'record number';
  if (/^(address|street|home-address|anschrift)$/.test(words)) return 'address';
  if (/^(phone|telephone|mobile|phone-number)$/.test(words)) return 'telephone number';
  return /^e-?mail$/.test(words) ? 'e-mail address' : undefined;
}
