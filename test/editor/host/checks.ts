/** Checks that run inside the extension host, with the API an extension has. By name, so that the run outside can list them. */
import assert from 'node:assert/strict';

type Api = typeof import('vscode');

const EXTENSION = 'clinical-rules.clinical-rules';
const PATIENCE = 20_000;

export const checks: Readonly<Record<string, (vscode: Api) => Promise<void>>> = {
  'the extension is there and starts': async vscode => {
    const extension = vscode.extensions.getExtension(EXTENSION);
    assert.ok(extension, `no extension ${EXTENSION}`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  },

  'every command it announces is registered': async vscode => {
    const announced = packageOf(vscode).contributes.commands.map(({ command }) => command);
    assert.ok(announced.length >= 5, `only ${announced.length} commands`);
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      announced.filter(command => !registered.has(command)),
      [],
    );
  },

  'a rule set has the language id the server serves': async vscode => {
    const document = await open(vscode, 'exercise.clinical.json');
    const announced = packageOf(vscode).contributes.languages.map(({ id }) => id);
    assert.ok(announced.includes(document.languageId), `${document.languageId} is none of ${announced}`);
  },

  'files in order have no diagnostics': async vscode => {
    for (const name of ['vocabulary.clinical.json', 'exercise.clinical.json', 'visits.clinical.json', 'bleeding.patient.json']) {
      const document = await open(vscode, name);
      await eventually(() => assert.deepEqual(said(vscode, document.uri), []));
    }
  },

  'a broken edit is diagnosed at its place, once, by us; its undoing clears it': async vscode => {
    const document = await open(vscode, 'exercise.clinical.json');
    const start = document.getText().indexOf('"threshold": "very-low-platelets"') + '"threshold": "'.length;
    const range = new vscode.Range(document.positionAt(start), document.positionAt(start + 'very'.length));
    await replace(vscode, document.uri, range, 'vary');
    await eventually(() => {
      const errors = vscode.languages.getDiagnostics(document.uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
      assert.equal(errors.length, 1, JSON.stringify(said(vscode, document.uri)));
      assert.match(errors[0]!.message, /vary-low-platelets/);
      assert.equal(errors[0]!.range.start.line, range.start.line);
      assert.ok(errors[0]!.range.contains(range), 'the place is the misspelt name');
    });
    await replace(vscode, document.uri, range, 'very');
    await eventually(() => assert.deepEqual(said(vscode, document.uri), []));
  },

  'a patient outside the domain of a fact is diagnosed': async vscode => {
    const document = await open(vscode, 'bleeding.patient.json');
    const start = document.getText().indexOf('12, "unit"');
    const range = new vscode.Range(document.positionAt(start), document.positionAt(start + 2));
    await replace(vscode, document.uri, range, '99');
    await replace(vscode, document.uri, new vscode.Range(range.end, range.end), '99');
    await eventually(() => assert.match(said(vscode, document.uri).join('\n'), /2,?000/));
    await replace(vscode, document.uri, new vscode.Range(range.start, document.positionAt(start + 4)), '12');
    await eventually(() => assert.deepEqual(said(vscode, document.uri), []));
  },

  'inlay hints say what a threshold means where it is used': async vscode => {
    const document = await open(vscode, 'exercise.clinical.json');
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    await eventually(async () => {
      const hints = await vscode.commands.executeCommand<import('vscode').InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        whole,
      );
      const words = hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
      assert.match(words.join('\n'), /platelets are below 20/);
    });
  },

  'names have colours of their kinds': async vscode => {
    const document = await open(vscode, 'exercise.clinical.json');
    await eventually(async () => {
      const run = vscode.commands.executeCommand;
      const legend = await run<import('vscode').SemanticTokensLegend>('vscode.provideDocumentSemanticTokensLegend', document.uri);
      const { data } = await run<import('vscode').SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri);
      const kinds = new Set(Array.from({ length: data.length / 5 }, (_, i) => legend.tokenTypes[data[5 * i + 3]!]));
      for (const kind of ['fact', 'threshold', 'decision', 'answer', 'rule']) assert.ok(kinds.has(kind), `${kind} among ${[...kinds]}`);
    });
  },

  'restarting the server keeps diagnosing': async vscode => {
    const restart = packageOf(vscode).contributes.commands.find(({ title }) => title === 'Restart Server');
    assert.ok(restart, 'no command Restart Server');
    await vscode.commands.executeCommand(restart.command);
    const document = await open(vscode, 'exercise.clinical.json');
    const start = document.getText().indexOf('"decide": "clearance", "as": "modify"') + '"decide": "'.length;
    const end = start + 'clearance'.length;
    await replace(vscode, document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), 'clearence');
    await eventually(() => assert.match(said(vscode, document.uri).join('\n'), /clearence/));
  },
};

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly languages: readonly { readonly id: string }[];
  };
}

function packageOf(vscode: Api): Manifest {
  return vscode.extensions.getExtension(EXTENSION)!.packageJSON as Manifest;
}

async function open(vscode: Api, name: string) {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  await vscode.window.showTextDocument(document);
  return document;
}

async function replace(vscode: Api, uri: import('vscode').Uri, range: import('vscode').Range, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, range, text);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}

function said(vscode: Api, uri: import('vscode').Uri): string[] {
  return vscode.languages.getDiagnostics(uri).map(({ message, range }) => `${range.start.line + 1}: ${message}`);
}

async function eventually(check: () => Promise<void> | void): Promise<void> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await check();
    } catch (problem) {
      if (Date.now() > until) throw problem;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}
