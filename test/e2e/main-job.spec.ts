import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestCluster, waymark } from '../support/cluster.js';

interface TraceAnswer {
  steps: {
    kind: string;
    type: string;
    time: string;
    signer: string;
    concerns: string[];
    itemsOut: { item: string }[];
  }[];
}

describe('the main job: capture, final, scan, check', () => {
  let cluster: TestCluster;
  const scratch = mkdtempSync(path.join(tmpdir(), 'waymark-main-job-'));

  beforeAll(async () => {
    cluster = await TestCluster.start();
    await cluster.captureSample();
  }, 180_000);
  afterAll(async () => {
    await cluster?.close();
    rmSync(scratch, { recursive: true, force: true });
  }, 60_000);

  it('gives back all 21 events to whoever asks, each as captured', async () => {
    const answer = (await (await cluster.get('/epcis/events?perPage=100')).json()) as {
      epcisBody: { queryResults: { resultsBody: { eventList: unknown[] } } };
    };
    expect(answer.epcisBody.queryResults.resultsBody.eventList).toHaveLength(21);
  });

  it('traces the can back to hatchery and vessel, and the hatchery lot forward to the can', async () => {
    const trace = async (id: string, direction: string) =>
      (await (await cluster.get(`/trace?id=${encodeURIComponent(id)}&direction=${direction}`)).json()) as TraceAnswer;
    const can = `https://id.gs1.org${cluster.sample.canPath}`;
    const back = await trace(can, 'up');
    const kinds = back.steps.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['hatch', 'catch', 'land', 'pack']));
    expect(back.steps.filter(({ type }) => type === 'TransformationEvent')).toHaveLength(3);
    expect(back.steps.map(({ time }) => time)).toEqual(back.steps.map(({ time }) => time).sort());
    const fry = back.steps.find(({ kind }) => kind === 'hatch')!.itemsOut[0]!.item;
    const forward = await trace(fry, 'down');
    expect(forward.steps.flatMap(({ concerns }) => concerns)).toContain(can);
    expect(forward.steps.map(({ signer }) => signer)).toContain('importer');
  });

  it('answers a Digital Link by what the caller accepts', async () => {
    const { canPath } = cluster.sample;
    const browser = await cluster.get(canPath, { accept: 'text/html' });
    expect(browser.status).toBe(307);
    expect(browser.headers.get('location')).toContain(canPath);
    const linkset = await cluster.get(canPath, { accept: 'application/linkset+json' });
    expect(linkset.headers.get('content-type')).toContain('application/linkset+json');
    expect(JSON.stringify(await linkset.json())).toContain('defaultLink');
    const data = await cluster.get(canPath, { accept: 'application/ld+json' });
    expect(data.headers.get('content-type')).toContain('application/ld+json');
    expect((await cluster.get('/01/09521005001010/21/never-issued', { accept: 'application/ld+json' })).status).toBe(
      404,
    );
  });

  it('shows the story to a browser without scripts, in the language it asks for', async () => {
    const page = async (language: string) =>
      (
        await fetch(`${cluster.deployment.scanUrl}${cluster.sample.canPath}`, {
          headers: { accept: 'text/html', 'accept-language': language },
        })
      ).text();
    expect(await page('en')).toMatch(/<html[^>]* lang="en"/);
    expect(await page('zh-CN')).toMatch(/<html[^>]* lang="zh-CN"/);
  });

  describe('the evidence file', () => {
    const file = path.join(scratch, 'evidence.json');
    interface EvidenceFile {
      anchor: { header: string; certificate: { bitmap: number; signatures: string[] } };
      transactions: {
        receipt?: string;
        receiptPath: string[];
        bodies: { body: string; path: string[] }[];
        receiptIndex: number;
      }[];
    }
    let evidence: EvidenceFile;

    beforeAll(async () => {
      const response = await cluster.get(
        `/evidence?id=${encodeURIComponent(`https://id.gs1.org${cluster.sample.canPath}`)}`,
      );
      expect(response.status).toBe(200);
      evidence = (await response.json()) as EvidenceFile;
      writeFileSync(file, JSON.stringify(evidence));
    });

    const flipped = (base64: string) => {
      const bytes = Buffer.from(base64, 'base64');
      const at = Math.floor(bytes.length / 2);
      bytes[at] = bytes[at]! ^ 1;
      return bytes.toString('base64');
    };
    const verifyChanged = async (change: (copy: EvidenceFile) => void) => {
      const copy = structuredClone(evidence);
      change(copy);
      const changed = path.join(scratch, 'changed.json');
      writeFileSync(changed, JSON.stringify(copy));
      return waymark('verify', changed, '--trust', cluster.trustFile);
    };

    it('is accepted by the command line, offline', async () => {
      const result = await waymark('verify', file, '--trust', cluster.trustFile);
      expect(result.stderr).toBe('');
      expect(result.status).toBe(0);
    });

    it('is refused with one byte of an event changed', async () => {
      const result = await verifyChanged((copy) => {
        const body = copy.transactions[0]!.bodies.at(-1)!;
        body.body = flipped(body.body);
      });
      expect(result.status).toBe(1);
      expect(result.stdout + result.stderr).toContain('BODY_PATH_INVALID');
    });

    it('is refused with one byte of a path changed', async () => {
      const result = await verifyChanged((copy) => {
        const transaction = copy.transactions.find(({ bodies }) =>
          bodies.some(({ path: hashes }) => hashes.length > 0),
        )!;
        const body = transaction.bodies.find(({ path: hashes }) => hashes.length > 0)!;
        body.path[0] = flipped(body.path[0]!);
      });
      expect(result.status).toBe(1);
      expect(result.stdout + result.stderr).toContain('BODY_PATH_INVALID');
    });

    it('is refused when it shows inclusion without acceptance', async () => {
      const result = await verifyChanged((copy) => {
        delete copy.transactions[0]!.receipt;
      });
      expect(result.status).toBe(1);
      expect(result.stdout + result.stderr).toContain('ACCEPTANCE_MISSING');
    });

    it('is refused under a header signed by too few', async () => {
      const result = await verifyChanged((copy) => {
        const { certificate } = copy.anchor;
        certificate.signatures.pop();
        certificate.bitmap &= certificate.bitmap - 1;
      });
      expect(result.status).toBe(1);
      expect(result.stdout + result.stderr).toContain('CERTIFICATE_TOO_FEW');
    });

    it('is refused under a foreign trust root', async () => {
      const other = path.join(scratch, 'other');
      const made = await waymark('init', '--nodes', '4', '--out', other);
      expect(made.stderr).toBe('');
      const result = await waymark('verify', file, '--trust', path.join(other, 'trust.json'));
      expect(result.status).toBe(1);
      expect(result.stdout + result.stderr).toContain('TRUST_ROOT_FOREIGN');
      expect(readFileSync(path.join(other, 'trust.json'), 'utf8')).not.toBe(readFileSync(cluster.trustFile, 'utf8'));
    });
  });
});
