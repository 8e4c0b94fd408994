/** Nest tokens of what is built before the modules and handed in. */
export const DATABASE = Symbol('DataSource');
export const QUEUES = Symbol('Queues');
