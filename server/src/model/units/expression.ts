/**
 * Reads a UCUM expression into an exact factor and its dimensions. Two units are commensurable here only if nothing but a factor lies between them
 * clinically: annotations must agree (`mL/min/{1.73_m2}` is no `mL/min`), and what cancels leaves its trace (`mmol/mol` is no `%`).
 */
import Fraction from 'fraction.js';
import { ATOMS, BASES, PREFIXES, SPECIAL } from './atoms.ts';

export interface Unit {
  /** How many of the bases it is. Undefined for a unit on a scale with its own zero. */
  readonly factor: Fraction | undefined;
  /** Equal for units that convert into each other. */
  readonly dimension: string;
}

/** Longer than any unit; it bounds the numbers that can come out. */
const MAX_LENGTH = 120;
const MAX_EXPONENT = 60;
const MAX_REMEMBERED = 5000;
const ONE = new Fraction(1);

/** A product of powers. A base that cancelled stays, with the power 0. */
interface Product {
  readonly factor: Fraction;
  readonly powers: ReadonlyMap<string, number>;
  readonly special: string | undefined;
}

const remembered = new Map<string, Unit | undefined>();

/** The unit an expression means; undefined if it is no UCUM expression, or has an atom that is not in our table. */
export function readUnit(text: string): Unit | undefined {
  if (remembered.has(text)) return remembered.get(text);
  // Patients may bring any text: what is remembered must not grow for ever.
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const product = text.length > 0 && text.length <= MAX_LENGTH ? new Reader(text).readAll() : undefined;
  const unit = product && { factor: product.special ? undefined : product.factor, dimension: dimensionOf(product) };
  remembered.set(text, unit);
  return unit;
}

function dimensionOf({ powers, special }: Product): string {
  if (special !== undefined) return special;
  const bases = [...powers].map(([base, power]) => `${base}${power}`).sort();
  // Alone, kelvin measures what degrees do: one can be meant for the other, though no factor leads there.
  return bases.length === 1 && bases[0] === 'K1' ? 'K' : bases.join('.');
}

/** One pass from left to right. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readAll(): Product | undefined {
    const term = this.#term(this.#skip('/'));
    return this.#at < this.#text.length ? undefined : term;
  }

  #skip(sign: string): boolean {
    const found = this.#text[this.#at] === sign;
    if (found) this.#at++;
    return found;
  }

  /** `a/b.c` is `(a/b).c`, and `/b.c` is `(1/b).c`. */
  #term(inverse = false): Product | undefined {
    const first = this.#component();
    let product = first && inverse ? multiply(unitless(ONE), first, -1) : first;
    while (product) {
      const sign = this.#skip('.') ? 1 : this.#skip('/') ? -1 : 0;
      if (sign === 0) return product;
      const next = this.#component();
      product = next && multiply(product, next, sign);
    }
    return undefined;
  }

  #component(): Product | undefined {
    if (this.#skip('(')) {
      const inner = this.#term();
      return inner && this.#skip(')') ? inner : undefined;
    }
    if (this.#text[this.#at] === '{') return this.#annotation();
    const simple = this.#simple();
    if (!simple || this.#text[this.#at] !== '{') return simple;
    const annotation = this.#annotation();
    return annotation && multiply(simple, annotation, 1);
  }

  #annotation(): Product | undefined {
    const end = this.#text.indexOf('}', this.#at);
    const words = this.#text.slice(this.#at, end + 1);
    if (end < 0 || words.length < 3 || !isPlain(words)) return undefined;
    this.#at = end + 1;
    return { factor: ONE, powers: new Map([[words, 1]]), special: undefined };
  }

  /** A whole number, or an atom with prefix and exponent. */
  #simple(): Product | undefined {
    const start = this.#at;
    while (this.#at < this.#text.length && !'./(){}'.includes(this.#text[this.#at]!)) {
      // What stands in brackets is one atom, whatever is in it.
      const close = this.#text[this.#at] === '[' ? this.#text.indexOf(']', this.#at) : this.#at;
      if (close < 0) return undefined;
      this.#at = close + 1;
    }
    return readSimple(this.#text.slice(start, this.#at));
  }
}

function isPlain(annotation: string): boolean {
  for (let i = 1; i < annotation.length - 1; i++) {
    const unit = annotation.charCodeAt(i);
    if (unit < 33 || unit > 126 || annotation[i] === '{') return false;
  }
  return true;
}

function readSimple(text: string): Product | undefined {
  if (/^[1-9]\d{0,11}$/.test(text)) return unitless(new Fraction(BigInt(text), 1n));
  const whole = readAtom(text);
  if (whole) return whole;
  const match = /^(.*?[^\d+-])([+-]?)(\d{1,2})$/.exec(text);
  const exponent = match ? Number(`${match[2]}${match[3]}`) : 0;
  const atom = match && exponent !== 0 && Math.abs(exponent) <= MAX_EXPONENT ? readAtom(match[1]!) : undefined;
  return atom && !atom.special ? multiply(unitless(ONE), atom, exponent) : undefined;
}

function readAtom(code: string): Product | undefined {
  const plain = lookUp(code);
  if (plain) return plain.product;
  for (const length of [1, 2]) {
    const exponent = PREFIXES.get(code.slice(0, length));
    const atom = exponent === undefined ? undefined : lookUp(code.slice(length));
    if (atom?.metric) return { ...atom.product, factor: atom.product.factor.mul(powerOfTen(exponent!)) };
  }
  return undefined;
}

const known = new Map<string, { metric: boolean; product: Product }>();

function lookUp(code: string): { metric: boolean; product: Product } | undefined {
  const found = known.get(code) ?? define(code);
  if (found) known.set(code, found);
  return found;
}

function define(code: string): { metric: boolean; product: Product } | undefined {
  const base = BASES.get(code);
  if (base) return { metric: base.metric, product: { factor: ONE, powers: new Map([[code, 1]]), special: undefined } };
  const special = SPECIAL.get(code);
  if (special) return { metric: special.metric, product: { factor: ONE, powers: new Map(), special: special.measures } };
  const atom = ATOMS.get(code);
  const unit = atom && new Reader(atom.unit).readAll();
  return unit && { metric: atom.metric, product: { ...unit, factor: unit.factor.mul(decimal(atom.number)) } };
}

/** The decimal fraction of a literal such as `2.58e-4`. */
function decimal(text: string): Fraction {
  const [digits, exponent] = text.split('e');
  const [whole, part = ''] = digits!.split('.');
  return new Fraction(BigInt(`${whole}${part}`), 1n).mul(powerOfTen(Number(exponent ?? 0) - part.length));
}

function powerOfTen(exponent: number): Fraction {
  const power = 10n ** BigInt(Math.abs(exponent));
  return exponent < 0 ? new Fraction(1n, power) : new Fraction(power, 1n);
}

function unitless(factor: Fraction): Product {
  return { factor, powers: new Map(), special: undefined };
}

/** `a` times `b` to a power. A scale with its own zero multiplies with nothing. */
function multiply(a: Product, b: Product, power: number): Product | undefined {
  if (a.special !== undefined || b.special !== undefined) return undefined;
  const powers = new Map(a.powers);
  for (const [base, each] of b.powers) powers.set(base, (powers.get(base) ?? 0) + each * power);
  return { factor: a.factor.mul(toPower(b.factor, power)), powers, special: undefined };
}

function toPower({ n, d }: Fraction, power: number): Fraction {
  const exponent = BigInt(Math.abs(power));
  return power < 0 ? new Fraction(d ** exponent, n ** exponent) : new Fraction(n ** exponent, d ** exponent);
}
