import type { DigitalLink } from '@waymark/epcis/gs1';
import type { Product } from '../product.query.js';
import type { TraceAnswer } from '../trace.query.js';
import type { ItemLinks } from './links.js';

/** The item as JSON-LD in the words of the GS1 Web Vocabulary and schema.org, with the steps of its trace. */
export function describeItem(link: DigitalLink, trace: TraceAnswer, links: ItemLinks): object {
  const name =
    trace.names[trace.item] ??
    (link.gtin === undefined ? undefined : trace.names[`https://id.gs1.org/01/${link.gtin}`]);
  return {
    '@context': {
      gs1: 'https://ref.gs1.org/voc/',
      schema: 'https://schema.org/',
      epcis: 'https://ref.gs1.org/epcis/',
      name: { '@id': 'schema:name', '@container': '@language' },
      steps: { '@id': 'gs1:traceability', '@container': '@list' },
      time: { '@id': 'epcis:eventTime', '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' },
      place: { '@id': 'epcis:bizLocation', '@type': '@id' },
      bizStep: 'epcis:bizStep',
      signer: 'schema:provider',
      evidence: { '@id': 'gs1:certificationInfo', '@type': '@id' },
      page: { '@id': 'gs1:pip', '@type': '@id' },
    },
    '@id': trace.item,
    '@type': link.gtin === undefined ? 'schema:Thing' : 'gs1:Product',
    ...(name !== undefined && { name }),
    ...(link.gtin !== undefined && { 'gs1:gtin': link.gtin }),
    ...(link.lot !== undefined && { 'gs1:hasBatchLotNumber': link.lot }),
    ...(link.serial !== undefined && { 'gs1:hasSerialNumber': link.serial }),
    ...(link.sscc !== undefined && { 'gs1:sscc': link.sscc }),
    page: links.target('gs1:defaultLink'),
    evidence: links.target('gs1:certificationInfo'),
    steps: trace.steps.map((step) => ({
      '@id': step.eventID ?? step.step,
      kind: step.kind,
      time: step.time,
      ...(step.bizStep !== undefined && { bizStep: step.bizStep }),
      ...(step.place !== undefined && { place: step.place, placeName: trace.names[step.place] }),
      signer: step.signer,
      signerName: trace.organisations[step.signer],
    })),
    truncated: trace.truncated,
  };
}

/** A product (GTIN without lot or serial) as JSON-LD, with the lots and units that the asker may see. */
export function describeProduct(product: Product, links: ItemLinks): object {
  return {
    '@context': {
      gs1: 'https://ref.gs1.org/voc/',
      schema: 'https://schema.org/',
      name: { '@id': 'schema:name', '@container': '@language' },
      items: { '@id': 'schema:hasVariant', '@type': '@id' },
      page: { '@id': 'gs1:pip', '@type': '@id' },
    },
    '@id': product.id,
    '@type': 'gs1:Product',
    ...(product.name !== undefined && { name: product.name }),
    'gs1:gtin': product.gtin,
    page: links.target('gs1:defaultLink'),
    items: product.items,
    truncated: product.truncated,
  };
}
