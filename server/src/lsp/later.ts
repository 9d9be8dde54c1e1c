/** Requests that are answered by parts of the server loaded only once they are asked for. */
import type {
  CallHierarchyIncomingCallsParams,
  CallHierarchyOutgoingCallsParams,
  CodeActionParams,
  CodeLens,
  CodeLensParams,
  CompletionItem,
  CompletionParams,
  DocumentFormattingParams,
  DocumentLinkParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  DocumentSymbolParams,
  FoldingRangeParams,
  InlayHintParams,
  LinkedEditingRangeParams,
  PrepareRenameParams,
  ReferenceParams,
  RenameFilesParams,
  RenameParams,
  SelectionRangeParams,
  SemanticTokensParams,
  SemanticTokensRangeParams,
  TextDocumentPositionParams,
  WorkspaceSymbolParams,
} from 'vscode-languageserver/node';
import {
  COMPARE,
  type CompareParameters,
  DE_IDENTIFY,
  type DeIdentifyParameters,
  FIX_ALL,
  IMPORT,
  type ImportParameters,
  MADE_CASES,
  type MadeCasesParameters,
  MUTANTS,
  type MutantsParameters,
  NEW_PATIENT,
  type NewPatientParameters,
  PATIENTS,
  PLAIN,
  PREVIEW,
  PROOFS,
  type PreviewParameters,
  REPORT,
  type ReportParameters,
  RULE_SETS,
  RUN_TESTS,
  type RunTestsParameters,
  SAVE_CHANGES,
  type SaveParameters,
  TESTS,
  type TestsParameters,
  WHAT_IF,
  WHAT_WOULD_CHANGE,
} from './protocol.ts';
import type { Session } from './session.ts';
import type { Answer, CancellationToken, Service } from './wire.ts';

/** Answers by method. Each loads what it needs when it is first asked for. */
export function laterRequests(session: Session): Service['requests'] {
  return {
    'textDocument/codeAction': answer<CodeActionParams>(async params => (await import('./actions.ts')).codeActions(session, params)),
    [FIX_ALL]: answer<{ readonly code?: string }>(async params => (await import('./actions.ts')).answerFixAll(session, params)),
    'textDocument/completion': answer<CompletionParams>(async params =>
      (await import('./completions.ts')).answerCompletion(session, params),
    ),
    'completionItem/resolve': answer<CompletionItem>(async item => (await import('./completions.ts')).resolveCompletion(session, item)),
    'textDocument/documentSymbol': answer<DocumentSymbolParams>(async params =>
      (await import('./answers.ts')).documentSymbols(session, params),
    ),
    [PREVIEW]: answer<PreviewParameters>(async params => (await import('./previews.ts')).answerPreview(session, params)),
    [WHAT_IF]: answer<PreviewParameters>(async params => (await import('./previews.ts')).answerWhatIf(session, params)),
    [WHAT_WOULD_CHANGE]: answer<PreviewParameters>(async (params, token) =>
      (await import('./previews.ts')).answerChanges(session, params, token),
    ),
    [REPORT]: answer<ReportParameters>(async params => (await import('./previews.ts')).answerReport(session, params)),
    [COMPARE]: answer<CompareParameters>(async params => (await import('./compare.ts')).answerCompare(session, params)),
    [DE_IDENTIFY]: answer<DeIdentifyParameters>(async params => (await import('./previews.ts')).answerDeIdentify(session, params)),
    [SAVE_CHANGES]: answer<SaveParameters>(async params => (await import('./previews.ts')).answerSaveChanges(session, params)),
    [IMPORT]: answer<ImportParameters>(async params => (await import('./imports.ts')).answerImport(session, params)),
    [NEW_PATIENT]: answer<NewPatientParameters>(async params => (await import('./previews.ts')).answerNewPatient(session, params)),
    [PATIENTS]: answer<{ readonly ruleSet: string }>(async params => (await import('./choices.ts')).answerPatients(session, params)),
    [PROOFS]: answer<{ readonly uri: string }>(async params => (await import('./proofs.ts')).answerProofs(session, params)),
    'textDocument/codeLens': answer<CodeLensParams>(async params => (await import('./lenses.ts')).codeLenses(session, params)),
    'codeLens/resolve': answer<CodeLens>(async (lens, token) => (await import('./lenses.ts')).resolveLens(session, lens, token)),
    ...navigation(session),
    'textDocument/formatting': answer<DocumentFormattingParams>(async params =>
      (await import('./formatting.ts')).formatDocument(session, params),
    ),
    'textDocument/rangeFormatting': answer<DocumentRangeFormattingParams>(async params =>
      (await import('./formatting.ts')).formatRange(session, params),
    ),
    'textDocument/onTypeFormatting': answer<DocumentOnTypeFormattingParams>(async params =>
      (await import('./formatting.ts')).formatTyped(session, params),
    ),
    'textDocument/inlayHint': answer<InlayHintParams>(async params => (await import('./hints.ts')).inlayHints(session, params)),
    'textDocument/semanticTokens/full': answer<SemanticTokensParams>(async params =>
      (await import('./hints.ts')).semanticTokens(session, params),
    ),
    'textDocument/semanticTokens/range': answer<SemanticTokensRangeParams>(async params =>
      (await import('./hints.ts')).semanticTokensOfRange(session, params),
    ),
    'textDocument/linkedEditingRange': answer<LinkedEditingRangeParams>(async params =>
      (await import('./hints.ts')).linkedEditing(session, params),
    ),
    [PLAIN]: answer<{ readonly uri: string }>(async params => (await import('./plain.ts')).answerPlain(session, params)),
    [TESTS]: answer<TestsParameters>(async params => (await import('./testing.ts')).answerTests(session, params)),
    [RUN_TESTS]: answer<RunTestsParameters>(async (params, token) => (await import('./testing.ts')).answerRunTests(session, params, token)),
    [MUTANTS]: answer<MutantsParameters>(async (params, token) =>
      (await import('./testing-mutants.ts')).answerMutants(session, params, token),
    ),
    [MADE_CASES]: answer<MadeCasesParameters>(async (params, token) =>
      (await import('./testing-made.ts')).answerMadeCases(session, params, token),
    ),
    [RULE_SETS]: answer<{ readonly patient: string }>(async params => (await import('./choices.ts')).answerRuleSets(session, params)),
  };
}

