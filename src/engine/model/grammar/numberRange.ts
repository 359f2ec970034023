import { choice, type Gbnf } from './gbnf.js';

/** Bounds of a number; what is left out is unbounded. */
export interface NumberBounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly isMinExcluded?: boolean;
  readonly isMaxExcluded?: boolean;
}

/** Digits before and after the point. More than a double can hold only keep a small model writing. */
export const MAX_DIGITS = 15;
const LARGEST = 10 ** MAX_DIGITS - 1;
const DIGITS = `[0-9]{0,${MAX_DIGITS}}`;
/** Zeros at the end, as in a price. */
const ZEROS = '"0"{0,2}';
/** Any digits after a point, or no point. */
const FRACTION = `("." [0-9]{1,${MAX_DIGITS}})?`;

/** Integers within bounds, as GBNF; `undefined` where there are none. */
export function integersWithin({ min, max, isMinExcluded, isMaxExcluded }: NumberBounds): Gbnf | undefined {
  const low = min === undefined ? -Infinity : isMinExcluded === true ? Math.floor(min) + 1 : Math.ceil(min);
  const high = max === undefined ? Infinity : isMaxExcluded === true ? Math.ceil(max) - 1 : Math.floor(max);
  if (low > high || low > LARGEST || high < -LARGEST) return undefined;
  return choice([
    ...(low < 0 ? negative(naturals(Math.max(1, -high), -low)) : []),
    ...(high >= 0 ? naturals(Math.max(0, low), high) : []),
  ]);
}

/** Decimal numbers within bounds, without an exponent, as GBNF; `undefined` where there are none. */
export function numbersWithin({ min, max, isMinExcluded, isMaxExcluded }: NumberBounds): Gbnf | undefined {
  const low: Edge = { ...decimal(min ?? -Infinity), isExcluded: isMinExcluded === true };
  const high: Edge = { ...decimal(max ?? Infinity), isExcluded: isMaxExcluded === true };
  const zero: Edge = { ...decimal(0), isExcluded: false };
  const belowZero: Edge = { ...zero, isExcluded: true };
  return choice([
    ...(low.isNegative
      ? negative(decimals(high.isNegative ? absolute(high) : belowZero, absolute(low)))
      : []),
    ...(high.isNegative ? [] : decimals(low.isNegative ? zero : low, high)),
  ]);
}

interface Decimal {
  readonly isNegative: boolean;
  /** Infinity for a bound that is none. */
  readonly whole: number;
  /** Digits after the point, without zeros at the end. */
  readonly fraction: string;
}

interface Edge extends Decimal {
  readonly isExcluded: boolean;
}

function decimal(value: number): Decimal {
  const size = Math.abs(value);
  const isNegative = value < 0;
  if (size > LARGEST) return { isNegative, whole: Infinity, fraction: '' };
  const whole = Math.trunc(size);
  // Shortest digits that mean the same double, also where those have an exponent.
  const [digits = '', exponent = '0'] = (String(size).split('.')[1] ?? '').split('e');
  const small = /^(\d+)(?:\.(\d+))?e-(\d+)$/.exec(String(size));
  const fraction = small
    ? '0'.repeat(Number(small[3]) - 1) + (small[1] ?? '') + (small[2] ?? '')
    : exponent === '0'
      ? digits
      : '';
  return { isNegative, whole, fraction: fraction.slice(0, MAX_DIGITS).replace(/0+$/, '') };
}

function absolute(edge: Edge): Edge {
  return { ...edge, isNegative: false };
}

function negative(alternatives: readonly Gbnf[]): Gbnf[] {
  const all = choice(alternatives);
  return all === undefined ? [] : [`"-" ${all}`];
}

/** Numbers from `low` to `high`, neither negative. */
function decimals(low: Edge, high: Edge): Gbnf[] {
  if (low.whole > high.whole || low.whole === Infinity) return [];
  if (low.whole === high.whole) {
    if (low.fraction === '' && !low.isExcluded) return withWhole(low.whole, fractionUpTo(high));
    const length = Math.max(low.fraction.length, high.fraction.length);
    const [from, to] = [low.fraction.padEnd(length, '0'), high.fraction.padEnd(length, '0')];
    const digits = from > to ? undefined : between(from, to, low.isExcluded, high.isExcluded);
    return digits === undefined ? [] : [`"${low.whole}." ${digits}`];
  }
  const inner = naturals(low.whole + 1, high.whole - 1).map((whole) => `${whole} ${FRACTION}`);
  return [
    ...withWhole(low.whole, fractionFrom(low)),
    ...inner,
    ...(high.whole === Infinity ? [] : withWhole(high.whole, fractionUpTo(high))),
  ];
}

function withWhole(whole: number, fraction: Gbnf | undefined): Gbnf[] {
  return fraction === undefined ? [] : [`"${whole}" ${fraction}`];
}

function fractionFrom({ fraction, isExcluded }: Edge): Gbnf {
  if (fraction === '' && !isExcluded) return FRACTION;
  return `"." ${atLeast(fraction, isExcluded)}`;
}

