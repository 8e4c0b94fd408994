// Documents for the pictures: what a cannery writes down on two days. Times and numbers are fixed, so that pictures stay alike.
const place = { id: 'urn:epc:id:sgln:9521005.00010.0' };
const sscc = 'urn:epc:id:sscc:9521005.0000000301';
const event = (type, eventTime, fields) => ({
  type,
  eventTime,
  eventTimeZoneOffset: '+08:00',
  readPoint: place,
  bizLocation: place,
  ...fields,
});
const quantity = (number, cans) => [{ epcClass: `urn:epc:class:lgtin:9521005.000101.${number}`, quantity: cans }];

export const epcis = (...eventList) => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-14T08:00:00.000+08:00',
  epcisBody: { eventList },
});

export const lot = {
  made: (number, cans) =>
    event('ObjectEvent', '2026-01-12T09:00:00.000+08:00', {
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'active',
      quantityList: quantity(number, cans),
    }),
  packed: (number, cans) =>
    event('AggregationEvent', '2026-01-12T16:30:00.000+08:00', {
      action: 'ADD',
      bizStep: 'packing',
      disposition: 'in_progress',
      parentID: sscc,
      childQuantityList: quantity(number, cans),
    }),
};

export const shippingUnit = {
  shipped: () =>
    event('ObjectEvent', '2026-01-14T07:30:00.000+08:00', {
      action: 'OBSERVE',
      bizStep: 'shipping',
      disposition: 'in_transit',
      epcList: [sscc],
    }),
};
