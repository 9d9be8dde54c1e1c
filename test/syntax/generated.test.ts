/** The compiled schemas are those of schemas/: stale means rewritten and red, once. */
import { compileSchemas } from '../../schemas/compile.mjs';
import { assertGenerated } from '../support/generated.ts';

describe('compiled from the schemas', () => {
  for (const [file, text] of Object.entries(compileSchemas())) it(file, () => assertGenerated(file, text));
});
