import { z } from 'zod';

const jobSchema = z.looseObject({
  captureID: z.string(),
  running: z.boolean(),
  success: z.boolean(),
  errors: z.array(z.looseObject({})).default([]),
});
export type CaptureJob = z.infer<typeof jobSchema>;

/** An answer of the API that is not the one asked for: its status and its problem document (RFC 9457). */
export class ApiRefused extends Error {
  constructor(
    readonly status: number,
    readonly problem: unknown,
  ) {
    super(`the API answered ${status}: ${JSON.stringify(problem)}`);
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Sends EPCIS documents to a Waymark API as one organisation and follows the jobs. */
export class CaptureClient {
  constructor(
    readonly apiUrl: string,
    private readonly apiKey: string,
  ) {}

  /** Sends a document; resolves with the job's address once the API has answered 202. */
  async send(document: unknown, visibility: 'public' | 'partners' | 'own'): Promise<string> {
    const response = await fetch(new URL('/epcis/capture', this.apiUrl), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.apiKey}`,
        'content-type': 'application/json',
        'waymark-visibility': visibility,
      },
      body: typeof document === 'string' ? document : JSON.stringify(document),
    });
    if (response.status !== 202) throw new ApiRefused(response.status, await response.json().catch(() => undefined));
    const location = response.headers.get('location');
    if (!location) throw new ApiRefused(response.status, 'no Location header');
    return new URL(location, this.apiUrl).href;
  }

  async job(location: string): Promise<CaptureJob> {
    const response = await fetch(location, { headers: { authorization: `Bearer ${this.apiKey}` } });
    if (!response.ok) throw new ApiRefused(response.status, await response.json().catch(() => undefined));
    return jobSchema.parse(await response.json());
  }

  /** Waits until the job has ended, asking more rarely the longer it takes. */
  async finished(location: string, timeoutMs = 60_000): Promise<CaptureJob> {
    const until = Date.now() + timeoutMs;
    for (let waitMs = 25; ; waitMs = Math.min(waitMs * 1.5, 500)) {
      const job = await this.job(location);
      if (!job.running) return job;
      if (Date.now() > until)
        throw new Error(`the capture ${job.captureID} was not final within ${Math.round(timeoutMs / 1000)} s`);
      await pause(waitMs);
    }
  }
}
