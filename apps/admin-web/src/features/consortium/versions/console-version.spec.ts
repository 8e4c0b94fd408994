import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CONSOLE_VERSION } from './console-version.js';

it('is the version of the package', () => {
  const file = path.resolve(import.meta.dirname, '../../../../package.json');
  expect((JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version).toBe(CONSOLE_VERSION);
});
