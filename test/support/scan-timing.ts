import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** Where a Chromium is, or undefined. */
export function chromiumPath(): string | undefined {
  return [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find(
    (candidate) => candidate !== undefined && existsSync(candidate),
  );
}

export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens a scan page five times in an empty phone-sized browser; medians in milliseconds, weight in kilobytes over the wire. */
export async function measureScanPage(
  url: string,
): Promise<{ weight_kB: number; story_ms: number; proof_ms: number } | undefined> {
  const executablePath = chromiumPath();
  if (!executablePath) return undefined;
  const browser = await chromium.launch({ executablePath, args: chromiumArguments });
  const runs: { weight: number; story: number; proof: number }[] = [];
  try {
    for (let i = 0; i < 5; i++) {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send('Network.enable');
      let weight = 0;
      session.on('Network.loadingFinished', (event) => (weight += event.encodedDataLength));
      const begun = Date.now();
      await page.goto(url, { waitUntil: 'commit' });
      await page.waitForSelector('[data-verdict="verified"]', { timeout: 60_000 });
      const proof = Date.now() - begun;
      const story = await page.evaluate(
        () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      );
      runs.push({ weight: weight / 1000, story, proof });
      await context.close();
    }
  } finally {
    await browser.close();
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  return {
    weight_kB: median(runs.map((r) => r.weight)),
    story_ms: median(runs.map((r) => r.story)),
    proof_ms: median(runs.map((r) => r.proof)),
  };
}
