import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import {
  canonicalId,
  checkCharacterPair,
  checkDigit,
  companyPrefixMatches,
  epcUrnOf,
  gs1KeyOf,
  hasValidCheckDigit,
  judgeIdentifier,
  parseDigitalLinkPath,
  parseDigitalLinkUri,
  shortName,
} from './index.js';

describe('check digits', () => {
  it.each(['96385074', '614141123452', '9521234543213', '09521234543213', '095212340000000013'])(
    '%s is right',
    (digits) => {
      expect(hasValidCheckDigit(digits)).toBe(true);
      const wrong = digits.slice(0, -1) + String((Number(digits.slice(-1)) + 1) % 10);
      expect(hasValidCheckDigit(wrong)).toBe(false);
    },
  );

  it('are none for what is no number', () => {
    expect(checkDigit('95212x')).toBeUndefined();
    expect(checkDigit('')).toBeUndefined();
    expect(hasValidCheckDigit('5')).toBe(false);
  });

  it('of a Global Model Number are two characters (example of the General Specifications)', () => {
    expect(checkCharacterPair('1987654Ad4X4bL5ttr2310c')).toBe('2K');
    expect(checkCharacterPair('1987é')).toBeUndefined();
  });
});

/** EPC URN, company prefix, canonical Digital Link. */
const PAIRS: [string, string, string][] = [
  ['urn:epc:id:sgtin:4012345.011111.98%22', '4012345', 'https://id.gs1.org/01/04012345111118/21/98%22'],
  [
    'urn:epc:id:sgtin:0614141.812345.6789%2F%26%25%22!%3F()',
    '0614141',
    'https://id.gs1.org/01/80614141123458/21/6789%2F%26%25%22%21%3F%28%29',
  ],
  ['urn:epc:id:sgtin:415056789012.0.987654', '415056789012', 'https://id.gs1.org/01/04150567890128/21/987654'],
  ['urn:epc:class:lgtin:4012345.012345.Lot987', '4012345', 'https://id.gs1.org/01/04012345123456/10/Lot987'],
  ['urn:epc:idpat:sgtin:4012345.012345.*', '4012345', 'https://id.gs1.org/01/04012345123456'],
  ['urn:epc:id:upui:1234567.098765.51qIgY', '1234567', 'https://id.gs1.org/01/01234567987651/235/51qIgY'],
  ['urn:epc:id:sscc:4012345.0000000333', '4012345', 'https://id.gs1.org/00/040123450000003338'],
  ['urn:epc:id:sgln:4012345.00005.122', '4012345', 'https://id.gs1.org/414/4012345000054/254/122'],
  ['urn:epc:id:sgln:4012345.00005.0', '4012345', 'https://id.gs1.org/414/4012345000054'],
  ['urn:epc:id:pgln:999999999999.', '999999999999', 'https://id.gs1.org/417/9999999999994'],
  ['urn:epc:id:grai:4012345.00022.334455', '4012345', 'https://id.gs1.org/8003/04012345000221334455'],
  ['urn:epc:idpat:grai:4012345.99999.*', '4012345', 'https://id.gs1.org/8003/04012345999990'],
  ['urn:epc:id:giai:4012345.ABC345', '4012345', 'https://id.gs1.org/8004/4012345ABC345'],
  ['urn:epc:id:gsrn:4012345.0000006765', '4012345', 'https://id.gs1.org/8018/401234500000067657'],
  ['urn:epc:id:gsrnp:4012345.0000000007', '4012345', 'https://id.gs1.org/8017/401234500000000074'],
  ['urn:epc:id:gdti:4012345.00009.PO-4711', '4012345', 'https://id.gs1.org/253/4012345000092PO-4711'],
  ['urn:epc:idpat:gdti:4012345.11111.*', '4012345', 'https://id.gs1.org/253/4012345111118'],
  ['urn:epc:id:ginc:0614141.xyz47%2F11', '0614141', 'https://id.gs1.org/401/0614141xyz47%2F11'],
  ['urn:epc:id:gsin:4012345.222333444', '4012345', 'https://id.gs1.org/402/40123452223334442'],
];
const ONE_WAY: [string, string][] = [
  [
    'urn:epc:id:cpi:0614141.11111111111111-A%23%2F.1234',
    'https://id.gs1.org/8010/061414111111111111111-A%23%2F/8011/1234',
  ],
  ['urn:epc:idpat:cpi:4012345.AB12.*', 'https://id.gs1.org/8010/4012345AB12'],
  ['urn:epc:id:sgcn:4012345.99999.44', 'https://id.gs1.org/255/401234599999044'],
  ['urn:epc:id:itip:4012345.011111.01.02.987', 'https://id.gs1.org/8006/040123451111180102/21/987'],
  ['urn:epc:idpat:itip:4012345.012345.01.02.*', 'https://id.gs1.org/8006/040123451234560102'],
  ['http://example.de/gtin-8/01/97803111', 'https://id.gs1.org/01/00000097803111'],
  ['http://brand.example/01/001122334455/ser/GHB', 'https://id.gs1.org/01/00001122334455/21/GHB'],
  [
    'https://id.gs1.org/01/09780345418913/22/344/10/1223/21/765tz?11=221109#x',
    'https://id.gs1.org/01/09780345418913/21/765tz',
  ],
  ['https://example.co.uk/shop/party/4226350800008/', 'https://id.gs1.org/417/4226350800008'],
  ['https://brand.example:8443/01/9521234543213/10/a%2fb', 'https://id.gs1.org/01/09521234543213/10/a%2Fb'],
];

