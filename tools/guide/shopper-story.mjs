// The story of somebody who scans the code on a can, on a phone.
export async function shopper(tour) {
  const { deployment, sample } = tour.system;
  const url = deployment.scanUrl;
  const open = async (address) => tour.visit({ url, path: address, phone: true });
  const { journey, how, details, limits } = tour.scanWords;

  const page = await open(sample.canPath);
  await page.locator('[data-verdict=verified]').waitFor();
  await tour.picture(page, 'scan');
  await tour.picture(page, 'scan-journey', { at: page.getByRole('heading', { name: journey }) });
  for (const summary of [limits, details]) await page.locator('summary', { hasText: summary }).click();
  await tour.picture(page, 'scan-proof', { at: page.getByRole('heading', { name: how }) });

  const lied = await open('/');
  await lied.route('**/evidence?**', async (route) => {
    const response = await route.fetch();
    const evidence = await response.json();
    const [first] = evidence.transactions.flatMap(({ bodies }) => bodies);
    first.body = `${first.body.slice(0, 40)}AAAA${first.body.slice(44)}`;
    await route.fulfill({ response, json: evidence });
  });
  await lied.goto(sample.canPath);
  await lied.locator('[data-verdict=refused]').waitFor();
  await tour.picture(lied, 'scan-warning', { alert: true });

  const unknown = await open('/01/09521005001010/21/C9999');
  await unknown.getByText(tour.scanWords.notFoundTitle).first().waitFor();
  await tour.picture(unknown, 'scan-unknown', { upTo: 600 });
}
