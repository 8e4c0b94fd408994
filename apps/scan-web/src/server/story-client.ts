import type { StoryAnswer } from '@waymark/provenance/trace';

/** What came of asking the API for a story. */
export type StoryOutcome =
  | { readonly kind: 'found'; readonly story: StoryAnswer }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'badIdentifier' }
  | { readonly kind: 'unavailable'; readonly cause: string };

export interface StoryClient {
  /** `id`: canonical id. Never rejects. */
  story(id: string): Promise<StoryOutcome>;
}

/** Asks `GET /story` of the API; every failure to get an answer is `unavailable`. */
export function createStoryClient(apiUrl: string, timeoutMs: number): StoryClient {
  return {
    async story(id) {
      try {
        const response = await fetch(new URL(`/story?id=${encodeURIComponent(id)}`, apiUrl), {
          headers: { accept: 'application/json' },
          signal: AbortSignal.timeout(timeoutMs),
        });
        if (response.status === 404) return { kind: 'notFound' };
        if (response.status === 400 || response.status === 422) return { kind: 'badIdentifier' };
        if (!response.ok) return { kind: 'unavailable', cause: `the API answered ${response.status}` };
        return { kind: 'found', story: readStory(await response.json()) };
      } catch (cause) {
        return { kind: 'unavailable', cause: cause instanceof Error ? cause.message : String(cause) };
      }
    },
  };
}

/** The parts that the page uses, checked. @throws TypeError when the API sent something else. */
function readStory(value: unknown): StoryAnswer {
  const story = value as Partial<StoryAnswer> | null;
  const texts = (...found: unknown[]) => found.every((text) => typeof text === 'string');
  if (typeof story !== 'object' || story === null || !texts(story.subject) || !Array.isArray(story.records))
    throw new TypeError('the API sent something else than a story');
  for (const record of story.records as unknown[]) {
    const { txId, kind, sender, content } = (record ?? {}) as Record<string, unknown>;
    if (!texts(txId, kind, sender, content)) throw new TypeError('the API sent a record without its parts');
  }
  for (const organisation of Object.values((story.organisations ?? {}) as Record<string, unknown>)) {
    const { en, 'zh-CN': zh, companyPrefixes } = (organisation ?? {}) as Record<string, unknown>;
    if (!texts(en, zh) || !Array.isArray(companyPrefixes) || !texts(...(companyPrefixes as unknown[])))
      throw new TypeError('the API sent an organisation without its parts');
  }
  return { ...(story as StoryAnswer), organisations: story.organisations ?? {}, truncated: story.truncated ?? false };
}
