// The rooms of the command line that programs use: making a consortium. The processes of a deployment: ./cluster.
export { initialiseConsortium, type ConsortiumRequest, type MadeConsortium } from './init/initialise-consortium.js';
export { inventedMembers, membersSchema, type Member, type Members } from './init/members.js';