function fractionUpTo({ fraction, isExcluded }: Edge): Gbnf | undefined {
  if (fraction === '') return isExcluded ? undefined : '("." "0"{1,2})?';
  return `("." ${atMost(fraction, isExcluded)})?`;
}

/** Digits after a point that mean at least as much as `digits`. */
function atLeast(digits: string, isExcluded: boolean): Gbnf {
  if (digits === '') return isExcluded ? `"0"{0,${MAX_DIGITS}} [1-9] ${DIGITS}` : DIGITS;
  const first = Number(digits[0]);
  const same = `"${first}" ${atLeast(digits.slice(1), isExcluded)}`;
  return group([...(first < 9 ? [`${digit(first + 1, 9)} ${DIGITS}`] : []), same]);
}

/** One digit or more that mean at most as much as `digits`, which don't end in 0. */
function atMost(digits: string, isExcluded: boolean): Gbnf {
  const first = Number(digits[0]);
  const rest = digits.slice(1);
  const lower = first > 0 ? [`${digit(0, first - 1)} ${DIGITS}`] : [];
  if (rest === '') return group([...lower, ...(isExcluded ? [] : [`"${first}" ${ZEROS}`])]);
  return group([...lower, `"${first}" (${atMost(rest, isExcluded)})?`]);
}

/** Digits between two of the same length. */
function between(from: string, to: string, isFromExcluded: boolean, isToExcluded: boolean): Gbnf | undefined {
  if (from === '') return isFromExcluded || isToExcluded ? undefined : ZEROS;
  const [low, high] = [Number(from[0]), Number(to[0])];
  if (low === high) {
    const rest = between(from.slice(1), to.slice(1), isFromExcluded, isToExcluded);
    return rest === undefined ? undefined : `"${low}" ${rest}`;
  }
  const end = to.slice(1).replace(/0+$/, '');
  const last =
    end === '' ? (isToExcluded ? [] : [`"${high}" ${ZEROS}`]) : [`"${high}" (${atMost(end, isToExcluded)})?`];
  return group([
    `"${low}" ${atLeast(from.slice(1), isFromExcluded)}`,
    ...(high - low > 1 ? [`${digit(low + 1, high - 1)} ${DIGITS}`] : []),
    ...last,
  ]);
}

/** Whole numbers from `low` to `high`, neither negative. */
function naturals(low: number, high: number): Gbnf[] {
  if (low > high || low > LARGEST) return [];
  const from = String(low);
  const to = high > LARGEST ? '9'.repeat(MAX_DIGITS) : String(high);
  const found: Gbnf[] = [];
  for (let length = from.length; length <= to.length; length++) {
    const least = length === from.length ? from : `1${'0'.repeat(length - 1)}`;
    const most = length === to.length ? to : '9'.repeat(length);
    found.push(digitsBetween(least, most));
  }
  return found;
}

/** Numbers of the same length. */
function digitsBetween(from: string, to: string): Gbnf {
  if (from === to) return `"${from}"`;
  if (/^[01]?0*$/.test(from) && /^9+$/.test(to) && (from.length === 1 || from.startsWith('1')))
    return from.length === 1 ? digit(Number(from), 9) : `[1-9] [0-9]{${from.length - 1}}`;
  const [low, high] = [Number(from[0]), Number(to[0])];
  const [restFrom, restTo] = [from.slice(1), to.slice(1)];
  if (restFrom === '') return digit(low, high);
  const size = restFrom.length;
  if (low === high) return `"${low}" ${restBetween(restFrom, restTo)}`;
  return group([
    `"${low}" ${restBetween(restFrom, '9'.repeat(size))}`,
    ...(high - low > 1 ? [`${digit(low + 1, high - 1)} [0-9]{${size}}`] : []),
    `"${high}" ${restBetween('0'.repeat(size), restTo)}`,
  ]);
}

/** As {@link digitsBetween}, where leading zeros count as digits. */
function restBetween(from: string, to: string): Gbnf {
  if (/^0*$/.test(from) && /^9*$/.test(to)) return `[0-9]{${from.length}}`;
  const [low, high] = [Number(from[0]), Number(to[0])];
  const size = from.length - 1;
  if (size === 0) return digit(low, high);
  if (low === high) return `"${low}" ${restBetween(from.slice(1), to.slice(1))}`;
  return group([
    `"${low}" ${restBetween(from.slice(1), '9'.repeat(size))}`,
    ...(high - low > 1 ? [`${digit(low + 1, high - 1)} [0-9]{${size}}`] : []),
    `"${high}" ${restBetween('0'.repeat(size), to.slice(1))}`,
  ]);
}

function digit(low: number, high: number): Gbnf {
  return low === high ? `"${low}"` : `[${low}-${high}]`;
}

function group(alternatives: readonly Gbnf[]): Gbnf {
  return alternatives.length === 1 ? (alternatives[0] ?? '') : `(${alternatives.join(' | ')})`;
}
