import type { Language } from '../code-texts.js';
import type { CheckVerdict } from '../verdict.js';

interface PageWords {
  readonly title: string;
  readonly intro: string;
  readonly otherLanguage: string;
  readonly evidence: string;
  readonly evidenceHint: string;
  readonly trust: string;
  readonly trustHint: string;
  readonly fingerprint: string;
  readonly asOf: string;
  readonly asOfHint: string;
  readonly check: string;
  readonly stop: string;
  readonly stopped: string;
  readonly choose: (what: string) => string;
  readonly chosen: (name: string, kilobytes: string) => string;
  readonly tooLarge: string;
  readonly trustUnreadable: string;
  readonly fingerprintWrong: (found: string) => string;
  readonly fingerprintUnreadable: string;
  readonly noTrust: string;
  readonly working: (records: string) => string;
  readonly verdict: Readonly<Record<CheckVerdict, readonly [title: string, sentence: string]>>;
  readonly counts: (accepted: string, refused: string, wrong: string) => string;
  readonly asOfNote: (day: string) => string;
  readonly supervisors: (signed: number, of: number) => string;
  readonly compare: string;
  readonly ownTrust: string;
  readonly ledger: string;
  readonly signedBy: string;
  readonly upTo: string;
  readonly about: string;
  readonly blocks: (from: number, to: number) => string;
  readonly wrongRecords: string;
  readonly foundation: string;
  readonly records: string;
  readonly more: (count: string) => string;
  readonly allRecords: string;
  readonly outcome: Readonly<Record<'accepted' | 'refused' | 'wrong', string>>;
  readonly place: (where: string, code: string) => string;
  readonly recordPlace: (height: string, body: string) => string;
  readonly save: string;
  readonly limits: string;
  readonly limitsTexts: readonly string[];
}

