/**
 * Everything the page says, in both languages. Whole sentences with their parts filled in, never glued together; the words
 * are those of the trade: record, supervisor, final (docs/glossary.md).
 */
import type { EvidenceCode } from '@waymark/light-client';
import type { StepKind } from '@waymark/provenance/trace';
import type { MarkState } from './check-state.js';
import type { Language } from './language.js';

/** Why the page is red: what the light client refused, or what the page itself found. */
export type RefusalReason = EvidenceCode | 'STORY_DIFFERS' | 'ITEM_MISSING' | 'TRUST_ROOT_UNREADABLE';
/** Why nothing could be checked. */
export type UnavailableReason = 'offline' | 'server';

export interface Words {
  readonly htmlLanguage: string;
  readonly otherLanguage: { readonly tag: Language; readonly name: string };
  readonly skipToContent: string;
  readonly product: string;
  readonly madeBy: (maker: string) => string;
  readonly unnamedProduct: string;
  readonly shippingUnit: string;
  readonly lot: string;
  readonly serial: string;
  readonly gtin: string;
  readonly sscc: string;
  readonly comesFrom: (places: string) => string;
  readonly recalled: (by: string, date: string) => string;
  readonly recallAdvice: string;
  readonly recallClaimed: (by: string) => string;
  readonly list: (items: readonly string[]) => string;
  readonly pictureOf: (product: string) => string;

  readonly journey: string;
  readonly journeyHint: (steps: number, organisations: number) => string;
  readonly truncated: string;
  readonly step: Readonly<Record<StepKind, string>>;
  readonly signedBy: (organisation: string) => string;
  readonly from: string;
  readonly into: string;
  readonly goods: string;
  readonly packedInto: string;
  readonly outOf: string;
  readonly amount: (quantity: string, unit: string | undefined) => string;
  readonly amountOf: (what: string, amount: string) => string;
  readonly more: (count: number) => string;

  readonly mark: Readonly<Record<MarkState, string>>;

  readonly unchecked: string;
  readonly noScript: string;
  readonly checking: string;
  readonly checked: (signed: number, of: number) => string;
  readonly checkedAsOf: (signed: number, of: number, time: string) => string;
  readonly refused: (reason: RefusalReason) => string;
  readonly refusedAdvice: string;
  readonly unavailable: Readonly<Record<UnavailableReason, string>>;
  readonly verdictWord: Readonly<
    Record<'unchecked' | 'checking' | 'checked' | 'asOf' | 'refused' | 'unavailable', string>
  >;
  readonly tryAgain: string;

  readonly trustChanged: (before: string, now: string) => string;
  readonly trustChangedAccept: string;
  readonly trustChangedTitle: string;

  readonly how: string;
  readonly howSteps: readonly string[];
  readonly limits: string;
  readonly limitsText: readonly string[];
  readonly details: string;
  readonly fingerprint: string;
  readonly fingerprintHint: string;
  readonly network: string;
  readonly recordedAt: string;
  readonly blockHeight: string;
  readonly supervisorsSigned: string;
  readonly supervisorsAll: string;
  readonly recordsChecked: string;
  readonly reason: string;
  readonly notYet: string;
  readonly download: string;
  readonly downloadHint: string;
  readonly regulator: string;

  readonly notFoundTitle: string;
  readonly notFound: string;
  readonly notFoundAdvice: string;
  readonly productOnlyTitle: string;
  readonly productOnly: string;
  readonly productOnlyAdvice: string;
  readonly badCodeTitle: string;
  readonly badCode: string;
  readonly badCodeAdvice: string;
  readonly downTitle: string;
  readonly down: string;
  readonly downAdvice: string;
  readonly welcomeTitle: string;
  readonly welcome: string;
}

const UNITS_EN: Readonly<Record<string, string>> = {
  KGM: 'kg',
  GRM: 'g',
  TNE: 't',
  LTR: 'l',
  MLT: 'ml',
  CEL: '°C',
  MTR: 'm',
  H87: 'pieces',
  EA: 'pieces',
};
const UNITS_ZH: Readonly<Record<string, string>> = {
  KGM: '千克',
  GRM: '克',
  TNE: '吨',
  LTR: '升',
  MLT: '毫升',
  CEL: '°C',
  MTR: '米',
  H87: '件',
  EA: '件',
};

