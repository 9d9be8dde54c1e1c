/**
 * The unit atoms of UCUM that medicine commonly uses, each by its exact definition. What UCUM lets cancel although a clinician never would has a
 * base of its own here: equivalents and osmoles are no moles, a sievert is no gray, an international unit is nothing but itself.
 */

/** `number` of `unit`. */
export interface Atom {
  /** Whether it takes prefixes. */
  readonly metric: boolean;
  readonly number: string;
  readonly unit: string;
}

/** Units that are not defined by others; each is a dimension of its own. `[pi]` is among them because no ratio equals it. */
export const BASES: ReadonlyMap<string, { readonly metric: boolean }> = new Map<string, { readonly metric: boolean }>([
  ...['m', 's', 'g', 'rad', 'K', 'C', 'cd', 'mol', 'eq', 'osm', 'Sv', 'Bq', '[iU]'].map(code => [code, { metric: true }] as const),
  ...["[arb'U]", "[USP'U]", "[GPL'U]", "[MPL'U]", "[APL'U]", "[anti'Xa'U]", "[hnsf'U]"].map(own),
  ...['[CFU]', '[PFU]', '[EU]', '[HPF]', '[LPF]', '[pi]', '%'].map(own),
]);

/** Units on a scale with a zero of its own: no factor leads to another. The value is the base they measure. */
export const SPECIAL: ReadonlyMap<string, { readonly metric: boolean; readonly measures: string }> = new Map([
  ['Cel', { metric: true, measures: 'K' }],
  ['[degF]', { metric: false, measures: 'K' }],
  ['[pH]', { metric: false, measures: '[pH]' }],
]);

export const PREFIXES: ReadonlyMap<string, number> = new Map([
  ...(['Y', 'Z', 'E', 'P', 'T', 'G', 'M', 'k'] as const).map((prefix, i) => [prefix, 24 - 3 * i] as const),
  ...(['m', 'u', 'n', 'p', 'f', 'a', 'z', 'y'] as const).map((prefix, i) => [prefix, -3 - 3 * i] as const),
  ['h', 2],
  ['da', 1],
  ['d', -1],
  ['c', -2],
]);

/** Everything else, by number and unit. A year is Julian (365.25 d) and a month its twelfth, as UCUM has it. */
export const ATOMS: ReadonlyMap<string, Atom> = new Map([
  ...metric([
    ['Hz', '1', 's-1'],
    ['N', '1', 'kg.m/s2'],
    ['Pa', '1', 'N/m2'],
    ['J', '1', 'N.m'],
    ['W', '1', 'J/s'],
    ['A', '1', 'C/s'],
    ['V', '1', 'J/C'],
    ['F', '1', 'C/V'],
    ['Ohm', '1', 'V/A'],
    ['S', '1', 'A/V'],
    ['Wb', '1', 'V.s'],
    ['T', '1', 'Wb/m2'],
    ['H', '1', 'Wb/A'],
    ['sr', '1', 'rad2'],
    ['lm', '1', 'cd.sr'],
    ['lx', '1', 'lm/m2'],
    ['Gy', '1', 'J/kg'],
    ['RAD', '1', 'cGy'],
    ['REM', '1', 'cSv'],
    ['Ci', '37', 'GBq'],
    ['R', '2.58e-4', 'C/kg'],
    ['kat', '1', 'mol/s'],
    ['U', '1', 'umol/min'],
    ['[IU]', '1', '[iU]'],
    ['L', '1', 'dm3'],
    ['l', '1', 'dm3'],
    ['t', '1000', 'kg'],
    ['bar', '100000', 'Pa'],
    ['m[Hg]', '133.322', 'kPa'],
    ['m[H2O]', '9.80665', 'kPa'],
    ['dyn', '1', 'g.cm/s2'],
    ['erg', '1', 'dyn.cm'],
    ['P', '1', 'dyn.s/cm2'],
    ['St', '1', 'cm2/s'],
    ['cal', '4.184', 'J'],
    ['cal_th', '4.184', 'J'],
    ['cal_IT', '4.1868', 'J'],
    ['g%', '1', 'g/dL'],
  ]),
  ...plain([
    ['10*', '10', '1'],
    ['10^', '10', '1'],
    ['[ppth]', '0.001', '1'],
    ['[ppm]', '1e-6', '1'],
    ['[ppb]', '1e-9', '1'],
    ['[pptr]', '1e-12', '1'],
    ['min', '60', 's'],
    ['h', '60', 'min'],
    ['d', '24', 'h'],
    ['wk', '7', 'd'],
    ['a_j', '365.25', 'd'],
    ['a', '1', 'a_j'],
    ['mo_j', '30.4375', 'd'],
    ['mo', '1', 'mo_j'],
    ['deg', '2', '[pi].rad/360'],
    ["'", '1', 'deg/60'],
    ["''", '1', "'/60"],
    ['atm', '101325', 'Pa'],
    ['[Cal]', '1', 'kcal_th'],
    ['[in_i]', '2.54', 'cm'],
    ['[ft_i]', '12', '[in_i]'],
    ['[yd_i]', '3', '[ft_i]'],
    ['[mi_i]', '5280', '[ft_i]'],
    ["[in_i'Hg]", '1', 'm[Hg].[in_i]/m'],
    ["[in_i'H2O]", '1', 'm[H2O].[in_i]/m'],
    ['[gr]', '64.79891', 'mg'],
    ['[lb_av]', '7000', '[gr]'],
    ['[oz_av]', '1', '[lb_av]/16'],
    ['[stone_av]', '14', '[lb_av]'],
    ['[gal_us]', '231', '[in_i]3'],
    ['[qt_us]', '1', '[gal_us]/4'],
    ['[pt_us]', '1', '[qt_us]/2'],
    ['[cup_us]', '16', '[tbs_us]'],
    ['[foz_us]', '1', '[pt_us]/16'],
    ['[tbs_us]', '1', '[foz_us]/2'],
    ['[tsp_us]', '1', '[tbs_us]/3'],
    ['[drp]', '1', 'mL/20'],
    ['[Ch]', '1', 'mm/3'],
    ['[MET]', '3.5', 'mL/min/kg'],
  ]),
]);

function own(code: string) {
  return [code, { metric: false }] as const;
}

type Definition = readonly [code: string, number: string, unit: string];

function metric(definitions: readonly Definition[]): readonly (readonly [string, Atom])[] {
  return definitions.map(([code, number, unit]) => [code, { metric: true, number, unit }] as const);
}

function plain(definitions: readonly Definition[]): readonly (readonly [string, Atom])[] {
  return definitions.map(([code, number, unit]) => [code, { metric: false, number, unit }] as const);
}
