/** Places the server has found, shown as the editor shows references. */
import * as vscode from 'vscode';
import type { Link } from '../../server/src/lsp/protocol.ts';

/** A lens can only carry plain values: the editor wants its own. */
export async function showReferences(uri: string, position: Link['range']['start'], places: readonly Link[]): Promise<void> {
  const positionOf = ({ line, character }: Link['range']['start']) => new vscode.Position(line, character);
  const locations = places.map(
    place => new vscode.Location(vscode.Uri.parse(place.uri), new vscode.Range(positionOf(place.range.start), positionOf(place.range.end))),
  );
  await vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(uri), positionOf(position), locations);
}
