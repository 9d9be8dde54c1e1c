/** Completion in the protocol's form: a list at once, and the words about one proposal when the editor shows it. */
import type { CompletionItem, CompletionItemKind, CompletionList, CompletionParams } from 'vscode-languageserver/node';
import { documentationOf } from '../features/completion/documentation.ts';
import { type About, type Completion, completionsAt, type OfferKind } from '../features/completion.ts';
import type { LineIndex } from '../text/line-index.ts';
import { fileOf, type Session } from './session.ts';

/** What is kept with a proposal until its words are asked for. */
interface Data {
  readonly uri: string;
  readonly about: About;
}

export function answerCompletion(session: Session, { textDocument, position }: CompletionParams): CompletionList {
  const file = fileOf(session, textDocument.uri);
  const snapshot = session.workspace.snapshot(file);
  const document = session.documents.get(textDocument.uri);
  if (typeof snapshot === 'string' || !document) return { isIncomplete: false, items: [] };
  const asked = { today: new Date().toISOString().slice(0, 10), snippets: session.abilities.snippets };
  const found = completionsAt(session.workspace, file, document.offsetAt(position), asked);
  return { isIncomplete: false, items: found.map(one => toItem(one, snapshot.lines(), textDocument.uri, session)) };
}

/** The proposal with its documentation. */
export function resolveCompletion(session: Session, item: CompletionItem): CompletionItem {
  const data = item.data as Data | undefined;
  const value = data && documentationOf(session.workspace, fileOf(session, data.uri), data.about);
  return value ? { ...item, documentation: { kind: 'markdown', value } } : item;
}

const SNIPPET = 2;
const ADJUSTED = 2;

function toItem(one: Completion, lines: LineIndex, uri: string, { abilities }: Session): CompletionItem {
  const { label, title, note, edit, more, about } = one;
  return {
    label,
    kind: KINDS[one.kind],
    ...(abilities.labelDetails
      ? { labelDetails: { ...(title ? { detail: `  ${title}` } : {}), ...(note ? { description: note } : {}) } }
      : {}),
    ...(abilities.labelDetails ? {} : { detail: [title, note].filter(word => word).join(' · ') }),
    filterText: one.filter,
    sortText: one.sort,
    textEdit: { range: lines.range(edit.span), newText: edit.newText },
    ...(one.isSnippet ? { insertTextFormat: SNIPPET } : {}),
    ...(edit.newText.includes('\n') ? { insertTextMode: ADJUSTED } : {}),
    ...(more.length > 0 ? { additionalTextEdits: more.map(({ span, newText }) => ({ range: lines.range(span), newText })) } : {}),
    // A command of our own client's editor; others would not know it.
    ...(one.goesOn && one.isSnippet && abilities.suggestsOn
      ? { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } }
      : {}),
    ...(about ? { data: { uri, about } satisfies Data } : {}),
  };
}

/** Numbers of the protocol. */
const KINDS: Readonly<Record<OfferKind, CompletionItemKind>> = {
  key: 10,
  name: 18,
  fact: 6,
  group: 22,
  score: 4,
  band: 20,
  threshold: 21,
  decision: 13,
  rule: 23,
  advice: 3,
  site: 19,
  source: 9,
  value: 12,
  unit: 11,
  file: 17,
  template: 15,
};
