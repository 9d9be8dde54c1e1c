/**
 * Exact numbers: decimals as written, and ratios where a factor divides. Nothing here goes through binary floats, except as a
 * shortcut that is proved safe: two decimals of at most 15 significant digits compare as their nearest doubles do.
 */
import Fraction from 'fraction.js';

/** A number literal longer than this is refused: no clinical value needs it, and exact arithmetic on it would take the machine away. */
export const MAX_DIGITS = 60;
const LITERAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,6}))?$/;

export class Exact {
  /** The nearest double; for display and, if `short`, for comparison. */
  readonly double: number;
  /** True where the number is a decimal of at most 15 significant digits between 1e-290 and 1e290: such doubles keep the order of the decimals. */
  readonly short: boolean;
  readonly #text: string | undefined;
  #fraction: Fraction | undefined;

  private constructor(double: number, short: boolean, text: string | undefined, fraction: Fraction | undefined) {
    this.double = double;
    this.short = short;
    this.#text = text;
    this.#fraction = fraction;
  }

  /** Reads a JSON number literal. Undefined if it is none, or has more than 60 digits written out. */
  static parse(text: string): Exact | undefined {
    const match = LITERAL.exec(text);
    if (!match) return undefined;
    const digits = `${match[2]}${match[3] ?? ''}`.replace(/^0+/, '');
    const exponent = Number(match[4] ?? 0) - (match[3]?.length ?? 0);
    if (digits.length > MAX_DIGITS || Math.abs(exponent) + digits.length > MAX_DIGITS * 2)
      return digits.replace(/0+$/, '') === '' && digits.length <= MAX_DIGITS ? Exact.of(0) : undefined;
    const significant = digits.replace(/0+$/, '').length;
    return new Exact(Number(text), significant <= 15, text, undefined);
  }

  /** From a double whose shortest decimal is meant, such as a number in the code. */
  static of(value: number): Exact {
    const exact = Exact.parse(String(value));
    if (!exact) throw new RangeError(`not a number with at most ${MAX_DIGITS} digits: ${value}`);
    return exact;
  }

  static ofFraction(fraction: Fraction): Exact {
    const short = isShort(fraction);
    return new Exact(fraction.valueOf(), short, undefined, fraction);
  }

  get fraction(): Fraction {
    this.#fraction ??= toFraction(this.#text!);
    return this.#fraction;
  }

  compare(other: Exact): number {
    if (this.short && other.short) return this.double < other.double ? -1 : this.double > other.double ? 1 : 0;
    return this.fraction.compare(other.fraction);
  }

  equals(other: Exact): boolean {
    return this.compare(other) === 0;
  }

  plus(other: Exact): Exact {
    const sum = this.double + other.double;
    if (this.#isSmallWhole() && other.#isSmallWhole() && Math.abs(sum) < SMALL) return new Exact(sum, true, String(sum), undefined);
    return Exact.ofFraction(this.fraction.add(other.fraction));
  }

  minus(other: Exact): Exact {
    return Exact.ofFraction(this.fraction.sub(other.fraction));
  }

  times(other: Exact): Exact {
    return Exact.ofFraction(this.fraction.mul(other.fraction));
  }

  /** Undefined when `other` is zero. */
  dividedBy(other: Exact): Exact | undefined {
    return other.fraction.n === 0n ? undefined : Exact.ofFraction(this.fraction.div(other.fraction));
  }

  isInteger(): boolean {
    return this.short ? Number.isInteger(this.double) : this.fraction.d === 1n;
  }

  /** Whole and of few digits: then its double is the number itself, and sums of doubles are exact. */
  #isSmallWhole(): boolean {
    return this.short && Math.abs(this.double) < SMALL && Number.isInteger(this.double);
  }

  /** The decimal in full where it ends within `places` digits, else rounded to that many and marked with `≈`. Only display rounds. */
  toString(places = 6): string {
    return this.#isSmallWhole() ? String(this.double) : decimalText(this.fraction, places);
  }
}

/** Whole numbers below this have at most 15 digits. */
const SMALL = 1e15;

function toFraction(text: string): Fraction {
  const match = LITERAL.exec(text)!;
  const digits = BigInt(`${match[2]}${match[3] ?? ''}`) * (match[1] ? -1n : 1n);
  const exponent = Number(match[4] ?? 0) - (match[3]?.length ?? 0);
  return exponent >= 0 ? new Fraction(digits * 10n ** BigInt(exponent), 1n) : new Fraction(digits, 10n ** BigInt(-exponent));
}

/** Whether the ratio is a decimal of at most 15 significant digits. Only small denominators are tried: the rest compares exactly. */
function isShort(fraction: Fraction): boolean {
  for (let power = 1n, i = 0; i <= 15; i++, power *= 10n) {
    if (power % fraction.d === 0n) return fraction.n * (power / fraction.d) < 10n ** 15n;
  }
  return false;
}

function decimalText(fraction: Fraction, places: number): string {
  const power = 10n ** BigInt(places);
  const scaled = (fraction.n * power * 2n + fraction.d) / (fraction.d * 2n);
  const exact = scaled * fraction.d === fraction.n * power;
  const whole = scaled / power;
  const rest = (scaled % power).toString().padStart(places, '0').replace(/0+$/, '');
  const sign = fraction.s < 0n && scaled > 0n ? '-' : '';
  return `${exact ? '' : '≈'}${sign}${whole}${rest ? `.${rest}` : ''}`;
}
