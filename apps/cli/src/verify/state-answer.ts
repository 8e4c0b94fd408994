/** `waymark verify` on an answer about the state: what a key is, all keys of a prefix, or what a key was. */
import {
  verifyHistoryState,
  verifyKeyState,
  verifyRangeState,
  type Defect,
  type StateCode,
  type TrustRoot,
  type VerifyOptions,
  type VerifiedHistory,
  type VerifiedKey,
  type VerifiedRange,
} from '@waymark/light-client';
import { printable, type Language } from '../language.js';

type Verified = VerifiedKey | VerifiedRange | VerifiedHistory;
export type StateAnswerVerdict = Verified | Defect<StateCode>;

/** Undefined when the file is none of this kind. */
export function verifyStateAnswer(
  file: unknown,
  trust: TrustRoot,
  options: VerifyOptions,
): StateAnswerVerdict | undefined {
  if (typeof file !== 'object' || file === null || !('format' in file)) return undefined;
  switch (file.format) {
    case 'waymark-state-proof/1':
      return verifyKeyState(file, undefined, trust, options);
    case 'waymark-state-range/1':
      return verifyRangeState(file, undefined, trust, options);
    case 'waymark-state-history/1':
      return verifyHistoryState(file, undefined, trust, options);
    default:
      return undefined;
  }
}

/** What each refusal of an answer about the state means for a person, beside those of evidence files. */
export const STATE_REFUSAL_TEXTS: Readonly<
  Record<Extract<StateCode, `STATE_${string}`>, Readonly<Record<Language, string>>>
> = {
  STATE_MALFORMED: {
    en: 'The file is no whole answer about the state of the ledger: it is damaged, cut off, or something else.',
    'zh-CN': '此文件不是完整的账本状态证明:已损坏、被截断,或是其他内容。',
  },
  STATE_HEIGHT_WRONG: {
    en: 'The answer names another block than the one whose state the validators signed.',
    'zh-CN': '证明所称的区块,不是验证节点所签名状态对应的区块。',
  },
  STATE_KEY_FOREIGN: {
    en: 'The answer is about something else than was asked.',
    'zh-CN': '证明所涉及的内容与所询问的不同。',
  },
  STATE_PROOF_INVALID: {
    en: 'The entry was changed, or is not part of the state that the validators signed.',
    'zh-CN': '该条目被改动过,或不属于验证节点所签名的状态。',
  },
  STATE_RANGE_INVALID: {
    en: 'The list is not whole: an entry was changed, left out or added.',
    'zh-CN': '列表不完整:有条目被改动、遗漏或添加。',
  },
  STATE_HISTORY_INVALID: {
    en: 'The history is not whole: a change was bent, left out or added.',
    'zh-CN': '历史不完整:有变更被篡改、遗漏或添加。',
  },
};

const WORDS = {
  en: {
    at: (height: number) => `State of the ledger after block ${height}`,
    absent: 'is not in the state',
    none: 'no entry begins so',
    entries: (n: number) => `${n} entries begin so; there are no others`,
    since: (height: number) => `written by block ${height}`,
    deleted: 'deleted',
    dropped: 'the value is no longer kept by the node that answered; its hash is',
    older: (height: number) => `goes on with block ${height}`,
    whole: 'nothing older',
  },
  'zh-CN': {
    at: (height: number) => `第 ${height} 个区块之后的账本状态`,
    absent: '不在状态中',
    none: '没有以此开头的条目',
    entries: (n: number) => `有 ${n} 个条目以此开头,此外没有其他条目`,
    since: (height: number) => `由第 ${height} 个区块写入`,
    deleted: '已删除',
    dropped: '应答节点已不再保存该值;其哈希为',
    older: (height: number) => `更早的变更始于第 ${height} 个区块`,
    whole: '没有更早的变更',
  },
} as const;

/** Lines that tell what was shown. */
export function stateAnswerLines(verdict: Verified, language: Language): string[] {
  const words = WORDS[language];
  const head = words.at(verdict.height);
  if ('entries' in verdict) {
    const { prefix, entries } = verdict;
    return [
      head,
      `${keyText(prefix)}: ${entries.length === 0 ? words.none : words.entries(entries.length)}`,
      ...entries.map(
        ({ key, value, changedAt }) => `  ${keyText(key)} = ${valueText(value)} (${words.since(changedAt)})`,
      ),
    ];
  }
  const now =
    verdict.present === undefined
      ? `${keyText(verdict.key)}: ${words.absent}`
      : `${keyText(verdict.key)} = ${valueText(verdict.present.value)} (${words.since(verdict.present.changedAt)})`;
  if (!('versions' in verdict)) return [head, now];
  return [
    head,
    ...(verdict.versions.length === 0 ? [now] : [keyText(verdict.key)]),
    ...verdict.versions.map(({ height, value, valueHash }) => {
      const what =
        valueHash === undefined
          ? words.deleted
          : value === undefined
            ? `${words.dropped} ${Buffer.from(valueHash).toString('hex')}`
            : valueText(value);
      return `  #${height}  ${what}`;
    }),
    ...(verdict.versions.length === 0 ? [] : [verdict.next === undefined ? words.whole : words.older(verdict.next)]),
  ];
}

/** Module number and the rest of a key: as text where it is one, else hex. */
function keyText(key: Uint8Array): string {
  return key.length === 0 ? '*' : `${key[0]}/${textOrHex(key.subarray(1))}`;
}

const valueText = (value: Uint8Array): string => textOrHex(value).slice(0, 300);

function textOrHex(bytes: Uint8Array): string {
  try {
    return printable(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return `0x${Buffer.from(bytes).toString('hex')}`;
  }
}
