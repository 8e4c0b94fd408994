/** Version of this page, the same as in package.json (a spec holds the two together). */
export const CONSOLE_VERSION = '0.1.0';
