import { readFileSync, statSync } from 'node:fs';
import {
  verifyEvidence,
  type Defect,
  type EvidenceCode,
  type StateCode,
  type VerifiedAnchor,
  type VerifiedEvidence,
  type VerifiedRecord,
} from '@waymark/light-client';
import { parseCommandArgs, pathFrom, type Command } from '../command.js';
import { CommandStopped } from '../command-stopped.js';
import { languageOf, printable, type Language } from '../language.js';
import { REFUSAL_TEXTS } from './refusal-texts.js';
import { stateAnswerLines, STATE_REFUSAL_TEXTS, verifyStateAnswer, type StateAnswerVerdict } from './state-answer.js';
import { findTrustFile, loadTrust, type OwnTrust } from './trust-file.js';

const FILE_BYTES_MAX = 256 * 1024 * 1024;

/** `waymark verify`: offline, by the same code as the page; exit code 0 only when every part of the file holds. */
export const verifyCommand: Command = async (args, surroundings) => {
  const { values, positionals } = parseCommandArgs(args, { trust: { type: 'string' }, lang: { type: 'string' } }, [
    'evidence.json',
  ]);
  const language = languageOf(values.lang, surroundings.env);
  const text = readEvidence(pathFrom(surroundings, positionals[0] as string));
  const own = loadTrust(findTrustFile(values.trust, surroundings));
  let evidence: unknown;
  try {
    evidence = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    surroundings.out(
      refusedText({ ok: false, code: 'EVIDENCE_MALFORMED', where: '', facts: { reason } }, own, language),
    );
    return 1;
  }
  const state = verifyStateAnswer(evidence, own.trust, { nowMs: surroundings.now().getTime() });
  if (state !== undefined) {
    surroundings.out(state.ok ? stateText(state, own, language) : refusedText(state, own, language));
    return state.ok ? 0 : 1;
  }
  const verdict = verifyEvidence(evidence, own.trust, { nowMs: surroundings.now().getTime() });
  surroundings.out(verdict.ok ? verifiedText(verdict, own, language) : refusedText(verdict, own, language));
  return verdict.ok ? 0 : 1;
};

function readEvidence(file: string): string {
  try {
    if (statSync(file).size > FILE_BYTES_MAX)
      throw new CommandStopped(`${file} is larger than ${FILE_BYTES_MAX} bytes: no evidence file is.`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof CommandStopped) throw error;
    throw new CommandStopped(`The evidence file ${file} cannot be read: ${(error as Error).message}`);
  }
}

const TEXTS = {
  en: {
    verified: 'VERIFIED',
    refused: 'REFUSED',
    basis: (own: OwnTrust) => `Checked against the trust root ${own.fingerprint} (${own.file})`,
    checked: 'What was checked:',
    certificate: (n: number, of: number, quorum: number, names: string) =>
      `${n} of ${of} validators signed block ${quorum > 0 ? `(${quorum} are needed)` : ''}: ${names}`,
    anchor: (height: number, time: string) => `their signatures make the ledger final up to block ${height} of ${time}`,
    accepted: (records: number, transactions: number) =>
      `${records} records in ${transactions} transactions are in that ledger, and it accepted each of them`,
    signed:
      'each transaction is signed by a key that belongs to the organisation named below, and was not changed since',
    records: 'Records:',
    next: ' (time of the next block)',
    means: 'This shows who said what, and when the ledger took it in. It does not show that what was said is true.',
    where: 'Place in the file',
    nothing: 'Nothing in this file may be believed on its strength.',
    empty: 'The file holds no records.',
  },
  'zh-CN': {
    verified: '验证通过',
    refused: '验证未通过',
    basis: (own: OwnTrust) => `依据信任根 ${own.fingerprint} 检查(${own.file})`,
    checked: '检查内容:',
    certificate: (n: number, of: number, quorum: number, names: string) =>
      `${of} 个验证节点中有 ${n} 个签名(至少需要 ${quorum} 个):${names}`,
    anchor: (height: number, time: string) => `这些签名使账本在 ${time} 的第 ${height} 个区块之前(含)的内容最终确认`,
    accepted: (records: number, transactions: number) =>
      `${transactions} 笔交易中的 ${records} 条记录都在该账本中,并且均被账本接受`,
    signed: '每笔交易都由下列组织的密钥签名,此后未被改动',
    records: '记录:',
    next: '(下一区块的时间)',
    means: '这证明了谁说了什么、账本何时收录,但不证明所说内容属实。',
    where: '文件中的位置',
    nothing: '不能凭此文件相信其中任何内容。',
    empty: '文件中没有记录。',
  },
} as const;

