import type { EpcisEvent, QuantityElement } from '../../model/epcis.js';
import type { Problem } from '../../model/problem.js';
import { error, warning } from '../schema-problems.js';

const filled = (list: readonly unknown[] | undefined): boolean => list !== undefined && list.length > 0;

/** Which lists of quantities an event has, by field name. */
export function quantityLists(event: EpcisEvent): [string, QuantityElement[]][] {
  const lists: [string, QuantityElement[] | undefined][] =
    event.type === 'TransformationEvent'
      ? [
          ['inputQuantityList', event.inputQuantityList],
          ['outputQuantityList', event.outputQuantityList],
        ]
      : event.type === 'AggregationEvent' || event.type === 'AssociationEvent'
        ? [['childQuantityList', event.childQuantityList]]
        : [['quantityList', event.quantityList]];
  return lists.flatMap(([name, list]) => (list === undefined ? [] : [[name, list]]));
}

/** What an event of this type and action must say about its objects (EPCIS 2.0, 7.4; TCR-54). */
export function judgeWhat(event: EpcisEvent, base: string): Problem[] {
  const problems: Problem[] = [];
  const missing = (field: string, message: string, howToFix: string) =>
    problems.push(error('EPCIS_WHAT_MISSING', `${base}/${field}`, message, howToFix, { eventType: event.type }));
  switch (event.type) {
    case 'ObjectEvent': {
      const named = filled(event.epcList) || filled(event.quantityList);
      const sensed = filled(event.sensorElementList) && event.readPoint !== undefined;
      if (!named && !sensed) {
        missing(
          'epcList',
          'The event names no object and reports no sensor.',
          'Name objects in "epcList" or "quantityList", or give "sensorElementList" with a "readPoint".',
        );
      }
      if (event.ilmd !== undefined && event.action !== 'ADD') {
        problems.push(
          error(
            'EPCIS_ILMD_NOT_ALLOWED',
            `${base}/ilmd`,
            'Instance and lot master data belong to the event that creates the objects.',
            'Set "action" to "ADD", or leave "ilmd" out.',
            {
              action: event.action,
            },
          ),
        );
      }
      break;
    }
    case 'AggregationEvent':
    case 'AssociationEvent': {
      const children = filled(event.childEPCs) || filled(event.childQuantityList);
      if (!children && event.action !== 'DELETE') {
        missing(
          'childEPCs',
          `An ${event.type} with action ${event.action} names its children.`,
          'Name them in "childEPCs" or "childQuantityList".',
        );
      }
      if (event.type === 'AggregationEvent' && event.parentID === undefined && event.action !== 'OBSERVE') {
        problems.push(
          error(
            'EPCIS_PARENT_MISSING',
            `${base}/parentID`,
            `An AggregationEvent with action ${event.action} names its parent.`,
            'Add "parentID".',
            { action: event.action },
          ),
        );
      }
      if (event.parentID !== undefined && event.childEPCs?.includes(event.parentID) === true) {
        problems.push(
          error(
            'EPCIS_PARENT_IS_CHILD',
            `${base}/parentID`,
            'The parent stands among its own children.',
            'Remove it from "childEPCs".',
            { parentID: event.parentID },
          ),
        );
      }
      break;
    }
    case 'TransactionEvent': {
      const listed = event.epcList !== undefined || filled(event.quantityList);
      const named = filled(event.epcList) || filled(event.quantityList) || event.parentID !== undefined;
      if (event.action !== 'DELETE' && !(listed && named)) {
        missing(
          'epcList',
          `A TransactionEvent with action ${event.action} names its objects.`,
          'Name them in "epcList" or "quantityList".',
        );
      }
      break;
    }
    case 'TransformationEvent': {
      const inputs = filled(event.inputEPCList) || filled(event.inputQuantityList);
      const outputs = filled(event.outputEPCList) || filled(event.outputQuantityList);
      if (event.transformationID === undefined) {
        if (!inputs)
          missing(
            'inputQuantityList',
            'The transformation has no inputs.',
            'Name the inputs, or give a "transformationID" that joins several events.',
          );
        if (!outputs)
          missing(
            'outputQuantityList',
            'The transformation has no outputs.',
            'Name the outputs, or give a "transformationID" that joins several events.',
          );
      } else if (!inputs && !outputs) {
        missing(
          'inputQuantityList',
          'The transformation has neither inputs nor outputs.',
          'Name at least one input or output.',
        );
      }
      break;
    }
  }
  for (const [name, list] of quantityLists(event)) {
    list.forEach(({ quantity, uom }, i) => {
      if (quantity !== undefined && quantity < 0) {
        problems.push(
          error(
            'EPCIS_QUANTITY_NEGATIVE',
            `${base}/${name}/${i}/quantity`,
            `A quantity of ${quantity} is below zero.`,
            'Write how much there is.',
            { quantity: String(quantity) },
          ),
        );
      }
      if (quantity === undefined && uom !== undefined) {
        problems.push(
          warning(
            'EPCIS_UNIT_WITHOUT_QUANTITY',
            `${base}/${name}/${i}/uom`,
            'A unit stands without a quantity.',
            'Add the quantity, or leave the unit out.',
            { uom },
          ),
        );
      }
    });
  }
  return problems;
}

/** Instances set and unset at once would cancel each other. */
export function judgePersistentDisposition(event: EpcisEvent, base: string): Problem[] {
  if (event.type !== 'ObjectEvent' && event.type !== 'TransformationEvent') return [];
  const unset = new Set(event.persistentDisposition?.unset);
  const both = event.persistentDisposition?.set?.find((word) => unset.has(word));
  return both === undefined
    ? []
    : [
        error(
          'EPCIS_DISPOSITION_SET_AND_UNSET',
          `${base}/persistentDisposition`,
          `"${both}" is set and unset in one event.`,
          'Keep one of the two.',
          { disposition: both },
        ),
      ];
}
