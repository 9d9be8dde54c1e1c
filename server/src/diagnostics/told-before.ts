/**
 * What was told of the version before is not told anew where all that it rests on is as it was: only its places are set again. An edit of one rule
 * leaves the words of nearly all findings standing.
 */
import { compareVocabulary } from '../analysis/meanings.ts';
import { Comparison, type Members } from '../analysis/members.ts';
import { isAlike, PLACES } from '../model/alike.ts';
import type { RuleSet, Rule as RuleSetRule } from '../model/rule-set.ts';
import { detached } from '../text/detached.ts';
import type { Span } from '../text/span.ts';
import { type Basis, type Diagnostic, MOST_NAMED, type Related, type Rule, type Subject, type Tell } from './define.ts';
import { placeOfRoot } from './telling.ts';

/** A rule as long as its whole text is the same, from version to version. */
interface Standing {
  readonly id: string;
  /** Of the last version that has it: a piece of an older text would keep the whole of that. */
  text: string;
  /** As it was read for the last version that has it, and which that was. */
  rule: RuleSetRule;
  version: number;
  /** Whether it stands elsewhere there than in the version before. */
  isMoved: boolean;
}

/** A finding with all it rests on. */
interface Known {
  /** As it was told last, and for which version. */
  finding: Diagnostic;
  version: number;
  /** The rules of which more than the id has a say: first the one where it is told. */
  readonly about: readonly Standing[];
  readonly said: readonly unknown[];
  others: Listed;
  /** Which of these rules it stands at, then for each place that it points at; `ROOT` for the root. */
  readonly places: readonly number[];
}

/** A long list of rules by the numbers of their ids, a short one by the ids. */
type Listed = Members | readonly string[] | undefined;

/** Of one diagnostic, by the rule where they are told. */
type Table = Map<Standing, readonly Known[]>;

const ROOT = -1;
const NOTHING: readonly unknown[] = [];

/** Of one rule set, from version to version. */
export class ToldBefore {
  readonly #textOf: (file: string) => string | undefined;
  #ruleSet: RuleSet | undefined;
  #version = 0;
  #root: Span = { start: 0, end: 0 };
  #isRootMoved = false;
  /** By id those of this version whose text is known. */
  #rules: ReadonlyMap<string, Standing> = new Map();
  /** By code. */
  readonly #tables = new Map<string, Table>();
  readonly #comparison = new Comparison();

  /** `textOf` gives the text of a file as it was read. */
  constructor(textOf: (file: string) => string | undefined) {
    this.#textOf = textOf;
  }