describe('one form for every identifier', () => {
  it.each(PAIRS)('%s both ways', (urn, prefix, link) => {
    expect(canonicalId(urn)).toBe(link);
    expect(canonicalId(link)).toBe(link);
    expect(epcUrnOf(link, prefix)).toBe(urn);
    expect(epcUrnOf(urn, prefix)).toBe(urn);
  });

  it.each(ONE_WAY)('%s', (uri, canonical) => {
    expect(canonicalId(uri)).toBe(canonical);
    expect(canonicalId(canonical)).toBe(canonical);
  });

  it.each([
    'urn:epc:id:sscc:08600031303.0005',
    'urn:epc:id:sgtin:0614141.12345.1',
    'urn:gdst:example.org:location:loc:farm.1u',
    'urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8',
    'geo:42.698334,23.319941',
    'https://example.org/01/97803',
    'https://example.org/abc/9780345418913',
    'https://id.gs1.org/01/09780345418913/21/x/10/y',
    'https://id.gs1.org/8006/040123451111180300/21/987',
    'https://id.gs1.org/01/09780345418913/10/%E9',
  ])('%s stays as it is', (uri) => expect(canonicalId(uri)).toBe(uri));

  it('has no URN for a prefix that is not its own', () => {
    expect(epcUrnOf('https://id.gs1.org/01/04012345111118/21/9', '4012346')).toBeUndefined();
    expect(epcUrnOf('geo:1,2', '4012345')).toBeUndefined();
  });
});

describe('the path of a Digital Link', () => {
  const codeOf = (path: string) => {
    const result = parseDigitalLinkPath(path);
    return result.ok ? result.link.canonical : result.problem.code;
  };

  it('is read with its qualifiers', () => {
    const result = parseDigitalLinkPath('/01/9521234543213/22/2A/10/L%2F1/21/S%2B1/');
    expect(result.ok && result.link).toMatchObject({
      gtin: '09521234543213',
      variant: '2A',
      lot: 'L/1',
      serial: 'S+1',
      canonical: 'https://id.gs1.org/01/09521234543213/21/S%2B1',
    });
    const sscc = parseDigitalLinkPath('/00/095212340000000013');
    expect(sscc.ok && sscc.link.sscc).toBe('095212340000000013');
    const place = parseDigitalLinkPath('/414/9521234000013/254/dock%201');
    expect(place.ok ? 'ok' : place.problem.code).toBe('GS1_DIGITAL_LINK_VALUE_INVALID');
  });

  it.each([
    ['/', 'GS1_DIGITAL_LINK_KEY_MISSING'],
    ['/about', 'GS1_DIGITAL_LINK_KEY_MISSING'],
    ['/10/L1', 'GS1_DIGITAL_LINK_KEY_MISSING'],
    ['/shop/01/9521234543213', 'GS1_DIGITAL_LINK_KEY_MISSING'],
    ['/01', 'GS1_DIGITAL_LINK_INCOMPLETE'],
    ['/01/9521234543213/10', 'GS1_DIGITAL_LINK_INCOMPLETE'],
    ['/01/9521234543213/99/x', 'GS1_DIGITAL_LINK_QUALIFIER_UNKNOWN'],
    ['/00/095212340000000013/10/x', 'GS1_DIGITAL_LINK_QUALIFIER_UNKNOWN'],
    ['/01/9521234543213/21/x/10/y', 'GS1_DIGITAL_LINK_QUALIFIER_ORDER'],
    ['/01/9521234543213/10/x/10/y', 'GS1_DIGITAL_LINK_QUALIFIER_ORDER'],
    ['/01/9521234543213/10/x/235/y', 'GS1_DIGITAL_LINK_QUALIFIER_ORDER'],
    ['/01/952123454321', 'GS1_CHECK_DIGIT_WRONG'],
    ['/01/9521234543214', 'GS1_CHECK_DIGIT_WRONG'],
    ['/01/95212345432134x', 'GS1_DIGITAL_LINK_VALUE_INVALID'],
    ['/01/9521234543213/10/123456789012345678901', 'GS1_DIGITAL_LINK_VALUE_INVALID'],
    ['/01/9521234543213/10/%zz', 'GS1_DIGITAL_LINK_VALUE_INVALID'],
  ])('%s gives %s', (path, code) => expect(codeOf(path)).toBe(code));
});

