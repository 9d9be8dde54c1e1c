/** The samples as a workspace, read from the disk. */
import { fileURLToPath } from 'node:url';
import { diskFiles } from '../../server/src/disk.ts';
import { Workspace } from '../../server/src/workspace.ts';

const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));

/** Without the files that are not wanted. */
export function samples(isWanted: (file: string) => boolean = () => true): Workspace {
  const files = diskFiles([SAMPLES]);
  return new Workspace({ ...files, list: () => files.list().filter(isWanted) }, () => '2026-11-22');
}
