import type { Language } from '../code-texts.js';
import type { CheckVerdict } from '../verdict.js';

interface CommandWords {
  readonly usage: string;
  readonly unreadable: (file: string, reason: string) => string;
  readonly tooLarge: (file: string) => string;
  readonly noTrustRoot: (file: string) => string;
  readonly noClaim: string;
  readonly otherFingerprint: (found: string) => string;
  readonly noDate: (text: string) => string;
  readonly verdict: Readonly<Record<CheckVerdict, string>>;
  readonly trusted: (fingerprint: string) => string;
  readonly compare: (fingerprint: string) => string;
  readonly asOf: (time: string) => string;
  readonly counts: (accepted: number, refused: number, wrong: number) => string;
  readonly supervisors: (signed: number, of: number, names: string) => string;
  readonly upTo: (height: number, time: string) => string;
  readonly blocks: (from: number, to: number) => string;
  readonly outcome: Readonly<Record<'accepted' | 'refused' | 'wrong', string>>;
  readonly means: string;
}

export const COMMAND_WORDS: Readonly<Record<Language, CommandWords>> = {
  en: {
    usage: `node waymark-verify.mjs <evidence.json | evidence.jsonl> [--trust trust.json | --fingerprint XXXX-XXXX-XXXX-XXXX]
                        [--at 2026-01-31] [--json] [--lang en|zh-CN]

Checks an evidence file by itself, without any connection. The trust root, or its fingerprint, must come from another hand than the evidence.
--at judges as of that time: for an archived file, the day on which you received it (a proof counts for 30 days).
Ends with 0 when everything is verified, 1 when something does not hold, 2 when it cannot begin, 3 when everything fits together but
you named nobody whom you trust.`,
    unreadable: (file, reason) => `${file} cannot be read: ${reason}`,
    tooLarge: (file) => `${file} is larger than 400 MB. Check a shorter range.`,
    noTrustRoot: (file) =>
      `${file} is no trust root (waymark-trust/1), or was changed. Get trust.json again from somebody you trust.`,
    noClaim: 'The file names no list of supervisors that can be read: it is no evidence file, or damaged.',
    otherFingerprint: (found) => `The file belongs to a list with the fingerprint ${found}, not to the one you named.`,
    noDate: (text) => `"${text}" is no date. Write it like 2026-01-31.`,
    verdict: {
      verified: 'VERIFIED',
      unanchored: 'CONSISTENT, BUT WHOSE LEDGER?',
      wrong: 'NOT PROVEN',
    },
    trusted: (fingerprint) => `Checked against the supervisors you trust: ${fingerprint}`,
    compare: (fingerprint) =>
      `Checked against the supervisors that the file names itself. Compare this fingerprint with one from another hand: ${fingerprint}`,
    asOf: (time) => `Judged as of ${time}, as you asked.`,
    counts: (accepted, refused, wrong) =>
      `${accepted} records accepted by the ledger, ${refused} refused by it, ${wrong} not proven`,
    supervisors: (signed, of, names) => `${signed} of ${of} supervisors signed: ${names}`,
    upTo: (height, time) => `Their signatures make the ledger final up to block ${height} of ${time}`,
    blocks: (from, to) => `Blocks ${from} to ${to}`,
    outcome: { accepted: 'accepted ', refused: 'refused  ', wrong: 'NOT PROVEN' },
    means: 'This shows who said what, and when the ledger took it in. It does not show that what was said is true.',
  },
  'zh-CN': {
    usage: `node waymark-verify.mjs <evidence.json | evidence.jsonl> [--trust trust.json | --fingerprint XXXX-XXXX-XXXX-XXXX]
                        [--at 2026-01-31] [--json] [--lang en|zh-CN]

独立检查证据文件，无需任何网络连接。信任根文件或其指纹必须来自与证据不同的渠道。
--at 按该时间判断：用于存档文件，填写您收到它的日期（证明的有效期为30天）。
退出码：0 全部验证通过；1 有内容不成立；2 无法开始；3 内容彼此相符，但您没有指明信任谁。`,
    unreadable: (file, reason) => `无法读取 ${file}：${reason}`,
    tooLarge: (file) => `${file} 大于400 MB。请检查较短的范围。`,
    noTrustRoot: (file) =>
      `${file} 不是信任根文件（waymark-trust/1），或已被改动。请重新从您信任的人处获取 trust.json。`,
    noClaim: '文件中没有可读取的监督者名单：它不是证据文件，或已损坏。',
    otherFingerprint: (found) => `此文件属于指纹为 ${found} 的名单，而不是您指明的那个。`,
    noDate: (text) => `“${text}”不是日期。请写成 2026-01-31 的形式。`,
    verdict: { verified: '验证通过', unanchored: '内容彼此相符，但这是谁的账本？', wrong: '未得到证明' },
    trusted: (fingerprint) => `依据您信任的监督者检查：${fingerprint}`,
    compare: (fingerprint) => `依据文件自带的监督者名单检查。请将此指纹与来自其他渠道的指纹比对：${fingerprint}`,
    asOf: (time) => `按您的要求，以 ${time} 为准判断。`,
    counts: (accepted, refused, wrong) => `账本接受 ${accepted} 条，账本拒绝 ${refused} 条，未得到证明 ${wrong} 条`,
    supervisors: (signed, of, names) => `${of} 位监督者中有 ${signed} 位签名：${names}`,
    upTo: (height, time) => `这些签名使账本在 ${time} 的第 ${height} 个区块之前（含）的内容最终确认`,
    blocks: (from, to) => `区块 ${from} 至 ${to}`,
    outcome: { accepted: '已接受', refused: '被拒绝', wrong: '未得到证明' },
    means: '这证明了谁说了什么、账本何时收录，但不证明所说内容属实。',
  },
};
