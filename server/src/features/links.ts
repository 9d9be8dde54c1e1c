/** What can be opened from a file: the files it names, the addresses of its sources, and the pages of the codes it gives. Nothing is fetched. */
import type { Code, RuleSetFile } from '../model/rule-set.ts';
import type { Span } from '../text/span.ts';
import type { Workspace } from '../workspace.ts';
import { mentionsIn } from './at.ts';
import { innerSpan } from './inner.ts';

export type Link = { readonly span: Span; readonly tooltip: string } & ({ readonly file: string } | { readonly address: string });

/** In no particular order. Paths that lead nowhere have no link. */
export function linksIn(workspace: Workspace, file: string): readonly Link[] {
  const snapshot = workspace.snapshot(file);
  if (typeof snapshot === 'string') return [];
  const inner = (span: Span) => innerSpan(snapshot.text, span);
  const paths = mentionsIn(workspace, file).flatMap(({ sense, name, span }) => {
    const target = sense.kind === 'path' ? workspace.fileAt(file, name) : undefined;
    return target !== undefined && typeof workspace.snapshot(target) !== 'string'
      ? [{ span: inner(span), file: target, tooltip: 'Open the file' }]
      : [];
  });
  if (snapshot.kind() === 'patient') return paths;
  const ruleSet = snapshot.ruleSet();
  return [...paths, ...sourceLinks(ruleSet, inner), ...codesOf(ruleSet).flatMap(code => codeLink(code, snapshot.text))];
}

function sourceLinks({ sources }: RuleSetFile, inner: (span: Span) => Span): Link[] {
  return [...sources.values()].flatMap(({ url }) =>
    url && isAddress(url.value) ? [{ span: inner(url.span), address: url.value, tooltip: 'Open the source' }] : [],
  );
}

/** Only pages of the web: nothing else is opened from a file that someone sent. */
function isAddress(url: string): boolean {
  return /^https?:\/\/[^\s"<>]+$/.test(url);
}

function codesOf(ruleSet: RuleSetFile): readonly Code[] {
  const facts = [
    ...ruleSet.facts.values(),
    ...ruleSet.derived.values(),
    ...[...ruleSet.groups.values()].flatMap(group => [...group.facts.values()]),
  ];
  const values = facts.flatMap(fact => (typeof fact.values === 'object' ? fact.values : []));
  return [...facts, ...values, ...ruleSet.sites.values(), ...ruleSet.advice.values()].flatMap(({ code }) => code ?? []);
}

/** At the code itself, within the object that has it. */
function codeLink({ system, code, span }: Code, text: string): Link[] {
  const address = codePage(system, code);
  const at = /"code"\s*:\s*"/.exec(text.slice(span.start, span.end));
  if (address === undefined || !at) return [];
  const start = span.start + at.index + at[0].length;
  return [{ span: { start, end: start + code.length }, address, tooltip: `Open ${code} in ${SYSTEMS[system]!.title}` }];
}

interface System {
  readonly title: string;
  /** What its codes look like: anything else would lead nowhere. */
  readonly form: RegExp;
  readonly page: (code: string) => string;
}

/** Terminologies with a public page for each code. */
const SYSTEMS: Readonly<Record<string, System>> = {
  loinc: { title: 'LOINC', form: /^\d{1,7}-\d$/, page: code => `https://loinc.org/${code}` },
  snomed: {
    title: 'the SNOMED CT browser',
    form: /^\d{6,18}$/,
    page: code => `https://browser.ihtsdotools.org/?perspective=full&conceptId1=${code}`,
  },
  'icd-10': { title: 'ICD-10', form: /^[A-Z]\d\d(\.\d+)?$/, page: code => `https://icd.who.int/browse10/2019/en#/${code}` },
  atc: {
    title: 'the ATC index',
    form: /^[A-Z](\d\d([A-Z]([A-Z](\d\d)?)?)?)?$/,
    page: code => `https://atcddd.fhi.no/atc_ddd_index/?code=${code}`,
  },
  rxnorm: { title: 'RxNav', form: /^\d+$/, page: code => `https://mor.nlm.nih.gov/RxNav/search?searchBy=RXCUI&searchTerm=${code}` },
};

/** The public page of a code; undefined for a terminology that has none, or a code that is not of its form. */
export function codePage(system: string, code: string): string | undefined {
  const known = Object.hasOwn(SYSTEMS, system) ? SYSTEMS[system] : undefined;
  return known?.form.test(code) ? known.page(code) : undefined;
}
