/** Version of the node program, told by `status`. */
export const NODE_VERSION = '0.1.0';
