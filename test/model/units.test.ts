/** Units: exact factors, held against the full UCUM library; what is declared comes first; nothing converts that only looks alike. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { UcumLhcUtils, UnitTables } from '@lhncbc/ucum-lhc';
import { Exact } from '../../server/src/model/exact.ts';
import { readUnit } from '../../server/src/model/units/expression.ts';
import { readLibraryUnit } from '../../server/src/model/units/library.ts';
import {
  areCommensurable,
  COMMON_UNITS,
  conversionFactor,
  exactFactor,
  isKnownUnit,
  loadUnits,
  needsLibrary,
  suggestUnit,
} from '../../server/src/model/units.ts';
import { pick, type Random, seeded } from './random-json.ts';
import { ruleSetOf } from './reading.ts';

const SEED = Number(process.env.SEED ?? 13);
/** Bases that UCUM lets convert into others and we do not. */
const OURS_ALONE = /eq|osm|Sv|Bq|%|\[|\{|mol0|g0|m0|s0|\bK\b/;

describe('exact factors', () => {
  it('are ratios without rounding', () => {
    const factor = (from: string, to: string) => exactFactor(from, to)?.fraction.toFraction();
    assert.equal(factor('/uL', '10*9/L'), '1/1000');
    assert.equal(exactFactor('/uL', '10*9/L')!.times(Exact.of(50_000)).toString(), '50');
    assert.equal(factor('10*3/uL', '10*9/L'), '1');
    assert.equal(factor('g/dL', 'g/L'), '10');
    assert.equal(factor('wk', 'min'), '10080');
    assert.equal(factor('mo', 'd'), '487/16');
    assert.equal(factor('min', 'a'), '1/525960');
    assert.equal(factor('[lb_av]', 'kg'), '45359237/100000000');
    assert.equal(factor('mm[Hg]', 'kPa'), '66661/500000');
    assert.equal(factor('deg', "'"), '60');
    assert.equal(factor('mg/kg/min', 'ug/kg/h'), '60000');
    assert.equal(factor('U', 'umol/s'), '1/60');
    assert.equal(factor('kg/m2', 'g/cm2'), '1/10');
    assert.equal(factor('m.m', 'm2'), '1');
    assert.equal(factor('kg.m/s2', 'N'), '1');
    assert.equal(factor('m/m', 'm'), undefined);
  });

  it('are none where more than a factor lies between', () => {
    for (const [from, to] of [
      ['Cel', '[degF]'],
      ['Cel', 'K'],
      ['deg', 'rad'],
      ['mL/min', 'mL/min/{1.73_m2}'],
      ['mmol/mol', '%'],
      ['meq/L', 'mmol/L'],
      ['mosm/L', 'mmol/L'],
      ['Sv', 'Gy'],
      ['[IU]/L', 'U/L'],
      ['10*9/L', 'mmol/L'],
      ['mg/g', '%'],
      ['{score}', '1'],
      ['mg', 'mL'],
      ['mg/dL', 'mmol/L'],
    ] as const)
      assert.equal(exactFactor(from, to), undefined, `${from} ${to}`);
  });

  it('agree with the library for every unit it declares, in every dimension', () => {
    const firsts = new Map<string, { factor: number; magnitude: number; code: string }>();
    let compared = 0;
    UcumLhcUtils.getInstance();
    for (const { csCode_: code, magnitude_: magnitude } of UnitTables.getInstance().allUnitsByDef()) {
      const unit = readUnit(code);
      if (!unit?.factor) continue;
      const first = firsts.get(unit.dimension);
      if (!first) firsts.set(unit.dimension, { factor: unit.factor.valueOf(), magnitude, code });
      else assertClose(unit.factor.valueOf() / first.factor, magnitude / first.magnitude, `${code} ${first.code}`);
      compared++;
    }
    assert.ok(compared > 500, String(compared));
  });

  it('agree with the library for every pair of common units', () => {
    let compared = 0;
    for (const { unit: from } of COMMON_UNITS) {
      assert.ok(readUnit(from) && readLibraryUnit(from), from);
      for (const { unit: to } of COMMON_UNITS) {
        const ours = exactFactor(from, to);
        if (!ours) continue;
        assertClose(ours.double, magnitudeOf(from) / magnitudeOf(to), `${from} ${to}`);
        assert.ok(exactFactor(to, from)!.times(ours).equals(Exact.of(1)), `${from} there and back`);
        compared++;
      }
    }
    assert.ok(compared > 2000, String(compared));
  });
});

describe(`random expressions (seed ${SEED})`, () => {
  it('mean what the library says they mean', () => {
    const random = seeded(SEED);
    let read = 0;
    for (let i = 0; i < 1500; i++) {
      const text = randomUnit(random);
      const ours = readUnit(text);
      if (!ours?.factor) continue;
      read++;
      assert.ok(readLibraryUnit(text), `${text} is no unit of UCUM`);
      const power = ours.dimension.includes('[pi]') ? undefined : magnitudeOf(text);
      if (power === undefined || OURS_ALONE.test(ours.dimension) || /mol/.test(ours.dimension)) continue;
      assertClose(ours.factor.valueOf(), power, text);
    }
    assert.ok(read > 500, String(read));
  });

  it('that are none are refused', () => {
    for (const text of [
      '',
      ' ',
      'mg/',
      '/',
      '//L',
      'mg dL',
      'mg/(dL',
      'mg)',
      '(/s)',
      '(mg)2',
      'm{a}2',
      '{a',
      '{}',
      'Cel/min',
      '10*',
      'm0',
      'xyz',
      'mmin',
      '[IU',
      'µg',
      '2.',
      'm-',
      'mg//L',
      '{ä}',
      '__proto__',
      'constructor',
      'm'.repeat(200),
    ]) {
      if (text === '10*') assert.ok(readUnit(text), 'ten itself');
      else assert.equal(readUnit(text), undefined, text);
    }
  });
});

describe('a fact’s units', () => {
  const facts = ruleSetOf({
    facts: {
      calcium: { type: 'quantity', unit: 'mmol/L', alsoIn: { 'mg/dL': 4.008, 'meq/L': 2 } },
      odd: { type: 'quantity', unit: 'g/L', alsoIn: { 'g/dL': 0.2, broken: 0 } },
    },
  }).facts;
  const factor = (fact: string, from: string, to: string) => conversionFactor(facts.get(fact)!, from, to)?.fraction.toFraction();

  it('convert as declared, both ways and between each other', () => {
    assert.equal(factor('calcium', 'mmol/L', 'mg/dL'), '501/125');
    assert.equal(factor('calcium', 'mg/dL', 'mmol/L'), '125/501');
    assert.equal(factor('calcium', 'mg/dL', 'meq/L'), '250/501');
    assert.equal(factor('calcium', 'mg/dL', 'mg/dL'), '1');
  });

  it('convert as declared even where UCUM would say otherwise', () => assert.equal(factor('odd', 'g/L', 'g/dL'), '1/5'));

  it('convert by definition where nothing is declared', () => {
    assert.equal(factor('calcium', 'mmol/L', 'umol/L'), '1000');
    assert.equal(factor('calcium', 'umol/L', 'mg/dL'), undefined);
    assert.equal(factor('odd', 'g/L', 'broken'), undefined);
  });
});

describe('units outside our table', () => {
  it('are not known before the library is loaded', () => {
    // In a process of its own: another test may have loaded the library in this one.
    const script = `import { isKnownUnit, needsLibrary } from './server/src/model/units.ts';
      console.log(isKnownUnit('mmol/L'), isKnownUnit('[fth_i]'), needsLibrary('[fth_i]'));`;
    const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.equal(stdout.trim(), 'true undefined true');
  });

  it('are known after the library is loaded', async () => {
    await loadUnits();
    assert.deepEqual([isKnownUnit('[fth_i]'), isKnownUnit('[nonsense]'), needsLibrary('[fth_i]')], [true, false, false]);
    assert.equal(areCommensurable('[fth_i]', '[rd_us]'), true);
    assert.equal(areCommensurable('[fth_i]', '[acr_us]'), false);
    assert.equal(areCommensurable('[fth_i]', '[nonsense]'), undefined);
    assert.equal(exactFactor('[fth_i]', 'm'), undefined, 'no factor that is not proved');
    assert.equal(isKnownUnit('mgdl'), false);
  });

  it('are asked for without a word on the console, whatever stands there', () => {
    const random = seeded(SEED + 2);
    const { log } = console;
    let written = 0;
    console.log = () => written++;
    try {
      const parts = [..."mgdlL/^*1029 µ%[](){}.-+'", '__proto__', 'constructor', 'mol', '10*', '()', '\ud800'];
      for (let i = 0; i < 1500; i++) {
        const text = Array.from({ length: 1 + Math.floor(random() * 10) }, () => pick(parts, random)).join('');
        if (readLibraryUnit(text)) assert.notEqual(isKnownUnit(text), false, text);
      }
      for (const text of ['', '()', 'constructor', '__proto__', `${'('.repeat(5000)}m${')'.repeat(5000)}`])
        assert.equal(readLibraryUnit(text), undefined);
    } finally {
      console.log = log;
    }
    assert.equal(written, 0);
  });

  it('measure the same or not', () => {
    assert.equal(areCommensurable('Cel', '[degF]'), true);
    assert.equal(areCommensurable('Cel', 'K'), true);
    assert.equal(areCommensurable('mg/dL', 'g/L'), true);
    assert.equal(areCommensurable('mg/dL', 'mmol/L'), false);
  });
});

describe('suggestions', () => {
  it('put common misspellings right', () => {
    const expected = {
      mgdl: 'mg/dL',
      mcg: 'ug',
      'x10^9/L': '10*9/L',
      '×10⁹/L': '10*9/L',
      '10e9/L': '10*9/L',
      '10^3/µL': '10*3/uL',
      'µg/L': 'ug/L',
      'mcg/kg/min': 'ug/kg/min',
      mmHg: 'mm[Hg]',
      'IU/L': '[IU]/L',
      'mIU/L': 'm[IU]/L',
      '°C': 'Cel',
      '°F': '[degF]',
      'kg/m²': 'kg/m2',
      'kg/m^2': 'kg/m2',
      'mL/min/1.73 m²': 'mL/min/{1.73_m2}',
      bpm: '/min',
      'mmol per L': 'mmol/L',
      hours: 'h',
      years: 'a',
      lbs: '[lb_av]',
      'MMOL/L': 'mmol/L',
      percent: '%',
      'cells/uL': '{cells}/uL',
      'g/24h': 'g/d',
      foo: undefined,
      'mg/dL': undefined,
    };
    for (const [text, unit] of Object.entries(expected)) assert.equal(suggestUnit(text), unit, text);
  });

  it('are always units', () => {
    const random = seeded(SEED);
    for (let i = 0; i < 500; i++) {
      const letters = Array.from({ length: 1 + Math.floor(random() * 6) }, () => pick([...'mgdlLuU/^*1029 µ°%IxX[]'], random)).join('');
      const suggested = suggestUnit(letters);
      assert.ok(suggested === undefined || readUnit(suggested), letters);
    }
  });
});

function randomUnit(random: Random): string {
  const atoms = [
    'g',
    'm',
    's',
    'L',
    'l',
    'mol',
    'min',
    'h',
    'd',
    'N',
    'Pa',
    'J',
    'W',
    'V',
    'Ohm',
    'T',
    'Gy',
    'cal',
    'bar',
    'K',
    'cd',
    'lx',
    '10*',
    '7',
    '60',
    'mo',
    'a',
    '%',
    '[lb_av]',
    'deg',
    'U',
    'dyn',
    'P',
    'St',
  ];
  const prefixes = ['', '', '', 'm', 'k', 'u', 'da', 'd', 'h', 'c', 'M', 'n', 'p', 'f', 'T', 'y'];
  const part = (): string => {
    if (random() < 0.12) return `(${randomUnit(random)})`;
    return `${pick(prefixes, random)}${pick(atoms, random)}${pick(['', '', '', '2', '3', '-1', '+2', '-3'], random)}`;
  };
  const parts = Array.from({ length: 1 + Math.floor(random() * 3) }, part);
  return (random() < 0.1 ? '/' : '') + parts.map((each, i) => (i === 0 ? each : pick(['.', '/'], random) + each)).join('');
}

function magnitudeOf(unit: string): number {
  return UcumLhcUtils.getInstance().getSpecifiedUnit(unit, 'validate').unit!.magnitude_;
}

function assertClose(ours: number, theirs: number, what: string): void {
  assert.ok(Math.abs(ours / theirs - 1) < 1e-12, `${what}: ${ours} here, ${theirs} in the library`);
}
