import { translations } from '../../shared/index.js';
import en from './messages.en.json' with { type: 'json' };

export const useWords = translations<typeof en>('capture');
export type Words = ReturnType<typeof useWords>['t'];

const STEPS = {
  commissioning: 'step.commissioning',
  receiving: 'step.receiving',
  packing: 'step.packing',
  unpacking: 'step.unpacking',
  shipping: 'step.shipping',
  transforming: 'step.transforming',
  creating_class_instance: 'step.transforming',
  inspecting: 'step.inspecting',
  storing: 'step.storing',
  stocking: 'step.storing',
  decommissioning: 'step.decommissioning',
  destroying: 'step.destroying',
  retail_selling: 'step.selling',
  departing: 'step.departing',
  arriving: 'step.arriving',
  loading: 'step.loading',
  unloading: 'step.unloading',
} as const;

/** The step of an event in a word of the trade; a step without one is shown as it is spelled. */
export function stepWord(t: Words, bizStep: string | undefined): string {
  if (bizStep === undefined) return t('step.none');
  const bare = bizStep.replace(/^urn:epcglobal:cbv:bizstep:|^https:\/\/ref\.gs1\.org\/cbv\/BizStep-/, '');
  return Object.hasOwn(STEPS, bare) ? t(STEPS[bare as keyof typeof STEPS]) : bare;
}
