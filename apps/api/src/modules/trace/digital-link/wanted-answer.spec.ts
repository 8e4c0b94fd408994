import { describe, expect, it } from '@jest/globals';
import { linksOf } from './links.js';
import { wantedAnswer } from './wanted-answer.js';

const form = (search: string, accept?: string) => {
  const wanted = wantedAnswer(search, accept);
  return wanted.form === 'redirect' ? `redirect ${wanted.linkType}` : wanted.form;
};

describe('what the reader of a code wants', () => {
  it.each([
    [undefined, 'redirect gs1:defaultLink'],
    ['*/*', 'redirect gs1:defaultLink'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'redirect gs1:defaultLink'],
    ['application/ld+json', 'description'],
    ['application/json', 'description'],
    ['text/html;q=0.5, application/linkset+json', 'linkset'],
  ])('Accept: %s', (accept, expected) => {
    expect(form('', accept)).toBe(expected);
  });

  it.each([
    ['linkset', 'linkset'],
    ['all', 'linkset'],
    ['gs1:pip', 'redirect gs1:pip'],
    ['https://gs1.org/voc/traceability', 'redirect gs1:traceability'],
    ['traceability', 'redirect gs1:traceability'],
  ])('linkType=%s goes before Accept', (linkType, expected) => {
    expect(form(`linkType=${encodeURIComponent(linkType)}`, 'application/ld+json')).toBe(expected);
  });

  it('refuses what it does not have', () => {
    expect(() => wantedAnswer('linkType=gs1:recipeInfo', undefined)).toThrow();
    expect(() => wantedAnswer('', 'image/png')).toThrow();
  });
});

describe('links', () => {
  it('pass the query string on, without the link type', () => {
    const links = linksOf({
      path: '/01/09521005001010',
      search: 'linkType=gs1:pip&17=271231',
      id: 'https://id.gs1.org/01/09521005001010',
      apiUrl: 'http://api',
      scanUrl: 'http://scan',
    });
    expect(links.target('gs1:defaultLink')).toBe('http://scan/01/09521005001010?17=271231');
  });
});
