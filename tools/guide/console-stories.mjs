// The stories of people at the console, one for each page of the guide, told with the product's own words.
import { epcis, lot, shippingUnit } from './documents.mjs';

const administratorOf = (tour) => tour.system.people.find(({ roles }) => roles.includes('administrator'));

export async function everybody(tour) {
  const front = await tour.visit({ path: '/sign-in' });
  await front.locator('input[name=password]').waitFor();
  await tour.picture(front, 'sign-in', { upTo: 640 });
  const page = await tour.visit({ as: 'capture' });
  await page.getByText(tour.t('shell:home.next')).first().waitFor();
  await page.getByRole('button', { name: tour.t('shell:sample.load') }).waitFor();
  await tour.picture(page, 'start');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').locator('input').fill('C0001');
  await page.getByRole('option', { name: /C0001/ }).first().waitFor();
  await page.waitForTimeout(1_000);
  await tour.picture(page, 'find', { upTo: 620 });
}

export async function administrator(tour) {
  const { t } = tour.words();
  const email = 'bo.lund@processor.example';
  const page = await tour.visit({ as: 'administrator', path: '/settings/people' });
  await page
    .getByRole('button', { name: t('settings:invite.open') })
    .first()
    .click();
  const form = page.getByRole('dialog');
  await form.locator('input[type=email]').fill(email);
  await form.getByLabel(t('settings:people.jobTitle')).fill(tour.say('Packing line', '包装线'));
  await form.getByRole('checkbox', { name: t('settings:role.capture'), exact: true }).check();
  await tour.picture(page, 'invite');
  await form.getByRole('button', { name: t('settings:invite.submit') }).click();
  await page.getByTestId('secret').first().waitFor();
  await tour.picture(page, 'invite-link');
  const link = await page.getByTestId('secret').first().textContent();
  await page.getByRole('button', { name: t('settings:link.done') }).click();

  const guest = await tour.visit({ path: link.trim() });
  await guest.locator('input[name=name]').fill('Bo Lund');
  await guest.locator('input[name=password]').fill('harbour lantern copper otter');
  await tour.picture(guest, 'welcome', { upTo: 760 });
  await guest.locator('form button[type=submit]').click();
  await guest.locator('#main h1').waitFor();

  await page
    .getByRole('button', { name: t('settings:invite.open') })
    .first()
    .click();
  await form.locator('input[type=email]').fill('kim.park@processor.example');
  await form.getByRole('checkbox', { name: t('settings:role.reader'), exact: true }).check();
  await form.getByRole('button', { name: t('settings:invite.submit') }).click();
  await page.getByTestId('secret').first().waitFor();
  await page.getByRole('button', { name: t('settings:link.done') }).click();
  await page.getByRole('heading', { name: t('settings:waiting.title') }).waitFor();
  await page.getByRole('row').filter({ hasText: email }).first().waitFor();
  const acts = (name) =>
    page
      .getByRole('row')
      .filter({ hasText: name })
      .first()
      .getByRole('button', { name: tour.like('settings:people.acts') });
  await acts('li.na@').click();
  await page.getByRole('menuitem', { name: t('settings:people.edit') }).waitFor();
  await tour.picture(page, 'people', { upTo: 900 });
  await page.keyboard.press('Escape');

  await page.goto('/settings/roles');
  await page.locator('#main table').first().waitFor();
  await tour.see(page);
  await page.goto('/settings/keys');
  const keys = [tour.say('Packing line 2', '包装线 2'), tour.say('Warehouse system', '仓库系统')];
  for (const [i, name] of keys.entries()) {
    await page
      .getByRole('button', { name: t('settings:keys.issue'), exact: true })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t('settings:keys.label')).first().fill(name);
    await dialog
      .getByRole('checkbox', { name: t(i === 0 ? 'settings:scope.capture' : 'settings:scope.read'), exact: true })
      .check();
    await tour.see(page);
    await dialog.getByRole('button', { name: t('settings:keys.issue.submit'), exact: true }).click();
    await page.getByTestId('secret').first().waitFor();
    const key = (await page.getByTestId('secret').first().textContent()).trim();
    await page.getByRole('button', { name: t('settings:link.done') }).click();
    if (i === 0)
      await fetch(`${tour.system.deployment.apiUrl}/epcis/capture`, { headers: { authorization: `Bearer ${key}` } });
  }
  await page.reload();
  await page.getByRole('row').filter({ hasText: keys[1] }).waitFor();
  await tour.picture(page, 'keys', { upTo: 760 });

  await page.goto('/settings/audit');
  await page.getByRole('row').nth(3).waitFor();
  await tour.picture(page, 'audit', { upTo: 860 });

  await page.goto('/settings/account');
  await page.getByRole('button', { name: t('settings:totp.begin'), exact: true }).click();
  const second = page.getByRole('dialog');
  await second.getByLabel(t('settings:password.current')).first().fill(administratorOf(tour).password);
  await second.getByRole('button', { name: t('settings:totp.next'), exact: true }).click();
  await page.getByTestId('totp-secret').waitFor();
  await tour.picture(page, 'second-step');
  await page.keyboard.press('Escape');
  const other = await tour.visit({ as: 'administrator', path: '/settings/account' });
  await other.getByText(t('settings:sessions.title')).waitFor();
  await other.getByRole('button', { name: t('settings:sessions.endOthers') }).waitFor();
  await tour.see(other);
}

