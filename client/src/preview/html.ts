/** The page's frame: nothing inline, nothing fetched, one script and one style sheet of our own. */
import * as vscode from 'vscode';

export function pageHtml(webview: vscode.Webview, root: vscode.Uri): string {
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Clinical Rules preview</title>
<link rel="stylesheet" href="${file('page.css')}">
</head>
<body>
<main class="preview" id="preview"></main>
<script src="${file('page.js')}"></script>
</body>
</html>`;
}
