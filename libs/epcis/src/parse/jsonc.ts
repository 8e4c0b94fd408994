import * as namespace from 'jsonc-parser';

type Jsonc = typeof namespace;

/** Node sees the package's CommonJS form as one default export, a bundler its ES module by name: the same functions. */
export const jsonc: Jsonc = 'createScanner' in namespace ? namespace : Reflect.get(namespace, 'default');
