/** Runs beside the page: every proof is verified here, on the reader's own machine. Opens no connection. */
import {
  examineEvidence,
  examineRange,
  jsonOf,
  type Defect,
  type EvidenceCode,
  type Examination,
  type RangeCode,
  type RecordFinding,
  type VerifiedAnchor,
} from '@waymark/light-client';
import type { CheckAnchor, CheckNews, CheckOrder } from './messages.js';

const tell = (news: CheckNews) => postMessage(news);

onmessage = ({ data }: MessageEvent<CheckOrder>) => {
  if (data.order === 'piece') checkPiece(data);
  else checkItem(data);
};

function checkPiece({ text, trust, nowMs, from, position }: Extract<CheckOrder, { order: 'piece' }>): void {
  const piece = jsonOf(text);
  const examined = examineRange(piece, trust, {
    nowMs,
    from,
    ...(position !== undefined && { position: { height: position.height, hash: bytesOf(position.hash) } }),
  });
  if (!examined.ok) {
    tell({ news: 'defect', finding: findingOf(examined, from) });
    // Where the piece claims to end, so that the rest of the range can still be checked.
    const claimed = (piece as { readonly to?: unknown } | undefined)?.to;
    tell({
      news: 'done',
      to: typeof claimed === 'number' && claimed >= from ? claimed : undefined,
      position: undefined,
    });
    return;
  }
  tell({ news: 'anchor', anchor: anchorOf(examined.anchor), total: examined.parts });
  run(examined, () => 1);
  tell({
    news: 'done',
    to: examined.to,
    position: { height: examined.position.height, hash: hexOf(examined.position.hash) },
  });
}

function checkItem({ text, trust, nowMs, expected }: Extract<CheckOrder, { order: 'item' }>): void {
  const examined = examineEvidence(jsonOf(text), trust, { nowMs });
  if (!examined.ok) {
    tell({ news: 'defect', finding: findingOf(examined, undefined) });
    tell({ news: 'done', to: undefined, position: undefined });
    return;
  }
  let total = 0;
  for (let part = 0; part < examined.parts; part += 1) total += examined.recordsOf(part);
  tell({ news: 'anchor', anchor: anchorOf(examined.anchor), total });
  const seen = run(examined, (part) => examined.recordsOf(part));
  const missing = expected.filter(({ txId, bodyIndex }) => !seen.has(`${txId}/${bodyIndex}`));
  if (missing.length > 0)
    tell({
      news: 'findings',
      done: 0,
      findings: missing.map(({ txId, bodyIndex, height, sender, kind }) => ({
        outcome: 'wrong',
        txId,
        bodyIndex,
        height,
        timeMs: undefined,
        sender,
        senderNames: examined.organisations.find(({ account }) => account === sender)?.names,
        kind,
        value: undefined,
        refusal: undefined,
        defect: { code: 'RECORD_MISSING', where: '/transactions', facts: {} } as never,
      })),
    });
  tell({ news: 'done', to: undefined, position: undefined });
}

/** Checks part after part; gives the names of all records seen. */
function run(examined: Examination, unitsOf: (part: number) => number): ReadonlySet<string> {
  const seen = new Set<string>();
  for (let part = 0; part < examined.parts; part += 1) {
    const findings = examined.check(part);
    for (const { txId, bodyIndex } of findings) seen.add(`${txId ?? ''}/${bodyIndex ?? ''}`);
    tell({ news: 'findings', findings: findings.map(slim), done: unitsOf(part) });
  }
  return seen;
}

const KEPT = ['type', 'bizStep', 'eventTime'] as const;

/** Contents stay here: the page shows names, and a range may be large. */
function slim(finding: RecordFinding): RecordFinding {
  const { value } = finding;
  if (typeof value !== 'object' || value === null) return { ...finding, value: undefined };
  const fields = value as Readonly<Record<string, unknown>>;
  const kept: Record<string, unknown> = {};
  for (const name of KEPT) if (typeof fields[name] === 'string') kept[name] = fields[name].slice(0, 120);
  if (fields['errorDeclaration'] !== undefined) kept['errorDeclaration'] = true;
  return { ...finding, value: kept };
}

const findingOf = (
  { code, where, facts }: Defect<EvidenceCode | RangeCode>,
  height: number | undefined,
): RecordFinding => ({
  outcome: 'wrong',
  txId: undefined,
  bodyIndex: undefined,
  height,
  timeMs: undefined,
  sender: undefined,
  senderNames: undefined,
  kind: undefined,
  value: undefined,
  refusal: undefined,
  defect: { code, where, facts },
});

const anchorOf = ({ height, timeMs, signedBy, of }: VerifiedAnchor): CheckAnchor => ({
  height,
  timeMs,
  signed: signedBy.length,
  of,
  names: signedBy.flatMap(({ names }) => names ?? []),
});

const hexOf = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
