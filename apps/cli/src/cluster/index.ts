// The processes of a deployment on one machine: shared by the demo and by the end-to-end tests.
export { BoundedLog } from './bounded-log.js';
export { ManagedProcess, ProcessFailed, type ProcessPlan } from './managed-process.js';
export { freePort, freePortBase, portIsFree, portPlan, type PortPlan } from './ports.js';
export { EmbeddedPostgres, type PostgresPlan } from './postgres.js';
export { Deployment, type DeploymentPlan, type NetworkNode } from './deployment.js';
export { createAccounts, type Person, type SignIn, withPasswords } from './sign-ins.js';
export { prepareConsortium, type ConsortiumPlan } from './consortium.js';
