/** Version of the product, the same as in package.json (a spec holds the two together). */
export const PRODUCT_VERSION = '0.1.0';
