/** Starts the language server on the streams it was given. */
import { openService } from './server.ts';
import { connect, serveOn } from './wire.ts';

serveOn(connect(process.argv), openService);
