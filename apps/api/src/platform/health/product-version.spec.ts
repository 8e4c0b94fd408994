import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { PRODUCT_VERSION } from './product-version.js';

it('is the version of the package', () => {
  const file = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../package.json');
  expect((JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version).toBe(PRODUCT_VERSION);
});
