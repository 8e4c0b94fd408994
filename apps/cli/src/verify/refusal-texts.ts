import type { EvidenceCode } from '@waymark/light-client';
import type { Language } from '../language.js';

/** What each refusal means for the person who wants to believe the file (docs/protocol/formats.md section 6). */
export const REFUSAL_TEXTS: Readonly<Record<EvidenceCode, Readonly<Record<Language, string>>>> = {
  EVIDENCE_MALFORMED: {
    en: 'The file is not a whole evidence file: it is damaged, cut off, or something else.',
    'zh-CN': '此文件不是完整的证据文件:已损坏、被截断,或是其他内容。',
  },
  TRUST_ROOT_FOREIGN: {
    en: 'The file is about another chain than the one you trust. It may be genuine there; here it proves nothing.',
    'zh-CN': '此文件属于另一条链,而不是您信任的那条。它在那里也许是真的,但在这里不能证明任何事。',
  },
  GENESIS_MISMATCH: {
    en: 'The founding document in the file is not that of the chain you trust.',
    'zh-CN': '文件中的创世文件不是您所信任的链的创世文件。',
  },
  CERTIFICATE_TOO_FEW: {
    en: 'Too few validators signed: the ledger did not make this final.',
    'zh-CN': '签名的验证节点太少:账本并未将其最终确认。',
  },
  CERTIFICATE_INVALID: {
    en: 'A validator signature in the file is not genuine.',
    'zh-CN': '文件中的某个验证节点签名不真实。',
  },
  ANCHOR_IN_FUTURE: {
    en: "The validators' time lies in the future. Check this machine's clock; if it is right, do not believe the file.",
    'zh-CN': '验证节点的时间在未来。请检查本机时钟;若时钟正确,请勿相信此文件。',
  },
  ANCHOR_EXPIRED: {
    en: 'The proof is more than 30 days old: those who signed it may have been replaced since. Get the evidence file anew.',
    'zh-CN': '证明已超过 30 天:签名者此后可能已被更换。请重新获取证据文件。',
  },
  HEADER_PATH_INVALID: {
    en: 'A block in the file does not belong to the history that the validators signed.',
    'zh-CN': '文件中的某个区块不属于验证节点所签名的历史。',
  },
  ACCEPTANCE_MISSING: {
    en: 'The file shows that something was handed in, not that the ledger accepted it. That is not enough.',
    'zh-CN': '此文件只显示内容曾被提交,并未证明账本已接受。这还不够。',
  },
  RECEIPT_PATH_INVALID: {
    en: "The ledger's receipt in the file is not one that the validators signed.",
    'zh-CN': '文件中的账本回执不是验证节点所签名的回执。',
  },
  RECEIPT_FOREIGN: {
    en: 'The receipt in the file belongs to another transaction.',
    'zh-CN': '文件中的回执属于另一笔交易。',
  },
  NOT_ACCEPTED: {
    en: 'The ledger refused this record.',
    'zh-CN': '账本拒绝了这条记录。',
  },
  SIGNATURE_INVALID: {
    en: "The company's signature is not genuine: the record was changed, or somebody else wrote it.",
    'zh-CN': '企业签名不真实:记录被改动过,或由他人伪造。',
  },
  SIGNER_UNKNOWN: {
    en: 'The record is signed by a key that does not belong to the company it names.',
    'zh-CN': '签名所用的密钥不属于记录中所称的企业。',
  },
  BODY_PATH_INVALID: {
    en: 'The record was changed after the company signed it.',
    'zh-CN': '记录在企业签名之后被改动过。',
  },
  CONTEXT_MISSING: {
    en: 'A part that gives the words of the record their meaning is missing from the file.',
    'zh-CN': '文件缺少用于解释记录用语含义的部分。',
  },
};
