/** The samples as a workspace, read from the disk. */
import { fileURLToPath } from 'node:url';
import { diskFiles } from '../../server/src/disk.ts';
import { Workspace } from '../../server/src/workspace.ts';

export const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));

export function samples(): Workspace {
  return new Workspace(diskFiles([SAMPLES]), () => '2026-11-22');
}