export async function capture(tour) {
  const { t } = tour.words();
  const page = await tour.visit({ as: 'capture', path: '/capture/new' });
  const check = async (document) => {
    await page.goto('/capture/new');
    const other = page.getByRole('button', { name: t('capture:new.other') });
    const field = page.getByLabel(t('capture:new.paste'));
    await other.or(field).first().waitFor();
    if (await other.isVisible()) await other.click();
    await field.fill(JSON.stringify(document, null, 2));
    await page.getByRole('button', { name: t('capture:check.act'), exact: true }).click();
    await page.getByText(t('capture:check.title')).first().waitFor();
  };
  const finished = async () => {
    await page.waitForURL('**/capture/jobs/*');
    await page.locator('header').getByText(t('capture:job.state.final'), { exact: true }).first().waitFor();
  };
  await page.getByLabel(t('capture:new.paste')).waitFor();
  await page.getByLabel(t('capture:new.paste')).fill('{');
  await tour.picture(page, 'capture-new', { upTo: 860 });

  const name = tour.say('Cans of Monday', '周一的罐头');
  await check(epcis(lot.made('CAN-2601-12', 600), lot.packed('CAN-2601-12', 600), shippingUnit.shipped()));
  await page.getByLabel(t('capture:send.label')).fill(name);
  await page.getByRole('radio', { name: new RegExp(`^${t('capture:send.public')}`) }).check();
  await page.getByRole('button', { name: t('capture:send.act', { count: 3 }) }).waitFor();
  await tour.picture(page, 'capture-check', {
    upTo: 1_000,
    at: page.getByText(t('capture:check.title'), { exact: true }),
  });
  await page.getByRole('button', { name: t('capture:send.act', { count: 3 }) }).click();
  await page.waitForURL('**/capture/jobs/*');
  await tour.see(page);
  await finished();
  await tour.picture(page, 'capture-final', { upTo: 860 });

  await check(
    epcis(lot.made('CAN-2601-13', 450), { ...lot.packed('CAN-2601-13', 450), eventTime: '2026-01-13 16:30' }),
  );
  const show = page.getByRole('button', { name: t('capture:check.show') }).first();
  await show.waitFor();
  await tour.see(page);
  await show.click();
  await page.locator('mark').first().waitFor();
  await tour.picture(page, 'capture-refused', {
    upTo: 900,
    at: page.getByText(t('capture:check.title'), { exact: true }),
  });
  await page.getByRole('radio', { name: new RegExp(`^${t('capture:send.proceed')}`) }).check();
  await page.getByLabel(t('capture:send.label')).fill(tour.say('Cans of Tuesday', '周二的罐头'));
  await page.getByRole('button', { name: tour.like('capture:send.act') }).click();
  await page.waitForURL('**/capture/jobs/*');
  await page.locator('header').getByText(t('capture:job.state.final'), { exact: true }).first().waitFor();

  const phone = await tour.visit({ as: 'capture', path: '/capture/form/harvest', phone: true });
  await phone.getByRole('combobox', { name: t('capture:form.product') }).fill('09521005001010');
  await phone.keyboard.press('Escape');
  await phone.getByRole('combobox', { name: t('capture:form.place') }).fill('9521005000105');
  await phone.keyboard.press('Escape');
  await phone.getByRole('textbox', { name: t('capture:form.lot'), exact: true }).fill('CAN-2601-14');
  await phone.getByRole('textbox', { name: t('capture:form.quantity') }).fill('720');
  await phone.getByRole('combobox', { name: t('capture:form.unit') }).click();
  await phone.getByRole('option', { name: t('capture:form.unit.pieces') }).click();
  const part = (name) => t(`shared:moment.${name}`, { label: t('capture:form.when') });
  await phone.getByRole('textbox', { name: part('day') }).fill('2026-01-14');
  await phone.keyboard.press('Escape');
  await phone.getByRole('spinbutton', { name: part('hours'), exact: true }).fill('09');
  await phone.getByRole('spinbutton', { name: part('minutes'), exact: true }).fill('00');
  const halves = phone.getByLabel(part('amPm'));
  if (await halves.isVisible()) await halves.selectOption('AM');
  await phone.locator('h1').click();
  await tour.picture(phone, 'capture-form', { upTo: 1_100 });

  await page.goto('/capture');
  await page.getByRole('link', { name: new RegExp(name) }).waitFor();
  await tour.picture(page, 'capture-history', { upTo: 760 });

  await page.goto('/labels');
  await page.getByLabel(t('labels:gtin')).fill('09521005001010');
  await page.getByRole('textbox', { name: t('labels:lot'), exact: true }).fill('CAN-2601-12');
  await page.getByRole('button', { name: t('labels:make') }).click();
  await page.getByRole('img', { name: tour.like('labels:preview') }).waitFor();
  await tour.picture(page, 'label', { upTo: 1_000 });
}

