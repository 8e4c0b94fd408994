export type * from './trace-types.js';
export type * from './story-types.js';
export type * from './story-record.js';
export { startTrace, traceLimits } from './start-trace.js';
export { kindOf, story } from './story.js';
export { publicRecords } from './public-records.js';
export type { SeenRecord } from './public-records.js';
export { tellStory } from './tell-story.js';
export type { ToldStep, ToldStory } from './tell-story.js';
