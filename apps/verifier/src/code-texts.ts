import type { EvidenceCode, RangeCode } from '@waymark/light-client';

export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What somebody's system says of its language: anything Chinese is zh-CN, all else English. */
export const languageOf = (said: string | undefined): Language =>
  said?.toLowerCase().startsWith('zh') === true ? 'zh-CN' : 'en';

/** `RECORD_MISSING`: a record that ought to be in the evidence, by another answer, is not. */
export type CheckCode = EvidenceCode | RangeCode | 'RECORD_MISSING';

/** What each failure means for the person who wants to believe the file (docs/protocol/formats.md sections 6 and 6a). */
const TEXTS: Readonly<Record<CheckCode, Readonly<Record<Language, string>>>> = {
  EVIDENCE_MALFORMED: {
    en: 'This is not a whole evidence file: it is damaged, cut off, or something else.',
    'zh-CN': '这不是完整的证据文件：已损坏、被截断，或是其他内容。',
  },
  RANGE_MALFORMED: {
    en: 'This part is not a whole range of blocks: it is damaged, cut off, or something else.',
    'zh-CN': '这一部分不是完整的区块范围：已损坏、被截断，或是其他内容。',
  },
  RANGE_GAP: {
    en: 'Blocks were left out: what was handed over does not begin where the part before ended.',
    'zh-CN': '有区块被遗漏：这一部分没有从上一部分结束处开始。',
  },
  TRUST_ROOT_FOREIGN: {
    en: 'It is about another consortium’s ledger than the one you trust. Here it proves nothing.',
    'zh-CN': '它属于另一个联盟的账本，而不是您信任的那个。在这里不能证明任何事。',
  },
  GENESIS_MISMATCH: {
    en: 'The founding document in it is not that of the ledger you trust.',
    'zh-CN': '其中的创世文件不是您所信任的账本的创世文件。',
  },
  CERTIFICATE_TOO_FEW: {
    en: 'Too few supervisors signed: the ledger did not make this final.',
    'zh-CN': '签名的监督者太少：账本并未将其最终确认。',
  },
  CERTIFICATE_INVALID: {
    en: 'A supervisor’s signature is not genuine.',
    'zh-CN': '某个监督者的签名不真实。',
  },
  ANCHOR_IN_FUTURE: {
    en: 'The supervisors’ time lies in the future. Check this device’s clock; if it is right, do not believe the file.',
    'zh-CN': '监督者的时间在未来。请检查本设备的时钟；若时钟正确，请勿相信此文件。',
  },
  ANCHOR_EXPIRED: {
    en: 'The proof is more than 30 days old: those who signed it may have been replaced since. Get it anew, or check it as of the day on which you received it.',
    'zh-CN': '证明已超过30天：签名者此后可能已被更换。请重新获取，或按您收到它的日期进行检查。',
  },
  HEADER_PATH_INVALID: {
    en: 'A block in it does not belong to the history that the supervisors signed.',
    'zh-CN': '其中的某个区块不属于监督者所签名的历史。',
  },
  ACCEPTANCE_MISSING: {
    en: 'It shows that the record was handed in, not that the ledger accepted it. That is not enough.',
    'zh-CN': '它只显示记录曾被提交，并未证明账本已接受。这还不够。',
  },
  RECEIPT_PATH_INVALID: {
    en: 'The ledger’s receipt for it is not one that the supervisors signed.',
    'zh-CN': '账本对它的回执不是监督者所签名的回执。',
  },
  RECEIPT_FOREIGN: {
    en: 'The ledger’s receipt belongs to another record.',
    'zh-CN': '账本的回执属于另一条记录。',
  },
  NOT_ACCEPTED: { en: 'The ledger refused this record.', 'zh-CN': '账本拒绝了这条记录。' },
  SIGNATURE_INVALID: {
    en: 'The company’s signature is not genuine: the record was changed, or somebody else wrote it.',
    'zh-CN': '企业签名不真实：记录被改动过，或由他人伪造。',
  },
  SIGNER_UNKNOWN: {
    en: 'It is signed with a key that does not belong to the company it names.',
    'zh-CN': '签名所用的密钥不属于记录中所称的企业。',
  },
  BODY_PATH_INVALID: {
    en: 'The record was changed after the company signed it.',
    'zh-CN': '记录在企业签名之后被改动过。',
  },
  BODIES_MISMATCH: {
    en: 'A record in it was changed, left out or added after the company signed.',
    'zh-CN': '企业签名之后，其中的记录被改动、遗漏或添加。',
  },
  CONTEXT_MISSING: {
    en: 'A part that gives the words of the record their meaning is missing.',
    'zh-CN': '缺少用于解释记录用语含义的部分。',
  },
  FEED_FOREIGN: {
    en: 'It belongs to another ledger than the one you trust.',
    'zh-CN': '它属于另一个账本，而不是您信任的那个。',
  },
  FEED_LINK_BROKEN: {
    en: 'The blocks do not follow one another: one was left out, changed or put in.',
    'zh-CN': '区块没有依次相接：有区块被遗漏、改动或插入。',
  },
  TRANSACTIONS_MISMATCH: {
    en: 'The records of this block are not those that the supervisors signed: some were left out, added or put in another order.',
    'zh-CN': '此区块的记录不是监督者所签名的记录：有遗漏、添加或次序改变。',
  },
  RECEIPTS_MISMATCH: {
    en: 'What the ledger is said to have answered in this block is not what the supervisors signed.',
    'zh-CN': '所称的账本在此区块中的答复，不是监督者所签名的答复。',
  },
  EVENTS_MISMATCH: {
    en: 'What the ledger is said to have concluded from a record is not what the supervisors signed.',
    'zh-CN': '所称的账本由记录得出的结论，不是监督者所签名的结论。',
  },
  TRANSACTION_MISSING: {
    en: 'The ledger took in a record here that was not handed over.',
    'zh-CN': '账本在此收录了一条记录，但这条记录没有交出来。',
  },
  TRANSACTION_FOREIGN: {
    en: 'This record was put in: the ledger never took it in here.',
    'zh-CN': '这条记录是插入的：账本从未在此收录它。',
  },
  TRANSACTION_UNREADABLE: {
    en: 'A record was damaged or replaced so that it cannot be read.',
    'zh-CN': '某条记录已损坏或被替换，无法读取。',
  },
  RECORD_MISSING: {
    en: 'This record belongs to the item’s history, and the evidence leaves it out.',
    'zh-CN': '这条记录属于该物品的历史，但证据中没有它。',
  },
};

export const isCheckCode = (code: string): code is CheckCode => Object.hasOwn(TEXTS, code);

export const codeText = (code: CheckCode, language: Language): string => TEXTS[code][language];
