import { useQueryClient, useQuery, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CaptureJob } from '../../../client/api.schemas.js';
import { captureJob, getCaptureProgressUrl } from '../../../client/capture/capture.js';
import { ApiError, callApi, problemOf } from '../../../shared/index.js';

const jobKey = (id: string) => ['capture', 'job', id] as const;
const AGAIN_MS = 2_000;

/** A capture job, kept up to date by the API's live events until it is finished. `live` is false while the stream is away. */
export function useFollowedJob(id: string) {
  const client = useQueryClient();
  const query = useQuery({ queryKey: jobKey(id), queryFn: () => captureJob(id), retry: retryPassing });
  const [live, setLive] = useState(true);
  const running = query.data?.running ?? false;
  useEffect(() => {
    if (!running) return undefined;
    const ending = new AbortController();
    void follow(id, client, ending.signal, setLive);
    return () => ending.abort();
  }, [id, running, client]);
  return { query, live };
}

/** A lost network passes; what the API refuses does not. */
export function retryPassing(count: number, error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 502) && count < 20;
}

async function follow(id: string, client: QueryClient, signal: AbortSignal, setLive: (live: boolean) => void) {
  while (!signal.aborted) {
    try {
      if (await readStream(id, client, signal, setLive)) return;
    } catch (cause) {
      if (signal.aborted) return;
      if (!(cause instanceof ApiError) && !(cause instanceof TypeError) && !(cause instanceof DOMException))
        throw cause;
      setLive(false);
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    // The stream may be bounded or away; the job itself can still be asked for.
    if (!signal.aborted) await client.invalidateQueries({ queryKey: jobKey(id) });
  }
}

/** True: the job is finished. */
async function readStream(
  id: string,
  client: QueryClient,
  signal: AbortSignal,
  setLive: (live: boolean) => void,
): Promise<boolean> {
  const response = await callApi(getCaptureProgressUrl(id), { signal, headers: { accept: 'text/event-stream' } });
  if (!response.ok) throw await problemOf(response);
  if (response.body === null) return false;
  setLive(true);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return false;
    text += value;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const event = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (event === 'job' && data !== undefined) client.setQueryData(jobKey(id), JSON.parse(data) as CaptureJob);
      if (event === 'end') return data?.includes('finished') === true;
    }
  }
}
