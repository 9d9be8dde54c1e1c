/** The outcome of one patient as lines for a clinician: the decision first, then why, scores, precautions by site, what is missing, sources. */
import type {
  Preview,
  PreviewCondition,
  PreviewDecision,
  PreviewMissing,
  PreviewRule,
  PreviewScore,
  PreviewScoreGroup,
  PreviewSite,
} from '../features/preview-model.ts';
import { aligned, type Style, wrap } from './style.ts';

const WIDTH = 96;
const INDENT = '  ';

export function outcomeText(preview: Preview, style: Style): string {
  const { missing, sources, problems, conflicts } = preview;
  const sections = [
    head(preview, style),
    ...preview.decisions.map(decision => decisionBlock(decision, style)),
    section(
      'Problems in the patient file',
      problems.map(({ text }) => bullet(style.error('!'), text)),
      style,
    ),
    section(
      'Conflicts',
      conflicts.map(({ text, rules }) => bullet(style.error('!'), `${text} (${rules.map(({ id }) => id).join(', ')})`)),
      style,
    ),
    section('Why', rulesBlock(preview.rules, style), style),
    section(
      'Scores',
      preview.scores.flatMap(group => scoreGroup(group, style)),
      style,
    ),
    section(
      'Precautions',
      preview.precautions.flatMap(site => siteBlock(site, style)),
      style,
    ),
    section(
      'Missing',
      missing.length > 0 ? missing.flatMap(input => missingBlock(input, style)) : [`${INDENT}${preview.nothingMissing}`],
      style,
    ),
    section(
      'Sources',
      sources.map(({ title, detail }) => `${INDENT}${wrap(`${title}. ${detail}`, WIDTH, INDENT + INDENT)}`),
      style,
    ),
  ];
  return `${sections.filter(text => text !== '').join('\n\n')}\n`;
}

function head({ title, ruleSet, asOf }: Preview, style: Style): string {
  const line = `${ruleSet.title} ${ruleSet.version} · ${ruleSet.status} · as of ${asOf}`;
  const cautions = ruleSet.cautions.map(caution => style.warning(wrap(`! ${caution}`, WIDTH, INDENT)));
  return [style.bold(title), style.dim(line), ...cautions].join('\n');
}

function decisionBlock(decision: PreviewDecision, style: Style): string {
  const { question, answer, tone, why, follows, records } = decision;
  return [
    style.bold(question),
    `${INDENT}${style.tone(tone, answer.toUpperCase())}`,
    `${INDENT}${wrap(why, WIDTH, INDENT)}`,
    ...followsLines(follows, style),
    ...aligned(
      records.map(({ name, answer: part, tone: partTone }) => [name, style.tone(partTone, part)]),
      INDENT + INDENT,
    ),
  ].join('\n');
}

/** The text goes on after the value, with a comma of its own where it needs one. */
function followsLines({ title, value, text }: PreviewDecision['follows'], style: Style): string[] {
  if (!value && text === '') return [];
  const space = !value || /^[,.;:]/.test(text) ? '' : ' ';
  return [`${INDENT}${style.dim(`${title}:`)} ${value ? style.tone(value.tone, value.title) : ''}${space}${wrap(text, WIDTH, INDENT)}`];
}

function section(title: string, lines: readonly string[], style: Style): string {
  return lines.length > 0 ? [style.bold(title), ...lines].join('\n') : '';
}

function bullet(mark: string, text: string): string {
  return `${INDENT}${mark} ${wrap(text, WIDTH, INDENT + INDENT)}`;
}

/** Fired rules with their conditions, then undetermined ones; of those ruled out only the number. */
function rulesBlock(rules: readonly PreviewRule[], style: Style): string[] {
  const told = [...rules.filter(({ status }) => status === 'fired'), ...rules.filter(({ status }) => status === 'undetermined')];
  const out = rules.filter(({ status }) => status === 'ruled-out').length;
  const lines = told.flatMap(rule => ruleLines(rule, style));
  if (told.length === 0) lines.push(`${INDENT}No rule fired, and none is undetermined.`);
  if (out > 0) lines.push(`${INDENT}${style.dim(`${out} ${out === 1 ? 'rule is' : 'rules are'} ruled out.`)}`);
  return lines;
}

