/** Starts the language server on the streams it was given: stdio unless the arguments say otherwise. */
import { createConnection } from 'vscode-languageserver/node';
import { serve } from './server.ts';

const chosen = process.argv.some(argument => /^--(stdio|node-ipc|socket=.*|pipe=.*)$/.test(argument));
serve(chosen ? createConnection() : createConnection(process.stdin, process.stdout));
