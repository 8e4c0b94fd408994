import { describe, expect, it } from '@jest/globals';
import { checkNewPassword, hashPassword, isPassword, passwordFault } from './passwords.js';

describe('passwords', () => {
  it.each([
    ['short', 'too-short'],
    ['elevenchars', 'too-short'],
    ['x'.repeat(201), 'too-long'],
    ['aaaaaaaaaaaaaaa', 'too-plain'],
    ['abababababab', 'too-plain'],
    ['123456789012', 'too-plain'],
    ['abcdefghijklmn', 'too-plain'],
    ['210987654321', 'too-plain'],
    ['Password1234!', 'common'],
    ['P@ssw0rd2026!', 'common'],
    ['passw0rd2026!', 'common'],
    ['qwertyuiop12', 'common'],
    ['Welcome-Admin-1', 'common'],
    ['Waymark2026!!', 'common'],
    ['lin.weiwei2026', 'about-you'],
    ['harbour lantern copper otter', undefined],
    ['p@$sw0rd-p@$sw0rd', 'common'],
    ['adm1nistr4t0r2026', 'common'],
    ['海港灯塔铜壶水獭北风旧船票', undefined],
  ])('%s: %s', (text, fault) => {
    expect(passwordFault(text, ['lin.weiwei'])).toBe(fault);
  });

  it('says what to do instead', () => {
    expect(() => checkNewPassword('Password1234!', [])).toThrow(/everybody uses/);
    expect(() => checkNewPassword('harbour lantern copper otter', [])).not.toThrow();
  });

  it('are kept as argon2id, salted, and told apart', async () => {
    const [one, two] = await Promise.all([hashPassword('harbour lantern'), hashPassword('harbour lantern')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await isPassword(one, 'harbour lantern')).toBe(true);
    expect(await isPassword(one, 'harbour lanterm')).toBe(false);
    expect(await isPassword(null, 'the password of an account that is not there')).toBe(false);
  });
});