describe('judging an identifier', () => {
  it('refuses a wrong check digit and says the right one', () => {
    expect(judgeIdentifier('https://shop.example/01/09521234543214/21/1')).toMatchObject({
      code: 'GS1_CHECK_DIGIT_WRONG',
      severity: 'error',
      facts: { expected: '3' },
    });
    expect(judgeIdentifier('https://id.gs1.org/8013/1987654Ad4X4bL5ttr2310c2X')).toMatchObject({
      facts: { expected: '2K' },
    });
  });

  it('warns of an EPC URN that is malformed', () => {
    expect(judgeIdentifier('urn:epc:id:sscc:08600031303.0005')).toMatchObject({
      code: 'GS1_EPC_URN_MALFORMED',
      severity: 'warning',
    });
    expect(judgeIdentifier('https://id.gs1.org/shoe/42')).toMatchObject({
      code: 'GS1_DIGITAL_LINK_MALFORMED',
      severity: 'warning',
    });
  });

  it.each([
    'urn:epc:id:sgln:4012345.00005.0',
    'https://id.gs1.org/01/09521234543213',
    'https://example.org/x',
    'urn:x:y',
  ])('finds nothing wrong with %s', (uri) => expect(judgeIdentifier(uri)).toBeUndefined());
});

describe('company prefixes', () => {
  it.each([
    ['urn:epc:id:sgtin:9521234.812345.1', true],
    ['https://id.gs1.org/01/89521234123452', true],
    ['urn:epc:id:sscc:9521234.3000000001', true],
    ['urn:epc:id:sgln:9521234.00001.0', true],
    ['urn:epc:id:pgln:9521234.00001', true],
    ['urn:epc:id:grai:9521234.00022.1', true],
    ['urn:epc:id:giai:9521234.A', true],
    ['urn:epc:id:sgtin:9521235.812345.1', false],
    ['https://id.gs1.org/00/952123430000000018', false],
    ['urn:gdst:9521234', false],
  ])('%s belongs to 9521234: %s', (id, expected) => expect(companyPrefixMatches(id, '9521234')).toBe(expected));

  it('are digits', () => {
    expect(companyPrefixMatches('urn:epc:id:sgln:9521234.00001.0', '')).toBe(false);
    const key = gs1KeyOf('urn:epc:id:sgtin:9521234.812345.1');
    expect([key?.ai, key?.fromPrefix.slice(0, 12)]).toEqual(['01', '952123412345']);
  });
});

describe('any text', () => {
  it('is judged and named without an error, and the canonical form is its own', () => {
    const pieces = [
      'urn:epc:id:',
      'sgtin:',
      'https://',
      'id.gs1.org',
      '/01/',
      '/21/',
      '9521234',
      '.',
      '%',
      '%2F',
      '*',
      ':',
    ];
    const mixed = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          mixed.map((parts) => parts.join('')),
        ),
        (id) => {
          judgeIdentifier(id);
          parseDigitalLinkPath(id);
          return typeof shortName(id) === 'string' && canonicalId(canonicalId(id)) === canonicalId(id);
        },
      ),
    );
  });

  it('does not hang on a path made to be slow (once 25 seconds for 180 KB)', () => {
    for (const part of ['/01', '/01/95212345', '/10/x']) {
      const uri = `https://x${part.repeat(60_000)}y`;
      expect(canonicalId(uri) === uri).toBe(true);
    }
  });
});

describe('short names', () => {
  it.each([
    ['urn:epc:class:lgtin:9521005.000101.CAN-2510-30', '9521005001010 · CAN-2510-30'],
    ['https://id.gs1.org/01/09521005001010', '9521005001010'],
    ['urn:epc:id:sscc:9521005.0000000101', `SSCC …${canonicalId('urn:epc:id:sscc:9521005.0000000101').slice(-6)}`],
    ['urn:epc:id:sgln:9521005.00010.0', 'GLN 9521005000105'],
    ['urn:epc:id:sgln:9521005.00010.D1', 'GLN 9521005000105 · D1'],
    ['urn:gdst:example.org:product:lot:class:feedmill.1u.ff11252021', 'feedmill.1u.ff11252021'],
    ['https://example.org/things/42?x=1', '42'],
  ])('%s is %s', (id, name) => expect(shortName(id)).toBe(name));

  it('reads a Digital Link wherever it lies', () => {
    expect(parseDigitalLinkUri('https://a.example/b/c/01/9521234543213')?.gtin).toBe('09521234543213');
    expect(parseDigitalLinkUri('ftp://a.example/01/9521234543213')).toBeUndefined();
  });
});
