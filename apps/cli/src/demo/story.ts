import { z } from 'zod';
import { CaptureClient } from '../capture/capture-client.js';
import { createAccounts, type Deployment, type SignIn, withPasswords } from '../cluster/index.js';
import { DemoStopped, type DemoHome } from './demo-home.js';
import { DEMO_PEOPLE } from './people.js';
import type { Sample } from './sample.js';

const progressSchema = z.object({
  /** Organisation to API key: shown again at the next start. A demo's keys, in the demo's own folder. */
  keys: z.record(z.string(), z.string()),
  /** Turn of the sample to the capture job that carries it. */
  jobs: z.record(z.string(), z.string()),
  /** People of the demo with the passwords that were made for them. */
  signIns: z
    .array(
      z.object({
        email: z.string(),
        name: z.string(),
        organisation: z.string(),
        roles: z.array(z.string()),
        password: z.string(),
      }),
    )
    .default([]),
  peopleReady: z.boolean().default(false),
});
type Progress = z.infer<typeof progressSchema>;

interface StoryPlan {
  home: DemoHome;
  deployment: Deployment;
  sample: Sample;
  say: (text: string) => void;
}

/** Captures the sample, company by company, from wherever the last run stopped. */
export async function runStory({
  home,
  deployment,
  sample,
  say,
}: StoryPlan): Promise<{ keys: Map<string, string>; signIns: SignIn[] }> {
  const progress: Progress = home.readJson('progress.json', (value) => progressSchema.parse(value)) ?? {
    keys: {},
    jobs: {},
    signIns: [],
    peopleReady: false,
  };
  await Promise.all(
    sample.companies
      .filter(({ account }) => progress.keys[account] === undefined)
      .map(async ({ account, role }) => {
        const { key } = await deployment.createApiKey(account, role === 'regulator' ? ['read'] : ['capture', 'read']);
        progress.keys[account] = key;
      }),
  );
  home.writeJson('progress.json', progress);
  if (progress.signIns.length === 0) {
    progress.signIns = withPasswords(DEMO_PEOPLE);
    home.writeJson('progress.json', progress);
  }
  if (!progress.peopleReady) {
    await createAccounts(deployment, progress.signIns);
    progress.peopleReady = true;
    home.writeJson('progress.json', progress);
    say(`${progress.signIns.length} people can sign in`);
  }
  let captured = 0;
  for (const [turn, { account, document }] of sample.turns.entries()) {
    const client = new CaptureClient(deployment.apiUrl, progress.keys[account] ?? '');
    let jobPath = progress.jobs[turn];
    const known = jobPath !== undefined;
    if (jobPath === undefined) {
      jobPath = new URL(await client.send(document, 'public')).pathname;
      progress.jobs[turn] = jobPath;
      home.writeJson('progress.json', progress);
    }
    const job = await client.finished(new URL(jobPath, deployment.apiUrl).href);
    if (!job.success)
      throw new DemoStopped(`the sample's part ${turn + 1} (${account}) was refused: ${JSON.stringify(job.errors)}`);
    captured += document.epcisBody.eventList.length;
    if (!known) say(`${String(captured).padStart(2)} of ${sample.eventCount} events final (${account})`);
  }
  say(`${captured} events of ${new Set(sample.turns.map((turn) => turn.account)).size} companies are final`);
  return {
    signIns: progress.signIns,
    keys: new Map(sample.companies.map(({ account }) => [account, progress.keys[account] ?? ''])),
  };
}
