export { createConsoleServer, type ConsoleServerParts } from './server/console-server.js';
export { loadPageFiles, type PageFiles } from './server/page-files.js';
export { loadVerifierFiles, type VerifierFile } from './server/verifier-files.js';
