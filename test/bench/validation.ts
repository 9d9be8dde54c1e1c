/** In one process: a text to schema problems with exact places, ours against vscode-json-languageservice, on the same file and schema. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseDocument } from '../../server/src/syntax/document.ts';
import { checkSchema } from '../../server/src/syntax/schema.ts';
import { flatRules, ruleSetText } from './generate.ts';
import { paired, type Row } from './measure.ts';

const require = createRequire(new URL('./peers/package.json', import.meta.url));

export async function validation(sizes: readonly number[], turns: number): Promise<Row[]> {
  const peer = peerService();
  const rows: Row[] = [];
  for (const size of sizes) {
    for (const broken of [false, true]) {
      const text = textOf(size, broken);
      const ours = () => checkSchema(parseDocument(text), 'rule-set');
      const found = { ours: ours().length, peer: (await peer(text)).length };
      if (broken ? !found.ours || !found.peer : found.ours || found.peer)
        throw new Error(`${size} rules, broken: ${broken}: ${JSON.stringify(found)}`);
      const times = await paired(turns, ours, () => peer(text));
      const what = `${size} rules (${Math.round(text.length / 1024)} KB)${broken ? ', one mistake' : ''}`;
      rows.push({ what, ...times, unit: 'ms', mark: 1 / 8, note: `found ${found.ours} and ${found.peer}` });
    }
  }
  return rows;
}

function textOf(size: number, broken: boolean): string {
  const text = ruleSetText(flatRules(size, 1));
  return broken ? text.replace('"decide": "clearance"', '"decides": "clearance"') : text;
}

function peerService(): (text: string) => Promise<readonly unknown[]> {
  const { getLanguageService } = require('vscode-json-languageservice');
  const { TextDocument } = require('vscode-languageserver-textdocument');
  const schema = JSON.parse(readFileSync(new URL('../../schemas/rule-set.schema.json', import.meta.url), 'utf8'));
  const service = getLanguageService({});
  service.configure({ validate: true, schemas: [{ uri: 'schema://rule-set', fileMatch: ['*.json'], schema }] });
  return text => {
    const document = TextDocument.create('file:///bench.json', 'json', 1, text);
    return service.doValidation(document, service.parseJSONDocument(document));
  };
}
