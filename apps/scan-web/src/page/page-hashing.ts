/** The one hash function of the page and its server: noble, because over plain http a phone has no WebCrypto. */
export { portableHashing as pageHashing } from '@waymark/light-client';
