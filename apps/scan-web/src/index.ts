/** The page behind the code on a product: its server, for whoever runs it in a process of their own (tests, the demo). */
export { createScanServer } from './server/scan-server.js';
export type { ScanServerParts } from './server/scan-server.js';
export { loadPageAssets } from './server/page-assets.js';
export type { PageAssets } from './server/page-assets.js';
export { createStoryClient } from './server/story-client.js';
export type { StoryClient, StoryOutcome } from './server/story-client.js';