  /** Another version is told: what was not told in the last one is forgotten. */
  begin(ruleSet: RuleSet): void {
    if (this.#ruleSet && isCalledTheSame(this.#ruleSet, ruleSet)) this.#forget();
    else this.#tables.clear();
    this.#version++;
    this.#ruleSet = ruleSet;
    const { span } = placeOfRoot(ruleSet);
    this.#isRootMoved = !isSameSpan(this.#root, span);
    this.#root = span;
    this.#rules = this.#standing(ruleSet);
  }

  /** `anew` tells what was not told before. */
  tell(rule: Rule, fact: unknown, subject: Subject, anew: Tell): Diagnostic {
    const basis = rule.restsOn?.(fact);
    const at = basis && this.#standingOf(basis.at);
    if (!basis || !at || rule.fix) return anew(rule, fact, subject);
    const { said = NOTHING } = basis;
    const others = listed(basis);
    const table: Table = this.#tables.get(rule.code) ?? new Map();
    this.#tables.set(rule.code, table);
    const told = table.get(at) ?? [];
    for (const known of told) if (this.#isSame(known, said, others)) return this.#again(known, others);
    const finding = this.#lasting(anew(rule, fact, subject));
    const known = this.#known(basis, finding, said, others);
    if (known) table.set(at, [...told, known]);
    return finding;
  }

  #isSame(known: Known, said: Known['said'], others: Listed): boolean {
    for (const { version } of known.about) if (version !== this.#version) return false;
    return this.#isSameListed(known.others, others) && isSameSaid(known.said, said);
  }

  #isSameListed(one: Listed, other: Listed): boolean {
    if (!one || !other || !('places' in one) || !('places' in other)) return isAlike(one, other);
    return this.#comparison.isSame(one, other);
  }

  #again(known: Known, others: Listed): Diagnostic {
    known.version = this.#version;
    known.others = others;
    const { finding, about, places } = known;
    if (!this.#isRootMoved && !about.some(isMoved)) return finding;
    const spanAt = (i: number) => (places[i] === ROOT ? this.#root : about[places[i]!]!.rule.idSpan);
    if (!isThere(finding, spanAt)) known.finding = placedAt(finding, spanAt);
    return known.finding;
  }

  /** It outlives the text that the ids were read from. */
  #lasting(finding: Diagnostic): Diagnostic {
    const idOf = (name: string) => this.#rules.get(name)?.id ?? detached(name);
    const { names, rules } = finding;
    return { ...finding, names: names.map(idOf), ...(rules && { rules: rules.map(idOf) }) };
  }

  /** Undefined where it points at anything but the rules it speaks of and the root. */
  #known({ at, others: all }: Basis, finding: Diagnostic, said: Known['said'], others: Listed): Known | undefined {
    const rules = [at, ...(all?.first(MOST_NAMED) ?? [])];
    const about = rules.flatMap(one => this.#standingOf(one) ?? []);
    const placeOf = (span: Span) => (span === this.#root ? ROOT : rules.findIndex(({ idSpan }) => idSpan === span));
    const spans = [finding.span, ...(finding.related ?? []).map(({ place }) => place.span)];
    const isWhole = about.length === rules.length && spans.every(span => span === this.#root || placeOf(span) >= 0);
    return isWhole ? { finding, version: this.#version, about, said: said.map(lasting), others, places: spans.map(placeOf) } : undefined;
  }

  #standingOf(rule: RuleSetRule): Standing | undefined {
    const standing = this.#rules.get(rule.id);
    return standing?.rule === rule ? standing : undefined;
  }

  #standing({ files, rules }: RuleSet): Map<string, Standing> {
    const texts = new Map(files.map(({ file }) => [file, this.#textOf(file)]));
    const now = new Map<string, Standing>();
    for (const rule of rules.values()) {
      const text = texts.get(rule.file)?.slice(rule.span.start, rule.span.end);
      if (text === undefined) continue;
      const last = this.#rules.get(rule.id);
      const isSame = last && last.text === text && last.rule.file === rule.file && last.rule.precaution === rule.precaution;
      const standing = isSame ? last : { id: detached(rule.id), text, rule, version: this.#version, isMoved: false };
      standing.isMoved = !isSameSpan(standing.rule.idSpan, rule.idSpan);
      standing.text = text;
      standing.rule = rule;
      standing.version = this.#version;
      now.set(rule.id, standing);
    }
    return now;
  }

  #forget(): void {
    const isOld = ({ version }: Known) => version !== this.#version;
    for (const table of this.#tables.values()) {
      for (const [at, told] of table) {
        if (!told.some(isOld)) continue;
        const left = told.filter(known => !isOld(known));
        if (left.length > 0) table.set(at, left);
        else table.delete(at);
      }
    }
  }
}

function lasting(said: unknown): unknown {
  return typeof said === 'string' ? detached(said) : said;
}

function listed({ at, others }: Basis): Listed {
  return others?.members?.() ?? others?.idsWith(at, 'first');
}

function isMoved({ isMoved }: Standing): boolean {
  return isMoved;
}

function isThere({ span, related }: Diagnostic, spanAt: (i: number) => Span): boolean {
  if (!isSameSpan(span, spanAt(0))) return false;
  if (related) for (let i = 0; i < related.length; i++) if (!isSameSpan(related[i]!.place.span, spanAt(i + 1))) return false;
  return true;
}

function isSameSpan(one: Span, other: Span): boolean {
  return one.start === other.start && one.end === other.end;
}

function placedAt(finding: Diagnostic, spanAt: (i: number) => Span): Diagnostic {
  const related = finding.related?.map(({ place: { file }, message }, i): Related => ({ place: { file, span: spanAt(i + 1) }, message }));
  return { ...finding, span: spanAt(0), ...(related && { related }) };
}

function isSameSaid(one: readonly unknown[], other: readonly unknown[]): boolean {
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i] && !isAlike(one[i], other[i])) return false;
  return one.length === other.length;
}

/** Whether all that is no rule is called and written the same, so far as anything is said of it. */
function isCalledTheSame(one: RuleSet, other: RuleSet): boolean {
  return (
    one.root.file === other.root.file &&
    one.root.title === other.root.title &&
    one.root.id?.value === other.root.id?.value &&
    isAlike(one.sources, other.sources, PLACES) &&
    compareVocabulary(one, other).words
  );
}