export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = {
  en: {
    title: 'Check evidence',
    intro:
      'This one file checks evidence by itself, on this device, without any connection. Nothing you choose leaves it.',
    otherLanguage: '中文',
    evidence: '1. Evidence file',
    evidenceHint: 'Of an item (.json) or of a range of blocks (.jsonl). Drop it here or choose it.',
    trust: '2. Whom you trust',
    trustHint:
      'The consortium’s trust.json, from another hand than the evidence: the consortium’s notice, the authority, your own archive. Or type its fingerprint.',
    fingerprint: 'Fingerprint of the supervisors’ list (like 3F2A-91C4-77B0-12DE)',
    asOf: 'Check as of this day (only for an archived file)',
    asOfHint: 'A proof counts for 30 days after it was made. If you know when you received the file, name that day.',
    check: 'Check',
    stop: 'Stop',
    stopped: 'Stopped. What is below was checked; the rest was not.',
    choose: (what) => `Choose: ${what}`,
    chosen: (name, kilobytes) => `${name} (${kilobytes} kB)`,
    tooLarge: 'The file is larger than 256 MB. Check a shorter range, or use waymark-verify.mjs.',
    trustUnreadable:
      'This is no trust root (waymark-trust/1), or it was changed. Get trust.json again from somebody you trust.',
    fingerprintWrong: (found) => `The file belongs to a list with the fingerprint ${found}, not to the one you typed.`,
    fingerprintUnreadable: 'A fingerprint has 16 digits and letters from A to F.',
    noTrust: 'The evidence names no list of supervisors that can be read.',
    working: (records) => `Checking … ${records} records so far`,
    verdict: {
      verified: ['Verified', 'Every record holds, under the supervisors that you trust.'],
      unanchored: [
        'Everything fits together. Whose ledger is it?',
        'You named nobody whom you trust, so the file was checked against the supervisors it names itself. Compare this fingerprint with one from another hand; only then it is proven:',
      ],
      wrong: ['Not proven', 'Something in this file does not hold. Do not rely on what is named below.'],
    },
    counts: (accepted, refused, wrong) =>
      `${accepted} accepted by the ledger, ${refused} refused by it, ${wrong} not proven`,
    asOfNote: (day) => `Judged as of ${day}, as you asked.`,
    supervisors: (signed, of) => `${signed} of ${of} supervisors signed`,
    compare: 'Fingerprint of the supervisors’ list',
    ownTrust: 'Taken from what you gave, not from the evidence.',
    ledger: 'Ledger',
    signedBy: 'Who signed',
    upTo: 'Newest signed block',
    about: 'The file says it is about',
    blocks: (from, to) => `Blocks ${from} to ${to}`,
    wrongRecords: 'What does not hold',
    foundation: 'The foundation of the file, or of a part of it, does not hold; none of the records in it was checked.',
    records: 'Records',
    more: (count) => `${count} more are not listed here; “Save the result” has all of them.`,
    allRecords: 'The first records, as they are in the file',
    outcome: { accepted: 'Accepted', refused: 'Refused by the ledger', wrong: 'Not proven' },
    place: (where, code) => `${code} at ${where === '' ? '/' : where}`,
    recordPlace: (height, body) => `block ${height}, record ${body}`,
    save: 'Save the result',
    limits: 'What this does not show',
    limitsTexts: [
      'A signature shows who says something and when the ledger took it in, not that it is true.',
      'The file of an item cannot show that nothing was left out; a range of blocks is complete from its first to its last block.',
    ],
  },
  'zh-CN': {
    title: '检查证据',
    intro: '这一个文件就能在本设备上独立检查证据，无需任何网络连接。您选择的内容不会离开本设备。',
    otherLanguage: 'English',
    evidence: '1. 证据文件',
    evidenceHint: '物品的证据（.json）或区块范围的证据（.jsonl）。拖放到此处，或点击选择。',
    trust: '2. 您信任谁',
    trustHint: '联盟的 trust.json，须来自与证据不同的渠道：联盟公告、监管部门或您自己的存档。也可以输入它的指纹。',
    fingerprint: '监督者名单的指纹（形如 3F2A-91C4-77B0-12DE）',
    asOf: '按此日期检查（仅用于存档文件）',
    asOfHint: '证明在生成后30天内有效。如果您知道何时收到此文件，请填写那一天。',
    check: '检查',
    stop: '停止',
    stopped: '已停止。下列内容已检查，其余未检查。',
    choose: (what) => `选择：${what}`,
    chosen: (name, kilobytes) => `${name}（${kilobytes} kB）`,
    tooLarge: '文件大于256 MB。请检查较短的范围，或使用 waymark-verify.mjs。',
    trustUnreadable: '这不是信任根文件（waymark-trust/1），或已被改动。请重新从您信任的人处获取 trust.json。',
    fingerprintWrong: (found) => `此文件属于指纹为 ${found} 的名单，而不是您输入的那个。`,
    fingerprintUnreadable: '指纹由16位数字和字母 A 至 F 组成。',
    noTrust: '证据中没有可读取的监督者名单。',
    working: (records) => `正在检查……已检查 ${records} 条记录`,
    verdict: {
      verified: ['验证通过', '在您信任的监督者之下，每条记录都成立。'],
      unanchored: [
        '内容彼此相符。但这是谁的账本？',
        '您没有指明信任谁，因此按文件自带的监督者名单进行了检查。请将此指纹与来自其他渠道的指纹比对；相同才算得到证明：',
      ],
      wrong: ['未得到证明', '此文件中有内容不成立。请勿相信下面列出的内容。'],
    },
    counts: (accepted, refused, wrong) => `账本接受 ${accepted} 条，账本拒绝 ${refused} 条，未得到证明 ${wrong} 条`,
    asOfNote: (day) => `按您的要求，以 ${day} 为准判断。`,
    supervisors: (signed, of) => `${of} 位监督者中有 ${signed} 位签名`,
    compare: '监督者名单的指纹',
    ownTrust: '取自您提供的内容，而非证据本身。',
    ledger: '账本',
    signedBy: '签名者',
    upTo: '最新的已签名区块',
    about: '文件自称关于',
    blocks: (from, to) => `区块 ${from} 至 ${to}`,
    wrongRecords: '不成立的内容',
    foundation: '文件（或其中一部分）的基础不成立，其中的记录均未检查。',
    records: '记录',
    more: (count) => `另有 ${count} 条未在此列出；“保存结果”中有全部内容。`,
    allRecords: '文件中最先的若干条记录',
    outcome: { accepted: '已接受', refused: '被账本拒绝', wrong: '未得到证明' },
    place: (where, code) => `${code}，位置 ${where === '' ? '/' : where}`,
    recordPlace: (height, body) => `区块 ${height}，记录 ${body}`,
    save: '保存结果',
    limits: '这不能说明什么',
    limitsTexts: [
      '签名只说明是谁说的、账本何时收录，不说明所说的就是真的。',
      '物品的证据文件无法说明没有遗漏；区块范围则从第一个到最后一个区块都是完整的。',
    ],
  },
};