/** `12000.5` as `12,000.5`. */
function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

const en: Words = {
  htmlLanguage: 'en',
  otherLanguage: { tag: 'zh-CN', name: '中文' },
  skipToContent: 'Skip to the product',
  product: 'Product',
  madeBy: (maker) => `Made by ${maker}`,
  unnamedProduct: 'Product without a name',
  shippingUnit: 'Shipping unit',
  lot: 'Lot',
  serial: 'Serial number',
  gtin: 'Product number (GTIN)',
  sscc: 'Number (SSCC)',
  comesFrom: (places) => `Comes from ${places}.`,
  recalled: (by, date) => `Recalled. ${by} says so, ${date}.`,
  recallAdvice: 'Do not use it or sell it; ask where you got it what to do.',
  recallClaimed: (by) => `${by} says that it was recalled. Its maker and whoever holds it do not say so.`,
  list: (items) =>
    items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1] ?? ''}`,
  pictureOf: (product) => `Drawing in place of a picture of: ${product}`,

  journey: 'The journey',
  journeyHint: (steps, organisations) =>
    `${steps} ${steps === 1 ? 'record' : 'records'}, each signed by who did it. ${organisations} ${organisations === 1 ? 'company' : 'companies'} took part.`,
  truncated: 'There are more records than are shown here.',
  step: {
    hatch: 'Hatched',
    catch: 'Caught',
    harvest: 'Harvested',
    land: 'Landed',
    transship: 'Moved from ship to ship',
    make: 'Made',
    transform: 'Processed',
    commingle: 'Put together',
    pack: 'Packed',
    unpack: 'Unpacked',
    ship: 'Sent off',
    transport: 'On the way',
    receive: 'Received',
    store: 'Put in store',
    inspect: 'Inspected',
    sell: 'Sold',
    end: 'Taken out of circulation',
    attach: 'Attached',
    detach: 'Taken off',
    trade: 'Named in a business paper',
    observe: 'Seen',
  },
  signedBy: (organisation) => `Signed by ${organisation}`,
  from: 'From',
  into: 'Became',
  goods: 'Goods',
  packedInto: 'Packed into',
  outOf: 'Out of',
  amount: (quantity, unit) =>
    unit === undefined ? `${grouped(quantity)} pieces` : `${grouped(quantity)} ${UNITS_EN[unit] ?? unit}`,
  amountOf: (what, amount) => `${what}: ${amount}`,
  more: (count) => `and ${count} more`,

  mark: {
    unchecked: 'Not yet checked',
    checking: 'Checking',
    checked: 'Signature checked',
    dated: 'Signature checked',
    refused: 'Does not match',
    unavailable: 'Not checked',
  },

  unchecked: 'Not yet checked on this phone.',
  noScript:
    'The check runs in your browser and needs JavaScript. Without it you can read the story, and check it with the file at the end of this page.',
  checking: 'Checking the signatures on this phone …',
  checked: (signed, of) =>
    `Checked on this phone: ${signed} of ${of} supervisors signed this, and each step is signed by the company named.`,
  checkedAsOf: (signed, of, time) =>
    `Checked on this phone, as of ${time}, not current: ${signed} of ${of} supervisors signed this, and each step is signed by the company named.`,
  refused: (reason) => REFUSED_EN[reason],
  refusedAdvice:
    'Do not rely on what this page says. Scan the code again in another network; if it stays red, tell the shop or the food authority.',
  unavailable: {
    offline: 'Could not be checked: the proof did not arrive. Are you online?',
    server: 'Could not be checked: the server does not give the proof at the moment.',
  },
  verdictWord: {
    unchecked: 'Unchecked',
    checking: 'Checking',
    checked: 'Checked',
    asOf: 'Not current',
    refused: 'Warning',
    unavailable: 'Not checked',
  },
  tryAgain: 'Try again',

  trustChangedTitle: 'The list of supervisors has changed',
  trustChanged: (before, now) =>
    `On your last visit this page relied on the list ${before}; now it is ${now}. Compare the new one with what the food authority prints before you rely on it.`,
  trustChangedAccept: 'I compared it: remember the new list',

  how: 'How we know',
  howSteps: [
    'Each company signs its own records with its own key. Your phone checked every signature.',
    'Supervisors, among them the food authority, run the ledger together. A record counts once more than two thirds of them signed the block that says it was accepted.',
    'Your phone worked out from the records themselves what this page says, and compared it word by word.',
  ],
  limits: 'What this does not show',
  limitsText: [
    'A signature shows who says something, not that it is true.',
    'The check cannot show that a company wrote down everything it did.',
    'This page and the check come from the same server. The fingerprint below is what you can compare with a printed one.',
  ],
  details: 'Details of the proof',
  fingerprint: 'List of supervisors (fingerprint)',
  fingerprintHint: 'Compare it with the one printed by the consortium or the food authority.',
  network: 'Ledger',
  recordedAt: 'Proof made',
  blockHeight: 'Block height',
  supervisorsSigned: 'Supervisors who signed',
  supervisorsAll: 'All supervisors',
  recordsChecked: 'Records checked',
  reason: 'What was found',
  notYet: 'not yet checked',
  download: 'Download the proof as a file',
  downloadHint: 'Anyone can check this file without us, offline, with the command “waymark verify”.',
  regulator: 'food authority',

  notFoundTitle: 'Nothing is known about this code',
  notFound: 'No company of this consortium has a public record about it.',
  notFoundAdvice:
    'Check that the whole code was scanned. If it stands on a product you bought, ask the shop: it may not take part, or the code may be a copy.',
  productOnlyTitle: 'This code names a product, not a lot',
  productOnly: 'Every lot comes from somewhere else, so a product number alone has no story.',
  productOnlyAdvice:
    'Scan the code that also carries the lot or the serial number, or add the lot from the package: …/10/LOT.',
  badCodeTitle: 'This is not a product code',
  badCode: 'The address does not hold a valid product number, or a digit is wrong.',
  badCodeAdvice: 'Scan the code again, or compare the number with the one printed below it.',
  downTitle: 'The records cannot be reached at the moment',
  down: 'The page works, but the service behind it does not answer.',
  downAdvice: 'Try again in a minute. Nothing about the product follows from this.',
  welcomeTitle: 'Where does it come from?',
  welcome: 'Scan the code on a product with your phone’s camera to see its journey.',
};

const REFUSED_EN: Readonly<Record<RefusalReason, string>> = {
  EVIDENCE_MALFORMED: 'The check failed: what the server sent as proof cannot be read.',
  TRUST_ROOT_FOREIGN: 'The check failed: the proof comes from another ledger than the one this page relies on.',
  GENESIS_MISMATCH: 'The check failed: the list of companies in the proof is not the one this page relies on.',
  CERTIFICATE_TOO_FEW: 'The check failed: too few supervisors signed.',
  CERTIFICATE_INVALID: 'The check failed: a supervisor’s signature is not genuine.',
  ANCHOR_IN_FUTURE: 'The check failed: the proof carries a time that has not come yet. Is this phone’s clock right?',
  ANCHOR_EXPIRED:
    'The check failed: the proof is more than 30 days old, and those who signed it may have been replaced since.',
  HEADER_PATH_INVALID: 'The check failed: part of the proof does not belong to the ledger.',
  ACCEPTANCE_MISSING: 'The check failed: nothing shows that the ledger accepted a record; it may have been refused.',
  RECEIPT_PATH_INVALID: 'The check failed: the confirmation of a record is not the ledger’s own.',
  RECEIPT_FOREIGN: 'The check failed: a confirmation belongs to another record.',
  NOT_ACCEPTED: 'The check failed: the ledger refused one of these records.',
  SIGNATURE_INVALID: 'The check failed: a company’s signature is not genuine.',
  SIGNER_UNKNOWN: 'The check failed: a record is not signed by the company it names.',
  BODY_PATH_INVALID: 'The check failed: a record was changed after it was signed.',
  CONTEXT_MISSING: 'The check failed: part of a signed record is missing.',
  STORY_DIFFERS: 'The check failed: what this page shows is not what the companies signed.',
  ITEM_MISSING: 'The check failed: the proof says nothing about the product you scanned.',
  TRUST_ROOT_UNREADABLE: 'The check failed: this page came without a readable list of supervisors.',
};

const zh: Words = {
  htmlLanguage: 'zh-CN',
  otherLanguage: { tag: 'en', name: 'English' },
  skipToContent: '跳到产品信息',
  product: '产品',
  madeBy: (maker) => `生产商：${maker}`,
  unnamedProduct: '未命名的产品',
  shippingUnit: '物流单元',
  lot: '批号',
  serial: '序列号',
  gtin: '产品编号（GTIN）',
  sscc: '编号（SSCC）',
  comesFrom: (places) => `来自${places}。`,
  recalled: (by, date) => `已召回。${by}于 ${date} 说明。`,
  recallAdvice: '请勿使用或销售；请向购买处询问如何处理。',
  recallClaimed: (by) => `${by} 称此产品已被召回；其制造商和当前持有者没有这样说明。`,
  list: (items) =>
    items.length < 2 ? items.join('') : `${items.slice(0, -1).join('、')}和${items[items.length - 1] ?? ''}`,
  pictureOf: (product) => `代替产品照片的图示：${product}`,

  journey: '它的旅程',
  journeyHint: (steps, organisations) => `共${steps}条记录，每条都由经手者签名；共有${organisations}家企业参与。`,
  truncated: '还有更多记录未在此显示。',
  step: {
    hatch: '孵化',
    catch: '捕捞',
    harvest: '收获',
    land: '上岸',
    transship: '海上转运',
    make: '制成',
    transform: '加工',
    commingle: '合并批次',
    pack: '包装',
    unpack: '拆包',
    ship: '发货',
    transport: '运输途中',
    receive: '收货',
    store: '入库',
    inspect: '检验',
    sell: '售出',
    end: '退出流通',
    attach: '装上',
    detach: '拆下',
    trade: '列入商业单据',
    observe: '记录在此',
  },
  signedBy: (organisation) => `签名者：${organisation}`,
  from: '原料',
  into: '成为',
  goods: '货物',
  packedInto: '装入',
  outOf: '取自',
  amount: (quantity, unit) =>
    unit === undefined ? `${grouped(quantity)} 件` : `${grouped(quantity)} ${UNITS_ZH[unit] ?? unit}`,
  amountOf: (what, amount) => `${what}：${amount}`,
  more: (count) => `另有${count}项`,

  mark: {
    unchecked: '尚未核对',
    checking: '正在核对',
    checked: '签名已核对',
    dated: '签名已核对',
    refused: '不相符',
    unavailable: '未核对',
  },

  unchecked: '尚未在这部手机上核对。',
  noScript: '核对在您的浏览器中进行，需要启用 JavaScript。不启用也可以阅读内容，并用本页末尾的文件自行核对。',
  checking: '正在这部手机上核对签名……',
  checked: (signed, of) => `已在这部手机上核对：${of}位监督者中有${signed}位签名，每一步都由所列企业签名。`,
  checkedAsOf: (signed, of, time) =>
    `已在这部手机上核对，截至${time}，并非最新：${of}位监督者中有${signed}位签名，每一步都由所列企业签名。`,
  refused: (reason) => REFUSED_ZH[reason],
  refusedAdvice: '请不要相信本页内容。请换一个网络重新扫码；如果仍显示红色，请告知商店或食品监管部门。',
  unavailable: {
    offline: '无法核对：没有收到证明。请检查网络连接。',
    server: '无法核对：服务器暂时无法提供证明。',
  },
  verdictWord: {
    unchecked: '未核对',
    checking: '核对中',
    checked: '已核对',
    asOf: '并非最新',
    refused: '警告',
    unavailable: '未能核对',
  },
  tryAgain: '再试一次',

  trustChangedTitle: '监督者名单已改变',
  trustChanged: (before, now) =>
    `您上次访问时，本页依据的名单是 ${before}；现在是 ${now}。请先与食品监管部门公布的名单比对，再决定是否相信。`,
  trustChangedAccept: '我已比对：记住新名单',

  how: '我们如何知道',
  howSteps: [
    '每家企业用自己的密钥为自己的记录签名。您的手机核对了每一个签名。',
    '包括食品监管部门在内的监督者共同维护账本。只有超过三分之二的监督者在写明“已接受”的区块上签名，记录才算数。',
    '您的手机根据记录本身推导出本页应有的内容，并逐字比对。',
  ],
  limits: '这不能说明什么',
  limitsText: [
    '签名只说明是谁说的，不说明所说的就是真的。',
    '核对无法说明企业是否写下了它所做的一切。',
    '本页和核对程序来自同一台服务器。下面的指纹可以与印刷品上的指纹比对。',
  ],
  details: '证明的细节',
  fingerprint: '监督者名单（指纹）',
  fingerprintHint: '请与联盟或食品监管部门印发的指纹比对。',
  network: '账本',
  recordedAt: '证明时间',
  blockHeight: '区块高度',
  supervisorsSigned: '签名的监督者',
  supervisorsAll: '全部监督者',
  recordsChecked: '已核对的记录',
  reason: '发现的问题',
  notYet: '尚未核对',
  download: '下载证明文件',
  downloadHint: '任何人都可以用命令“waymark verify”离线核对此文件，无需经过我们。',
  regulator: '食品监管部门',

  notFoundTitle: '没有关于这个编码的记录',
  notFound: '联盟中没有企业公开过与它有关的记录。',
  notFoundAdvice:
    '请确认扫描了完整的编码。如果它印在您购买的产品上，请询问商店：该产品可能没有加入，或者编码是复制的。',
  productOnlyTitle: '这个编码只表示产品，没有批次',
  productOnly: '每个批次的来源都不同，仅凭产品编号无法说明来历。',
  productOnlyAdvice: '请扫描带有批号或序列号的编码，或在网址后加上包装上的批号：…/10/批号。',
  badCodeTitle: '这不是产品编码',
  badCode: '网址中没有有效的产品编号，或有一位数字不对。',
  badCodeAdvice: '请重新扫码，或与编码下方印刷的编号比对。',
  downTitle: '暂时无法取得记录',
  down: '页面正常，但后面的服务没有回应。',
  downAdvice: '请稍后再试。这并不说明产品有任何问题。',
  welcomeTitle: '它从哪里来？',
  welcome: '用手机相机扫描产品上的编码，查看它的旅程。',
};

const REFUSED_ZH: Readonly<Record<RefusalReason, string>> = {
  EVIDENCE_MALFORMED: '核对失败：服务器发来的证明无法读取。',
  TRUST_ROOT_FOREIGN: '核对失败：证明来自另一个账本，不是本页所依据的账本。',
  GENESIS_MISMATCH: '核对失败：证明中的企业名单不是本页所依据的名单。',
  CERTIFICATE_TOO_FEW: '核对失败：签名的监督者太少。',
  CERTIFICATE_INVALID: '核对失败：有监督者的签名不真实。',
  ANCHOR_IN_FUTURE: '核对失败：证明上的时间尚未到来。这部手机的时钟准确吗？',
  ANCHOR_EXPIRED: '核对未通过：证明已超过30天，签名者此后可能已被更换。',
  HEADER_PATH_INVALID: '核对失败：证明的一部分不属于该账本。',
  ACCEPTANCE_MISSING: '核对失败：没有任何内容表明账本接受了某条记录；它可能已被拒绝。',
  RECEIPT_PATH_INVALID: '核对失败：某条记录的确认不是账本作出的。',
  RECEIPT_FOREIGN: '核对失败：某个确认属于另一条记录。',
  NOT_ACCEPTED: '核对失败：账本拒绝了其中一条记录。',
  SIGNATURE_INVALID: '核对失败：有企业的签名不真实。',
  SIGNER_UNKNOWN: '核对失败：某条记录不是由所列企业签名的。',
  BODY_PATH_INVALID: '核对失败：某条记录在签名后被改动。',
  CONTEXT_MISSING: '核对失败：已签名记录缺少一部分。',
  STORY_DIFFERS: '核对失败：本页显示的内容不是企业签名的内容。',
  ITEM_MISSING: '核对失败：证明与您扫描的产品无关。',
  TRUST_ROOT_UNREADABLE: '核对失败：本页没有带来可读的监督者名单。',
};

const WORDS: Readonly<Record<Language, Words>> = { en, 'zh-CN': zh };

export const wordsOf = (language: Language): Words => WORDS[language];