export async function quality(tour) {
  const { t } = tour.words();
  const { can } = tour.system;
  const id = encodeURIComponent(can);
  const page = await tour.visit({ as: 'quality', path: `/item?id=${id}` });
  await page.locator('section[aria-labelledby=history] li').first().waitFor();
  await tour.picture(page, 'item');
  await page
    .getByRole('button', { name: tour.like('items:history.proof') })
    .first()
    .click();
  const proof = page.getByRole('dialog');
  await proof.getByRole('button', { name: t('shared:proof.download') }).waitFor();
  await tour.picture(page, 'proof');
  await page.keyboard.press('Escape');

  await page.goto(`/trace?id=${id}&view=graph&depth=6`);
  await page.locator('.react-flow__node-item').first().waitFor();
  // From the traced thing, where the graph opens, to the left where it comes from.
  for (let i = 0; i < 2; i++) await page.getByRole('button', { name: t('trace:graph.zoomOut') }).click();
  await page.waitForTimeout(1_000);
  await page.mouse.move(900, 800);
  await page.mouse.down();
  await page.mouse.move(1_230, 800, { steps: 8 });
  await page.mouse.up();
  await page.waitForTimeout(1_000);
  await tour.picture(page, 'trace-graph');
  await page.getByRole('button', { name: t('trace:export'), exact: true }).click();
  await page.getByRole('menuitem').first().waitFor();
  await tour.picture(page, 'export', { upTo: 520 });
  await page.keyboard.press('Escape');
  await page.goto(`/trace?id=${id}&view=timeline&depth=64`);
  await page.locator('#main ol li').first().waitFor();
  await tour.picture(page, 'trace-timeline');

  // A lot of which the quality manager's own company wrote three records.
  const own = encodeURIComponent('https://id.gs1.org/01/09521005001010/10/CAN-2601-12');
  await page.goto(`/item?id=${own}`);
  await page.getByRole('button', { name: t('items:visibility.all') }).click();
  await tour.see(page);
  await page.getByRole('button', { name: tour.like('items:visibility.change') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: t('items:visibility.partners'), exact: true }).check();
  await dialog.getByText(t('items:visibility.warning')).waitFor();
  await tour.picture(page, 'visibility', { alert: true });
}

