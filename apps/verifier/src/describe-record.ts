import type { RecordFinding } from '@waymark/light-client';
import type { Language } from './code-texts.js';

const STEPS: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  accepting: ['accepting', '验收'],
  arriving: ['arriving', '到达'],
  assembling: ['assembling', '组装'],
  collecting: ['collecting', '收集'],
  commissioning: ['commissioning (a thing comes into being)', '赋码（物品产生）'],
  consigning: ['consigning', '托运'],
  creating_class_instance: ['making a lot', '生产批次'],
  decommissioning: ['decommissioning', '注销'],
  departing: ['departing', '出发'],
  destroying: ['destroying', '销毁'],
  disassembling: ['disassembling', '拆解'],
  encoding: ['encoding', '编码'],
  holding: ['holding', '扣留'],
  inspecting: ['inspecting', '检验'],
  installing: ['installing', '安装'],
  killing: ['killing a tag', '停用标签'],
  loading: ['loading', '装载'],
  packing: ['packing', '包装'],
  picking: ['picking', '拣货'],
  receiving: ['receiving', '收货'],
  repackaging: ['repackaging', '重新包装'],
  repairing: ['repairing', '维修'],
  retail_selling: ['selling', '零售'],
  sampling: ['sampling', '取样'],
  shipping: ['shipping', '发货'],
  staging_outbound: ['staging for shipment', '待发'],
  storing: ['storing', '存储'],
  transporting: ['transporting', '运输'],
  unloading: ['unloading', '卸载'],
  unpacking: ['unpacking', '拆包'],
};

/** A business step (CBV word, in any spelling) in the reader's language; others as they are, without their prefix. */
export function stepName(step: string, language: Language): string {
  const word = bareWord(step) ?? step;
  return STEPS[word]?.[language === 'zh-CN' ? 1 : 0] ?? word;
}

/** What a record is, in a few words of the trade: an event with its step, what a thing is called, a declaration. */
export function recordName({ kind, value, bodyIndex }: RecordFinding, language: Language): string {
  const zh = language === 'zh-CN';
  const fields = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const text = (name: string): string | undefined =>
    typeof fields[name] === 'string' ? fields[name].slice(0, 120) : undefined;
  switch (kind) {
    case 'epcis.event': {
      if (fields['errorDeclaration'] !== undefined) return zh ? '撤回事件的声明' : 'Withdrawal of an event';
      const step = text('bizStep');
      const named = step === undefined ? undefined : stepName(step, language);
      if (named === undefined) return zh ? `事件：${text('type') ?? ''}` : `Event: ${text('type') ?? ''}`;
      return zh ? `事件：${named}` : `Event: ${named}`;
    }
    case 'epcis.masterdata':
      return zh ? '主数据（名称与描述）' : 'Master data (names and descriptions)';
    case 'epcis.context':
      return zh ? '词汇说明' : 'The meaning of words';
    case 'provenance.serialisation':
      return zh ? '产品序列化设置' : 'A product’s serialisation';
    case 'provenance.visibility':
      return zh ? '可见范围的更改' : 'Change of who may see a record';
    case undefined:
      return bodyIndex === undefined
        ? zh
          ? '提交的全部记录'
          : 'Everything handed in together'
        : zh
          ? '记录'
          : 'Record';
    default:
      return kind.slice(0, 60);
  }
}

const bareWord = (step: string | undefined): string | undefined =>
  step === undefined ? undefined : (/(?:[:/]|BizStep-)([A-Za-z_]+)$/.exec(step)?.[1] ?? step);

const TEXTS = {
  en: {
    accepted: (who: string) => `Signed by ${who}; the ledger accepted it.`,
    refused: (who: string, code: string) => `Signed by ${who}; the ledger refused it (${code}). That too is proven.`,
    wrong: (who: string) => `Said to be from ${who}.`,
    wrongUnknown: 'It cannot be said whose record this is.',
  },
  'zh-CN': {
    accepted: (who: string) => `由${who}签名；账本已接受。`,
    refused: (who: string, code: string) => `由${who}签名；账本拒绝了它（${code}），这一点同样得到证明。`,
    wrong: (who: string) => `据称来自${who}。`,
    wrongUnknown: '无法说明这是谁的记录。',
  },
} as const;

/** Who signed it and what became of it, as one sentence. */
export function describeRecord(finding: RecordFinding, language: Language): string {
  const texts = TEXTS[language];
  const who = finding.senderNames?.[language] ?? finding.sender;
  switch (finding.outcome) {
    case 'accepted':
      return texts.accepted(who ?? '?');
    case 'refused':
      return texts.refused(who ?? '?', finding.refusal?.code ?? '');
    case 'wrong':
      return who === undefined ? texts.wrongUnknown : texts.wrong(who);
  }
}
