/** The frame of a page in a webview: nothing inline, nothing fetched, one script and one style sheet of our own. */
import * as vscode from 'vscode';

export interface Frame {
  readonly title: string;
  /** Names of files in the page's folder, without their ending. */
  readonly name: string;
  /** The id of the element that the script fills, which is its class too. */
  readonly main: string;
}

/** `root` is the folder of the page's script and style sheet. */
export function pageFrame(webview: vscode.Webview, root: vscode.Uri, { title, name, main }: Frame): string {
  const file = (ending: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, `${name}.${ending}`)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${file('css')}">
</head>
<body>
<main class="${main}" id="${main}"></main>
<script src="${file('js')}"></script>
</body>
</html>`;
}