function ruleLines(rule: PreviewRule, style: Style): string[] {
  const mark = rule.status === 'fired' ? style.bold('●') : style.dim('?');
  const effect = [rule.whom, rule.effect].filter(part => part !== '').join(': ');
  const status = rule.status === 'fired' ? 'fired' : 'undetermined';
  const first = `${INDENT}${mark} ${rule.title} ${style.dim(`[${rule.id === rule.label ? rule.id : `${rule.id}, ${rule.label}`}]`)}`;
  const second = `${INDENT}${INDENT}${rule.tone ? style.tone(rule.tone, status) : status}${effect ? ` ${wrap(effect, WIDTH, INDENT + INDENT)}` : ''}`;
  return [first, second, ...rule.cases.flatMap(({ name, conditions }) => caseLines(name, conditions, style, rule.cases.length > 1))];
}

function caseLines(name: string, conditions: readonly PreviewCondition[], style: Style, named: boolean): string[] {
  const rows = conditions.flatMap(condition => conditionRows(condition, 0, style));
  if (rows.length === 0) return [];
  return [...(named ? [`${INDENT}${INDENT}${name}`] : []), ...aligned(rows, INDENT.repeat(3))];
}

const TRUTHS = { true: 'yes', false: 'no', unknown: 'unknown' } as const;

function conditionRows(condition: PreviewCondition, depth: number, style: Style): string[][] {
  const value = [condition.value, condition.distance].filter(part => part !== '').join(', ');
  const row = [TRUTHS[condition.truth], `${INDENT.repeat(depth)}${condition.text}`, style.dim(value)];
  return [row, ...condition.items.flatMap(item => conditionRows(item, depth + 1, style))];
}

function scoreGroup({ name, detail, scores, notes }: PreviewScoreGroup, style: Style): string[] {
  const title = [name, detail].filter(part => part !== '').join(', ');
  return [
    ...(title ? [`${INDENT}${title}`] : []),
    ...scores.flatMap(score => scoreLines(score, style)),
    ...notes.map(({ text }) => `${INDENT}${INDENT}${style.dim(wrap(text, WIDTH, INDENT + INDENT))}`),
  ];
}

function scoreLines({ title, scored, total, strips, components, notes }: PreviewScore, style: Style): string[] {
  const bands = strips.flatMap(strip => strip.bands.filter(({ here }) => here));
  const where = bands.map(({ title: band, range, tone }) => `${tone ? style.tone(tone, band) : band} (${range})`).join(' or ');
  const said = [total ? `${total.label} ${total.text}` : '', where, style.dim(scored)].filter(part => part !== '').join(', ');
  const first = said === '' ? style.bold(title) : `${style.bold(title)}: ${said}`;
  return [
    `${INDENT}${INDENT}${first}`,
    ...aligned(
      components.map(component => [component.title, component.option, component.points]),
      INDENT.repeat(3),
    ),
    ...notes.map(({ text }) => `${INDENT.repeat(3)}${style.dim(wrap(text, WIDTH, INDENT.repeat(3)))}`),
  ];
}

function siteBlock({ site, effects, conflicts }: PreviewSite, style: Style): string[] {
  const rows = effects.map(({ verb, text, state, rule }) => [
    verb === 'forbid' || verb === 'avoid' ? style.error('×') : verb === 'limit' ? style.warning('≤') : '+',
    state === 'possible' ? `${text} ${style.dim('(possible)')}` : text,
    style.dim(`[${rule.label}]`),
  ]);
  return [`${INDENT}${site}`, ...aligned(rows, INDENT + INDENT), ...conflicts.map(({ text }) => bullet(style.error('!'), text))];
}

function missingBlock({ text, detail, decisions, outcomes }: PreviewMissing, style: Style): string[] {
  const rows = outcomes.map(({ value, answers }) => [
    value,
    answers.map((answer, i) => `${decisions.length > 1 ? `${decisions[i]}: ` : ''}${style.tone(answer.tone, answer.title)}`).join(', '),
  ]);
  return [`${INDENT}${style.bold(text)} ${style.dim(detail)}`, ...aligned(rows, INDENT + INDENT)];
}
