/** Coverage for people, as LCOV and as Cobertura: each way something can be seen is a branch of its line, each rule and effect a line. */
import { type Coverage, KINDS, type Point, type PointKind, type Share, shareOf, type Way } from '../testing/coverage.ts';
import { pointWords, wayWords } from '../testing/point-words.ts';
import type { Locate } from './report.ts';
import { aligned, type Style } from './style.ts';
import { xml } from './test-formats.ts';

export interface Places {
  readonly locate: Locate;
  readonly shorten: (file: string) => string;
}

const NAMES: Readonly<Record<PointKind, string>> = {
  rule: 'rules',
  condition: 'conditions',
  alone: 'alone deciding',
  threshold: 'thresholds',
  band: 'bands',
  effect: 'effects',
  boundary: 'boundaries',
};

/** What a reader is told of a way that was not seen; undefined: nothing more than that. */
export type Tell = (coverage: Coverage, point: Point, way: Way) => string | undefined;

export function coverageText(all: readonly Coverage[], places: Places, style: Style, tell: Tell): string {
  return `${all.map(coverage => oneText(coverage, places, style, tell)).join('\n\n')}\n`;
}

function oneText(coverage: Coverage, { locate, shorten }: Places, style: Style, tell: Tell): string {
  const { points, cases, compiled } = coverage;
  const { root } = compiled.ruleSet;
  const head = `${style.bold(`Coverage of ${root.title ?? root.id?.value ?? ''}`)} ${style.dim(`${shorten(root.file)}, ${cases} ${cases === 1 ? 'case' : 'cases'}`)}`;
  const rows = KINDS.map(kind => [NAMES[kind], ...shareWords(shareOf(points.filter(point => point.kind === kind)))]);
  const open = points.flatMap(point => {
    const ways = point.ways.filter(({ state }) => state === 'not-seen');
    if (ways.length === 0) return [];
    const { line } = locate(point.place.file, point.place.span)?.start ?? { line: 0 };
    const lines = ways.flatMap(way => tell(coverage, point, way) ?? []).map(text => `      ${text}`);
    return [
      [
        `  ${style.dim(`${shorten(point.place.file)}:${line + 1}`)} ${pointWords(point)}: not ${ways.map(({ name }) => wayWords(name)).join(', not ')}`,
        ...lines,
      ].join('\n'),
    ];
  });
  return [head, ...aligned([...rows, ['all', ...shareWords(shareOf(points))]], '  '), ...open, `  ${wholeWords(points)}`].join('\n');
}

/** Whether all that any patient can show is seen, and how much is left out of the count for a proof. */
function wholeWords(points: readonly Point[]): string {
  const ways = points.flatMap(point => point.ways);
  const [impossible, lacking] = (['impossible', 'not-seen'] as const).map(state => ways.filter(way => way.state === state).length);
  const left = impossible === 0 ? '' : ` Not counted: ${impossible} ${impossible === 1 ? 'way' : 'ways'} proved to be of no patient.`;
  return `${lacking === 0 ? 'Full coverage: every way that any patient can show is seen.' : `Not full: ${lacking} ${lacking === 1 ? 'way is' : 'ways are'} not seen.`}${left}`;
}

function shareWords({ seen, of }: Share): string[] {
  return of === 0 ? ['none', ''] : [`${seen} of ${of}`, percent({ seen, of })];
}

/** Only what is seen in full is 100 %. */
export function percent({ seen, of }: Share): string {
  return `${seen === of ? 100 : Math.min(99.9, Math.floor((seen * 1000) / of) / 10)} %`;
}

interface Line {
  readonly line: number;
  hit: boolean;
  readonly ways: { readonly name: string; readonly seen: boolean }[];
}

