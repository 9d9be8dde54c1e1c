/** A rule set in plain words, for the page beside it. Loaded when it is first asked for. */
import { plainView, titleOfFile } from '../features/plain.ts';
import type { PlainBlock } from '../features/plain-model.ts';
import type { Place } from '../text/span.ts';
import { toLocation } from './convert.ts';
import type { Link, PlainPage } from './protocol.ts';
import { fileOf, type Session } from './session.ts';

/** Null for what is no rule set. From now on the client is told of changes. */
export function answerPlain(session: Session, { uri }: { readonly uri: string }): PlainPage | null {
  session.previews = true;
  const linked = session.workspace.linked(fileOf(session, uri));
  if (!linked) return null;
  const { ruleSet, problems } = linked;
  const isDamaged = ruleSet.files.some(({ file }) => {
    const snapshot = session.workspace.snapshot(file);
    return typeof snapshot === 'string' || snapshot.document().problems.length + snapshot.schemaProblems().length > 0;
  });
  const blocks = plainView(ruleSet).map(block => linkedBlock(block, place => place && toLocation(place, session.converter)));
  return { title: titleOfFile(ruleSet.root), broken: isDamaged || problems.length > 0, blocks };
}

function linkedBlock(block: PlainBlock, link: (place: Place | undefined) => Link | undefined): PlainBlock<Link> {
  switch (block.kind) {
    case 'text':
      return block;
    case 'heading':
      return { ...block, place: link(block.place) };
    case 'list':
      return { ...block, items: block.items.map(item => ({ ...item, place: link(item.place) })) };
    case 'table':
      return { ...block, rows: block.rows.map(row => ({ ...row, place: link(row.place) })) };
  }
}
