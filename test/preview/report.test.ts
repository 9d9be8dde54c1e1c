/** The outcome as a document: it says what the preview says, and text of a patient is only ever text in it. */
import assert from 'node:assert/strict';
import { plainMarkdown } from '../../server/src/features/plain-markdown.ts';
import type { Preview } from '../../server/src/features/preview-model.ts';
import { reportBlocks } from '../../server/src/features/report.ts';
import { reportHtml } from '../../server/src/features/report-html.ts';
import { CLINIC, patientWith } from './clinic.ts';
import { patientFile, previewed, previewFor, ruleSetFile, textOfFile } from './previewed.ts';

const UNSTABLE = { site: 'L3', options: { location: 'mobile', pain: 'mechanical' } } as const;

/** All text of the blocks, one after the other. */
function wordsOf(preview: Preview): string {
  return JSON.stringify(reportBlocks(preview));
}

describe('the outcome as a document', () => {
  for (const name of ['s13', 's15', 's31', 's40'])
    it(`says all that the preview says of ${name}`, () => {
      const root = 'samples/bone-metastasis';
      const preview = previewFor(
        ruleSetFile(`${root}/all-five.clinical.json`),
        patientFile(`${root}/patients/${name}.patient.json`),
        textOfFile,
      );
      const words = wordsOf(preview);
      const wanted = [
        preview.ruleSet.version,
        ...preview.decisions.flatMap(({ answer, why, follows }) => [answer, why, follows.text]),
        ...preview.scores.flatMap(({ scores }) => scores.flatMap(({ title, total }) => [title, total?.text ?? ''])),
        ...preview.precautions.flatMap(({ effects, conflicts }) => [
          ...effects.map(({ text }) => text),
          ...conflicts.map(({ text }) => text),
        ]),
        ...preview.rules.map(({ title }) => title),
        ...preview.missing.map(({ text }) => text),
        ...preview.sources.filter(({ used }) => used).map(({ title }) => title),
      ];
      for (const text of wanted) assert.ok(words.includes(JSON.stringify(text).slice(1, -1)), text);
    });

  it('holds no markup but its own', () => {
    const nasty = '</title><script>alert(1)</script> "x" & [a](javascript:b) | `c`';
    const preview = previewed(CLINIC, { ...patientWith([UNSTABLE]), title: nasty });
    const blocks = reportBlocks(preview);
    const html = reportHtml(preview.title, [blocks]);
    assert.ok(!html.includes('<script'), html.slice(0, 600));
    assert.ok(html.includes('&lt;script&gt;'));
    const markdown = plainMarkdown(blocks);
    assert.ok(markdown.includes('\\<script\\>') && !markdown.includes('[a](javascript'), markdown.slice(0, 200));
  });
});