/** By file in order, its lines in order. What no patient can show is left out. */
function linesOf(coverage: Coverage, { locate }: Places): [string, Line[]][] {
  const files = new Map<string, Map<number, Line>>();
  for (const point of coverage.points) {
    const line = (locate(point.place.file, point.place.span)?.start.line ?? 0) + 1;
    const lines = files.get(point.place.file) ?? new Map<number, Line>();
    files.set(point.place.file, lines);
    const entry = lines.get(line) ?? { line, hit: false, ways: [] };
    lines.set(line, entry);
    for (const { name, state } of point.ways) {
      if (state === 'impossible') continue;
      entry.ways.push({ name: `${pointWords(point)} ${name}`, seen: state === 'seen' });
      entry.hit ||= state === 'seen';
    }
  }
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, lines]) => [file, [...lines.values()].sort((a, b) => a.line - b.line)]);
}

export function lcov(all: readonly Coverage[], places: Places): string {
  return all
    .flatMap(coverage => linesOf(coverage, places).map(([file, lines]) => lcovFile(coverage, places.shorten(file), lines)))
    .join('');
}

function lcovFile({ compiled }: Coverage, file: string, lines: readonly Line[]): string {
  const branches = lines.flatMap(({ line, ways }) => ways.map(({ seen }, i) => `BRDA:${line},0,${i},${seen ? 1 : 0}`));
  const hits = lines.map(({ line, hit }) => `DA:${line},${hit ? 1 : 0}`);
  const seen = lines.flatMap(({ ways }) => ways).filter(way => way.seen).length;
  return [
    `TN:${compiled.ruleSet.root.id?.value ?? ''}`,
    `SF:${file}`,
    ...branches,
    `BRF:${branches.length}`,
    `BRH:${seen}`,
    ...hits,
    `LF:${lines.length}`,
    `LH:${lines.filter(({ hit }) => hit).length}`,
    'end_of_record\n',
  ].join('\n');
}

/** One package a rule set, one class a file. No time stands in it: the same files give the same bytes. */
export function cobertura(all: readonly Coverage[], places: Places): string {
  const packages = all.map(coverage => ({ coverage, files: linesOf(coverage, places) }));
  const whole = ratesOf(packages.flatMap(({ files }) => files.flatMap(([, lines]) => lines)));
  const body = packages.flatMap(({ coverage, files }) => {
    const rates = ratesOf(files.flatMap(([, lines]) => lines));
    const name = xml(coverage.compiled.ruleSet.root.id?.value ?? '');
    return [
      `    <package name="${name}" ${rates} complexity="0">`,
      '      <classes>',
      ...files.flatMap(([file, lines]) => coberturaClass(places.shorten(file), lines)),
      '      </classes>',
      '    </package>',
    ];
  });
  const head = `<coverage ${whole} version="1" timestamp="0" complexity="0">`;
  return `${['<?xml version="1.0" encoding="UTF-8"?>', head, '  <packages>', ...body, '  </packages>', '</coverage>'].join('\n')}\n`;
}

function ratesOf(lines: readonly Line[]): string {
  const ways = lines.flatMap(line => line.ways);
  const rate = (seen: number, of: number) => (of === 0 ? '1' : (Math.floor((seen * 10000) / of) / 10000).toString());
  const [hit, seen] = [lines.filter(line => line.hit).length, ways.filter(way => way.seen).length];
  const counts = `lines-covered="${hit}" lines-valid="${lines.length}" branches-covered="${seen}" branches-valid="${ways.length}"`;
  return `line-rate="${rate(hit, lines.length)}" branch-rate="${rate(seen, ways.length)}" ${counts}`;
}

function coberturaClass(file: string, lines: readonly Line[]): string[] {
  const rows = lines.map(({ line, hit, ways }) => {
    const seen = ways.filter(way => way.seen).length;
    const share = `${Math.floor((seen * 100) / Math.max(1, ways.length))}% (${seen}/${ways.length})`;
    return `            <line number="${line}" hits="${hit ? 1 : 0}" branch="true" condition-coverage="${share}"/>`;
  });
  return [
    `        <class name="${xml(file)}" filename="${xml(file)}" ${ratesOf(lines)} complexity="0">`,
    '          <methods/>',
    '          <lines>',
    ...rows,
    '          </lines>',
    '        </class>',
  ];
}
