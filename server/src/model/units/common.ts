/** The units medicine commonly writes, by what they measure: what is offered while typing, and what a misspelled unit may have meant. */

const BY_QUANTITY: Readonly<Record<string, string>> = {
  'mass concentration': 'g/L g/dL mg/L mg/dL mg/mL ug/L ug/dL ug/mL ng/L ng/dL ng/mL pg/mL pg/dL pg/L g%',
  'substance concentration': 'mol/L mmol/L umol/L nmol/L pmol/L fmol/L mmol/dL nmol/mL umol/dL pmol/mL meq/L meq/dL osm/L mosm/L mosm/kg',
  'catalytic activity': 'U/L k[IU]/L kU/L mU/L U/mL mU/mL uU/mL ukat/L nkat/L kat/L U/g',
  'arbitrary concentration':
    "[IU]/L [IU]/mL m[IU]/L m[IU]/mL u[IU]/mL k[IU]/mL [arb'U]/mL [GPL'U] [MPL'U] [APL'U] [anti'Xa'U]/mL [CFU]/mL [USP'U]",
  'number concentration': '10*12/L 10*9/L 10*6/L 10*3/L /L 10*6/uL 10*3/uL /uL /mL 10*3/mL 10*6/mL /mm3 10*3/mm3 10*6/mm3 /[HPF] /[LPF]',
  mass: 'kg g mg ug ng pg t [lb_av] [oz_av] [gr] [stone_av]',
  length: 'm cm mm um nm km dm [in_i] [ft_i] [yd_i] [mi_i] [Ch]',
  area: 'm2 cm2 mm2',
  volume: 'L dL cL mL uL nL pL fL m3 cm3 mm3 [drp] [tsp_us] [tbs_us] [foz_us]',
  substance: 'mol mmol umol nmol pmol eq meq osm mosm',
  time: 'a mo wk d h min s ms',
  frequency: '/min /h /d /wk /mo /a /s Hz kHz {beats}/min {breaths}/min',
  'amount of exercise': 'min/wk min/d h/wk h/d {steps}/d m/min m/s km/h [MET] [MET].min/wk [MET].h/wk kcal/wk',
  pressure: 'mm[Hg] kPa Pa hPa cm[H2O] mm[H2O] bar mbar atm',
  temperature: 'Cel [degF] K',
  energy: 'kcal cal J kJ MJ kcal/d kJ/d kcal/kg/d W N N.m',
  angle: "deg rad '",
  fraction: '% {ratio} {score} {INR} mmol/mol mol/mol g/g L/L [ppm] [ppth] 1',
  'body mass': 'kg/m2 g/cm2 g/cm3 g/mL kg/L kg/m3',
  clearance: 'mL/min mL/min/{1.73_m2} mL/s L/h mL/h L/min L/d mL/d mL/kg/h mL/kg/min mL/kg L/min/m2 mL/m2',
  dose: 'mg/kg ug/kg g/kg mg/m2 ug/m2 g/m2 [IU]/kg U/kg mmol/kg meq/kg mg/d ug/d g/d mg/h ug/h g/h mg/min ug/min mg/wk ug/wk mg/mo [IU]/d [IU]/wk [IU]/h U/d U/h mmol/d umol/d meq/d mmol/h mg/kg/d ug/kg/d ng/kg/min ug/kg/min ug/kg/h mg/kg/h mg/kg/min [IU]/kg/h g/kg/d mg/m2/d mmol/kg/d',
  excretion: 'mg/g mg/mmol ug/mg ug/g g/mol g/mmol nmol/mmol umol/mol mg/{24.h} g/{24.h}',
  electrical: 'mV uV V mA A mS/m Ohm kOhm S',
  radiation: 'Gy cGy mGy Sv mSv uSv Bq kBq MBq GBq mCi uCi Ci MBq/kg',
  acidity: '[pH]',
};

/** Every common unit with what it measures. */
export const COMMON_UNITS: readonly { readonly unit: string; readonly quantity: string }[] = Object.entries(BY_QUANTITY).flatMap(
  ([quantity, units]) => units.split(' ').map(unit => ({ unit, quantity })),
);
