import { callApi } from '../api/call.js';
import { ApiError, problemOf } from '../api/problem.js';

/** What the page itself found out about one record, from the evidence file and the trust root alone. */
export type RecordCheck =
  | {
      readonly state: 'checked';
      readonly signer: { readonly en: string; readonly 'zh-CN': string };
      readonly height: number;
      readonly timeMs: number;
      readonly signedBy: readonly { readonly en: string; readonly 'zh-CN': string }[];
      readonly of: number;
      readonly quorum: number;
      readonly fingerprint: string;
      /** As signed, indented for reading. */
      readonly text: string;
      readonly visibility: 'public' | 'partners' | 'own';
      readonly file: Blob;
    }
  | { readonly state: 'failed'; readonly code: string; readonly where: string; readonly file: Blob }
  /** The supervisors sign a record with the block after its own. */
  | { readonly state: 'pending' };

export interface RecordPlace {
  readonly eventKey: string;
  readonly txId: string;
  readonly bodyIndex: number;
}

/** Fetches the evidence of a record and verifies it here, in the browser. Rejects with an ApiError where it cannot be fetched. */
export async function checkRecord({ eventKey, txId, bodyIndex }: RecordPlace): Promise<RecordCheck> {
  const [client, answer, trustAnswer] = await Promise.all([
    import('@waymark/light-client'),
    callApi(`/evidence/record?key=${encodeURIComponent(eventKey)}`),
    callApi('/chain/trust'),
  ]);
  if (!answer.ok) {
    const problem = await problemOf(answer);
    if (problem.status === 503 && problem.code !== 'NODES_UNAVAILABLE') return { state: 'pending' };
    throw problem;
  }
  if (!trustAnswer.ok) throw await problemOf(trustAnswer);
  const bytes = await answer.arrayBuffer();
  const file = new Blob([bytes], { type: 'application/vnd.waymark.evidence+json' });
  const trust = client.readTrustRoot(new Uint8Array(await trustAnswer.arrayBuffer()));
  if (trust === undefined) throw new ApiError(0, { code: 'TRUST_ROOT_MALFORMED' });
  let evidence: unknown;
  try {
    evidence = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return { state: 'failed', code: 'EVIDENCE_MALFORMED', where: '', file };
  }
  const verdict = client.verifyEvidence(evidence, trust.trust, { nowMs: Date.now() });
  if (!verdict.ok) return { state: 'failed', code: verdict.code, where: verdict.where, file };
  const record = verdict.records.find((one) => one.txId === txId && one.bodyIndex === bodyIndex);
  if (record === undefined) return { state: 'failed', code: 'RECORD_MISSING', where: '', file };
  const unknown = (memberId: string) => ({ en: memberId.slice(0, 12), 'zh-CN': memberId.slice(0, 12) });
  return {
    state: 'checked',
    signer: record.senderNames,
    height: record.height,
    timeMs: record.blockTimeMs,
    signedBy: verdict.anchor.signedBy.map(({ names, memberId }) => names ?? unknown(memberId)),
    of: verdict.anchor.of,
    quorum: verdict.anchor.quorum,
    fingerprint: trust.fingerprint,
    text: JSON.stringify(record.value, null, 2),
    visibility: record.visibility,
    file,
  };
}
