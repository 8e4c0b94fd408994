import { describe, expect, it } from '@jest/globals';
import { ledgerProblem } from './job-problems.js';

const remark = (code: string) => ({ body: 0, code, pointer: '', facts: {} });

describe('what the ledger says of a body', () => {
  it('never says of a remark that it was refused, or has to be corrected', () => {
    for (const code of [
      'PROVENANCE_IDENTIFIER_NOT_GS1',
      'GS1_EPC_URN_MALFORMED',
      'GS1_DIGITAL_LINK_MALFORMED',
      'GS1_CHECK_DIGIT_WRONG',
      'PROVENANCE_RULE_OF_TOMORROW',
    ]) {
      const { detail, howToFix } = ledgerProblem(remark(code), [], 'warning');
      expect(`${detail} ${howToFix}`).not.toMatch(/refused|correct what/);
    }
  });

  it('says of a refusal without words of its own that it is one', () => {
    expect(ledgerProblem(remark('PROVENANCE_RULE_OF_TOMORROW'), [], 'error').detail).toMatch(/refused/);
  });
});
