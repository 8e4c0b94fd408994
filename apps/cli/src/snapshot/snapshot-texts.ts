import type { SnapshotCode } from '@waymark/light-client';
import type { Language } from '../language.js';
import { REFUSAL_TEXTS } from '../verify/refusal-texts.js';

/** What each refusal of a snapshot means for the person who wants to begin with it (docs/protocol/formats.md 4a). */
export const SNAPSHOT_REFUSAL_TEXTS: Readonly<Record<SnapshotCode, Readonly<Record<Language, string>>>> = {
  TRUST_ROOT_FOREIGN: {
    en: 'The snapshot is of another chain than the one you trust.',
    'zh-CN': '此快照属于另一条链,而不是您信任的那条。',
  },
  CERTIFICATE_TOO_FEW: REFUSAL_TEXTS.CERTIFICATE_TOO_FEW,
  CERTIFICATE_INVALID: {
    en: 'A validator signature in the snapshot is not genuine.',
    'zh-CN': '快照中的某个验证节点签名不真实。',
  },
  ANCHOR_IN_FUTURE: {
    en: "The validators' time lies in the future. Check this machine's clock; if it is right, do not use the snapshot.",
    'zh-CN': '验证节点的时间在未来。请检查本机时钟;若时钟正确,请勿使用此快照。',
  },
  ANCHOR_EXPIRED: {
    en: 'The snapshot is more than 30 days old: those who signed it may have been replaced since. Get a newer one.',
    'zh-CN': '快照已超过 30 天:签名者此后可能已被更换。请获取较新的快照。',
  },
  SNAPSHOT_MALFORMED: {
    en: 'The folder holds no whole snapshot: its manifest is damaged, cut off, or something else.',
    'zh-CN': '此文件夹不是完整的快照:清单已损坏、被截断,或是其他内容。',
  },
  SNAPSHOT_HEADER_FOREIGN: {
    en: 'The block of the snapshot is not the one before the block that the validators signed.',
    'zh-CN': '快照的区块不是验证节点所签名区块的前一个区块。',
  },
  SNAPSHOT_HISTORY_INVALID: {
    en: 'The history of blocks in the snapshot is not the one that the validators signed.',
    'zh-CN': '快照中的区块历史不是验证节点所签名的历史。',
  },
  SNAPSHOT_RECEIPTS_INVALID: {
    en: "The ledger's receipts in the snapshot are not those that the validators signed.",
    'zh-CN': '快照中的账本回执不是验证节点所签名的回执。',
  },
  SNAPSHOT_CHUNK_MISSING: {
    en: 'A file of the snapshot is missing. Copy the whole folder again.',
    'zh-CN': '快照缺少一个文件。请重新复制整个文件夹。',
  },
  SNAPSHOT_CHUNK_DAMAGED: {
    en: 'A file of the snapshot was changed or damaged. Copy it again, or get the snapshot from somebody else.',
    'zh-CN': '快照中的一个文件被改动或已损坏。请重新复制,或从他处获取快照。',
  },
  SNAPSHOT_STATE_INVALID: {
    en: 'The snapshot does not hold the state that the validators signed.',
    'zh-CN': '快照所含内容不是验证节点所签名的状态。',
  },
};

export const SNAPSHOT_TEXTS = {
  en: {
    refused: 'REFUSED',
    verified: 'VERIFIED',
    basis: (fingerprint: string, file: string) => `Checked against the trust root ${fingerprint} (${file})`,
    holds: (entries: number, height: number, time: string) =>
      `${entries} entries: the state of the ledger after block ${height}, as the validators signed it at ${time}`,
    exported: (height: number, entries: number, bytes: number) =>
      `The state after block ${height} is written: ${entries} entries, ${bytes} bytes.`,
    imported: (height: number) =>
      `The node begins with block ${height} and fetches what came after it from the others.`,
    pruned: (height: number, files: number) =>
      `Blocks up to ${height} are dropped (${files} files). Their headers stay: proof files made before still verify.`,
  },
  'zh-CN': {
    refused: '验证未通过',
    verified: '验证通过',
    basis: (fingerprint: string, file: string) => `依据信任根 ${fingerprint} 检查(${file})`,
    holds: (entries: number, height: number, time: string) =>
      `${entries} 个条目:第 ${height} 个区块之后的账本状态,验证节点于 ${time} 签名确认`,
    exported: (height: number, entries: number, bytes: number) =>
      `已写出第 ${height} 个区块之后的状态:${entries} 个条目,${bytes} 字节。`,
    imported: (height: number) => `节点从第 ${height} 个区块开始,之后的内容向其他节点获取。`,
    pruned: (height: number, files: number) =>
      `第 ${height} 个区块及之前的区块已删除(${files} 个文件)。区块头仍保留:此前生成的证明文件依然可以验证。`,
  },
} as const;
