import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { toHex } from '@waymark/ledger/primitives';
import { ConsoleHouse } from '../support/console-house.js';
import { checkAccessibility, chromiumPath, widerThanWindow } from '../support/console-site.js';
import { keyOf } from '../support/small-chain.js';

jest.setTimeout(180_000);
const why = chromiumPath() === undefined ? ' (skipped: no Chromium; set CHROMIUM_PATH)' : '';
const hexOf = (account: string): string => toHex(keyOf(`organisation/${account}`).publicKey);

(why === '' ? describe : describe.skip)(`two organisations sign one after the other in the console${why}`, () => {
  let site: ConsoleHouse;
  const people = new Map<string, string>();
  beforeAll(async () => {
    site = await ConsoleHouse.open();
    for (const organisation of ['farm', 'factory'])
      people.set(organisation, await site.person(organisation, 'administrator'));
  }, 240_000);
  afterAll(async () => site?.close(), 60_000);

  const visit = (who: string, address: string, look: Parameters<ConsoleHouse['visit']>[2] = {}) =>
    site.visit(people.get(who) ?? '', address, look);

  it('proposes, is waited for, is signed by the other, and is carried out', async () => {
    const farm = await visit('farm', '/consortium/signatures');
    const { page } = farm;
    await page.getByText('Nothing here').waitFor();
    const both = {
      accounts: [{ account: 'factory', permission: 'active', weight: 1 }],
      keys: [{ key: hexOf('farm'), weight: 1 }],
      threshold: 2,
    };
    const propose = async (title: string, permission: string, kind: string, content: unknown) => {
      await page.getByRole('button', { name: 'Propose', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Propose' });
      await dialog.getByLabel('Decides').selectOption(`permission:${permission}`);
      await dialog.getByLabel('Title').fill(title);
      await dialog.getByLabel('Kind of record').fill(kind);
      await dialog.getByLabel('What it says').fill('no json');
      await dialog.getByText('This is no JSON.').waitFor();
      await dialog.getByLabel('What it says').fill(JSON.stringify(content));
      expect(await checkAccessibility(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Sign and propose' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('Final on the ledger.').waitFor();
    };
    await propose('Two hands', 'owner', 'account.update', {
      permissions: { owner: { ...both, parent: '' }, active: { ...both, parent: 'owner' } },
    });
    await page.getByText('Decided', { exact: true }).click();
    await page.getByText('Carried out', { exact: true }).waitFor();
    await page.getByText('Waiting', { exact: true }).first().click();
    await propose('Lend to the shop', 'active', 'account.delegate', {
      kinds: ['epcis.*'],
      permission: 'active',
      to: 'shop',
      untilMs: Date.now() + 86_400_000,
    });
    const own = page.getByRole('listitem').filter({ hasText: 'Lend to the shop' });
    await own.getByRole('button', { name: 'Take back' }).waitFor();
    expect(await own.getByRole('button', { name: 'Sign' }).count()).toBe(0);
    expect(await checkAccessibility(page)).toEqual([]);
    expect(farm.faults).toEqual([]);

    const factory = await visit('factory', '/consortium/signatures');
    const card = factory.page.getByRole('listitem').filter({ hasText: 'Lend to the shop' });
    await card.getByText('"epcis.*"').waitFor();
    await card.getByRole('button', { name: 'Sign' }).click();
    const asked = factory.page.getByRole('dialog');
    await asked.getByText('"epcis.*"').waitFor();
    expect(await checkAccessibility(factory.page)).toEqual([]);
    await asked.getByRole('button', { name: 'Sign' }).click();
    await factory.page.getByText('Final on the ledger.').waitFor();
    await factory.page.getByText('Decided', { exact: true }).click();
    await card.getByText('Carried out', { exact: true }).waitFor();
    expect(factory.faults).toEqual([]);

    await page.getByRole('link', { name: 'Account on the ledger' }).click();
    await page.getByRole('heading', { level: 1, name: 'Account on the ledger' }).waitFor();
    await page.getByText('active: epcis.*').waitFor();
    await page.getByText('factory (active)').first().waitFor();
    await page.getByRole('button', { name: 'Replace a key' }).click();
    expect(await checkAccessibility(page)).toEqual([]);
  });

  it('reads the same on a phone and in the dark, in Chinese', async () => {
    for (const [address, title] of [
      ['/consortium/signatures', '待签名事项'],
      ['/consortium/account', '账本账户'],
    ] as const) {
      const { page, faults, context } = await visit('farm', address, { phone: true, dark: true, language: 'zh-CN' });
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      expect(await widerThanWindow(page)).toBeLessThanOrEqual(0);
      expect(await checkAccessibility(page)).toEqual([]);
      expect(faults).toEqual([]);
      await context.close();
    }
  });
});
