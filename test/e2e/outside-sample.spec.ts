import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { splitByPlace, type EpcisDocument } from '../../apps/cli/src/capture/split-by-place.js';
import { TestCluster, root } from '../support/cluster.js';

const vectors = path.resolve(process.env['VECTORS_DIR'] ?? path.join(root, '../shared/vectors'));
const present = existsSync(vectors);

/** Who owns which place of the outside sample (its master data say the same by `owning_party`). */
const owners: [RegExp, string][] = [
  [/hatchery/, 'hatchery'],
  [/feedmill/, 'feed-mill'],
  [/fishfarm/, 'fish-farm'],
  [/08600031303\.1\.1/, 'fisherman'],
  [/processor|08600031303\.[23]\.1/, 'processor'],
  [/importer/, 'importer'],
];
const ownerOf = (place: string) => owners.find(([pattern]) => pattern.test(place))?.[1];

(present ? describe : describe.skip)(
  `outside material${present ? '' : ' (skipped: there is no ../shared/vectors here)'}`,
  () => {
    let cluster: TestCluster;
    beforeAll(async () => {
      cluster = await TestCluster.start();
    }, 180_000);
    afterAll(async () => cluster?.close(), 60_000);

    it('captures the seafood chain of another project, each event signed by the owner of its place, with warnings', async () => {
      const whole = JSON.parse(
        readFileSync(path.join(vectors, 'traceback/traceback_tests.jsonld'), 'utf8'),
      ) as EpcisDocument;
      const jobs = [];
      for (const { account, document } of splitByPlace(whole, ownerOf)) {
        const client = await cluster.client(account);
        jobs.push(await client.finished(await client.send(document, 'public')));
      }
      expect(jobs.flatMap(({ errors }) => errors)).toEqual([]);
      expect(JSON.stringify(jobs)).toMatch(/warnings/);
    }, 120_000);

    it('traces its canned lot back to hatchery and vessel, and the hatchery lot forward to the importer', async () => {
      const lot = 'urn:gdst:example.org:product:lot:class:processor.2u.v1-0122-2022';
      const back = await (await cluster.get(`/trace?id=${encodeURIComponent(lot)}&direction=up`)).text();
      expect(back).toContain('hatchery.1u.tf12012021');
      expect(back).toContain('fisherman01.tunau.v1-0122-2022');
      const fry = 'urn:gdst:example.org:product:lot:class:hatchery.1u.tf12012021';
      const forward = await (await cluster.get(`/trace?id=${encodeURIComponent(fry)}&direction=down`)).text();
      expect(forward).toContain(lot);
      expect(forward).toContain('08600031303.0004');
      expect(forward).toContain('importer.123u');
    });

    it('accepts 21 of the 24 EPCIS examples and refuses the three that break TCR-53', async () => {
      const folder = path.join(vectors, 'epcis/examples');
      const refused: string[] = [];
      for (const name of readdirSync(folder).sort()) {
        const client = await cluster.client('processor');
        const location = await client
          .send(readFileSync(path.join(folder, name), 'utf8'), 'public')
          .catch(() => undefined);
        const job = location === undefined ? undefined : await client.finished(location);
        if (!job?.success) refused.push(name);
      }
      expect(refused).toHaveLength(3);
      for (const name of refused) expect(name).toMatch(/^WithFullCombinationOfFields_/);
    }, 120_000);
  },
);
