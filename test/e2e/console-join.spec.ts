import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkAccessibility, chromiumPath, ConsoleSite, widerThanWindow } from '../support/console-site.js';
import { MemberSite } from '../support/member-site.js';

jest.setTimeout(120_000);
const why = chromiumPath() === undefined ? ' (skipped: no Chromium; set CHROMIUM_PATH)' : '';

(why === '' ? describe : describe.skip)(`an administrator joins with a node of the company’s own${why}`, () => {
  let site: ConsoleSite;
  let member: MemberSite | undefined;
  beforeAll(async () => {
    site = await ConsoleSite.open();
  }, 240_000);
  afterAll(async () => {
    await member?.close();
    await site?.close();
  }, 60_000);

  it('gets the files, compares the fingerprint, copies the settings, and sees the node arrive', async () => {
    const { page, faults } = await site.visit({ as: 'administrator', path: '/consortium/join' });
    await page.getByRole('heading', { level: 1, name: 'Join with your own node' }).waitFor();
    await page.getByText('Not seen yet').waitFor();

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download genesis.json' }).click();
    const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    const file = path.join(site.cluster.home, 'consortium', 'genesis.json');
    expect(digest(readFileSync(await (await saved).path()))).toBe(digest(readFileSync(file)));

    const settings = (await page.getByRole('region', { name: 'Contents of .env' }).textContent()) ?? '';
    const fingerprint = /FINGERPRINT=(\S+)/.exec(settings)?.[1] ?? '';
    const peers = /PEERS=(\S+)/.exec(settings)?.[1] ?? '';
    expect(peers.split(',').map((address) => Number(address.split(':').at(-1)))).toEqual(
      site.cluster.deployment.network.map((_node, index) => site.cluster.deployment.ports.nodeP2p(index)),
    );
    await page.getByLabel('What you were told').fill(fingerprint.toLowerCase());
    await page.getByText('It is the same. Go on.').waitFor();
    await page.getByLabel('What you were told').fill('0000-0000-0000-0000');
    await page.getByText('It is another one. Do not go on').waitFor();
    await page.getByText('These addresses hold on this machine only').waitFor();

    expect(await checkAccessibility(page)).toEqual([]);
    await site.picture(page, 'join-waiting-1440-light-en');

    member = await MemberSite.join(site.cluster, site.person('administrator').organisation);
    await member.node.start();
    await page.getByText(/is at height [\d,]+ of [\d,]+/).waitFor({ timeout: 60_000 });
    await page.getByText('Follows', { exact: true }).waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await site.picture(page, 'join-arrived-1440-light-en');
    expect(faults).toEqual([]);
  });

  it('reads the same on a phone and in the dark, in both languages', async () => {
    for (const [name, look, title] of [
      ['390-dark-zh', { phone: true, dark: true, language: 'zh-CN' }, '用自己的节点加入'],
      ['390-light-en', { phone: true }, 'Join with your own node'],
      ['1440-dark-zh', { dark: true, language: 'zh-CN' }, '用自己的节点加入'],
    ] as const) {
      const { page, faults } = await site.visit({ as: 'administrator', path: '/consortium/join', ...look });
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.getByText(title === '用自己的节点加入' ? '已跟上' : 'Follows', { exact: true }).waitFor();
      expect(await widerThanWindow(page)).toBeLessThanOrEqual(0);
      expect([name, await checkAccessibility(page)]).toEqual([name, []]);
      await site.picture(page, `join-arrived-${name}`);
      expect(faults).toEqual([]);
      await site.leave();
    }
  });

  it('shows a company its own nodes only', async () => {
    const { page } = await site.visit({ as: 'regulator', path: '/consortium/join' });
    await page.getByText('Not seen yet').waitFor();
  });
});