function signedLines(anchor: VerifiedAnchor, language: Language): string[] {
  const text = TEXTS[language];
  const names = anchor.signedBy
    .map(({ memberId, names }) => printable(names?.[language] ?? memberId.slice(0, 16)))
    .join(', ');
  return [
    `  - ${text.certificate(anchor.signedBy.length, anchor.of, anchor.quorum, names)}`,
    `  - ${text.anchor(anchor.height, isoTime(anchor.timeMs))}`,
  ];
}

function stateText(verdict: StateAnswerVerdict & { readonly ok: true }, own: OwnTrust, language: Language): string {
  const text = TEXTS[language];
  return [
    text.verified,
    text.basis(own),
    '',
    text.checked,
    ...signedLines(verdict.anchor, language),
    '',
    ...stateAnswerLines(verdict, language),
    '',
  ].join('\n');
}

function verifiedText({ anchor, records }: VerifiedEvidence, own: OwnTrust, language: Language): string {
  const text = TEXTS[language];
  const transactions = new Set(records.map(({ txId }) => txId)).size;
  return [
    text.verified,
    text.basis(own),
    '',
    text.checked,
    ...signedLines(anchor, language),
    `  - ${text.accepted(records.length, transactions)}`,
    `  - ${text.signed}`,
    '',
    records.length === 0 ? text.empty : text.records,
    ...records.map((record) => `  ${recordLine(record, language)}`),
    '',
    text.means,
    '',
  ].join('\n');
}

function recordLine(record: VerifiedRecord, language: Language): string {
  const { senderNames, sender, height, bodyIndex, blockTimeMs, blockTimeOf } = record;
  const when = `${isoTime(blockTimeMs)}${blockTimeOf === 'next' ? TEXTS[language].next : ''}`;
  return `#${height}/${bodyIndex}  ${when}  ${printable(senderNames[language])} (${printable(sender)})  ${printable(contentOf(record))}`;
}

/** A record in a few words: what kind of event, which step, when; the words are the captured ones. */
function contentOf({ kind, value }: VerifiedRecord): string {
  if (typeof value !== 'object' || value === null) return kind;
  const fields = value as Readonly<Record<string, unknown>>;
  const words = ['type', 'isA', 'bizStep', 'eventTime', 'visibility', 'eventKey']
    .map((name) => fields[name])
    .filter((word) => typeof word === 'string');
  const element = fields['element'];
  if (typeof element === 'object' && element !== null)
    words.push(...[(element as Record<string, unknown>)['id']].filter((id) => typeof id === 'string'));
  return [kind, ...words].join(' ').slice(0, 300);
}

function refusedText(
  { code, where, facts }: Defect<EvidenceCode | StateCode>,
  own: OwnTrust,
  language: Language,
): string {
  const text = TEXTS[language];
  const details = Object.entries(facts).map(
    ([name, value]) => `  ${printable(name)}: ${printable(String(value)).slice(0, 200)}`,
  );
  return [
    `${text.refused}: ${code}`,
    { ...REFUSAL_TEXTS, ...STATE_REFUSAL_TEXTS }[code][language],
    text.basis(own),
    ...(where === '' ? [] : [`${text.where}: ${printable(where)}`]),
    ...details,
    '',
    text.nothing,
    '',
  ].join('\n');
}

function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