export async function regulator(tour) {
  const { t } = tour.words();
  const page = await tour.visit({ as: 'regulator', path: '/regulator/events' });
  await page.locator('#main tbody tr').nth(3).waitFor();
  await tour.picture(page, 'events');
  const { trustFingerprint } = await (await fetch(`${tour.system.deployment.apiUrl}/chain/status`)).json();
  await page.goto(`/regulator/check?item=${encodeURIComponent(tour.system.can)}`);
  await page.getByLabel(t('regulator:trust.fingerprint')).fill(trustFingerprint);
  await tour.picture(page, 'trust', { upTo: 700 });
  await page.getByRole('button', { name: t('regulator:trust.compare'), exact: true }).click();
  await page.getByTestId('trust-fingerprint').waitFor();
  await page.getByRole('button', { name: t('regulator:check.start'), exact: true }).click();
  await page.getByText(t('regulator:verdict.verified'), { exact: true }).first().waitFor();
  await tour.picture(page, 'check');
  await tour.picture(page, 'evidence', { at: page.locator('section[aria-labelledby=files-title]') });
}

export async function joining(tour) {
  const { t } = tour.words();
  const page = await tour.visit({ as: 'administrator', path: '/consortium/join' });
  await page.getByText(t('join:check.waiting'), { exact: true }).waitFor();
  await page.getByRole('region', { name: t('join:settings.label') }).waitFor();
  // The system of the pictures is on one machine, and says so.
  await tour.picture(page, 'join-waiting', { upTo: 1_250, alert: true });
  await tour.system.join('processor');
  const follows = page.getByText(t('join:check.follows'), { exact: true });
  await follows.waitFor();
  await tour.picture(page, 'join-arrived', {
    at: page.getByRole('heading', { name: t('join:start.title'), exact: true }),
    alert: true,
  });
}

export async function operator(tour) {
  const { t } = tour.words();
  const { deployment } = tour.system;
  const page = await tour.visit({ as: 'operator', path: '/consortium' });
  await page.getByText(t('consortium:alarms.none')).waitFor();
  await tour.picture(page, 'nodes', { upTo: 1_300 });

  await page.goto('/consortium/blocks');
  await page.locator('#main tbody tr').first().waitFor();
  await tour.see(page);
  const [{ height }] = await tour.system.ask('SELECT max(height)::int AS height FROM epcis_event WHERE visibility = 1');
  await page.goto(`/consortium/blocks/${height}`);
  await page.getByText(t('consortium:block.checked'), { exact: true }).first().waitFor();
  await tour.picture(page, 'block', { upTo: 860 });

  for (const [address, name, ready] of [
    ['/consortium/projections', 'views', t('consortium:views.rebuild')],
    ['/consortium/versions', 'versions', t('consortium:versions.postgres')],
  ]) {
    await page.goto(address);
    await page.getByText(ready, { exact: true }).first().waitFor();
    await tour.picture(page, name, { upTo: 860 });
  }

  await page.goto('/consortium');
  await page.getByText(t('consortium:alarms.none')).waitFor();
  await deployment.nodes[1].kill();
  await page.getByText(t('consortium:node.silent'), { exact: true }).first().waitFor();
  await tour.picture(page, 'nodes-silent', { upTo: 1_000, alert: true });

  // Work that hangs: no node is there for more than a minute.
  await Promise.all(deployment.nodes.map((node) => node.kill()));
  const client = await tour.system.client('processor');
  const jobs = [
    await client.send(epcis(lot.made('CAN-2601-15', 300)), 'own'),
    await client.send(epcis(lot.made('CAN-2601-16', 300)), 'own'),
  ];
  await page.goto('/consortium/work');
  await page
    .getByRole('button', { name: t('consortium:letters.discard') })
    .first()
    .waitFor({ timeout: 180_000 });
  await tour.picture(page, 'work', { upTo: 900, alert: true });
  await Promise.all(deployment.nodes.map((node) => node.start()));
  await page.getByText(t('consortium:letters.empty'), { exact: true }).waitFor({ timeout: 180_000 });
  for (const job of jobs) await client.finished(job);
}