/** Names: where they are declared and used, and what depends on what. */
function navigation(session: Session): Service['requests'] {
  const load = () => import('./navigation.ts');
  const renames = () => import('./renames.ts');
  return {
    'textDocument/hover': answer<TextDocumentPositionParams>(async params => (await import('./hovers.ts')).answerHover(session, params)),
    'textDocument/definition': answer<TextDocumentPositionParams>(async params => (await load()).definition(session, params)),
    'textDocument/references': answer<ReferenceParams>(async params => (await load()).references(session, params)),
    'textDocument/documentHighlight': answer<TextDocumentPositionParams>(async params => (await load()).highlights(session, params)),
    'textDocument/prepareCallHierarchy': answer<TextDocumentPositionParams>(async params =>
      (await load()).prepareCallHierarchy(session, params),
    ),
    'callHierarchy/incomingCalls': answer<CallHierarchyIncomingCallsParams>(async ({ item }) =>
      (await load()).incomingCalls(session, item),
    ),
    'callHierarchy/outgoingCalls': answer<CallHierarchyOutgoingCallsParams>(async ({ item }) =>
      (await load()).outgoingCalls(session, item),
    ),
    'workspace/symbol': answer<WorkspaceSymbolParams>(async params => (await load()).workspaceSymbols(session, params)),
    'textDocument/foldingRange': answer<FoldingRangeParams>(async params => (await load()).foldingRanges(session, params)),
    'textDocument/selectionRange': answer<SelectionRangeParams>(async params => (await load()).selectionRanges(session, params)),
    'textDocument/documentLink': answer<DocumentLinkParams>(async params => (await load()).documentLinks(session, params)),
    'textDocument/prepareRename': answer<PrepareRenameParams>(async params => (await renames()).answerPrepareRename(session, params)),
    'textDocument/rename': answer<RenameParams>(async params => (await renames()).answerRename(session, params)),
    'workspace/willRenameFiles': answer<RenameFilesParams>(async params => (await renames()).answerWillRenameFiles(session, params)),
  };
}

/** What a client sends is what the protocol says; what is not fails, and the failure is answered. */
function answer<P>(make: (params: P, token: CancellationToken) => unknown): Answer {
  return make as Answer;
}
