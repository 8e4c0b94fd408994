import { isAccountName, ORGANISATION_CLASSES } from '@waymark/ledger/chain';
import { z } from 'zod';

const nodeName = z
  .string()
  .regex(/^(?=.{1,32}$)[a-z0-9]+([.-][a-z0-9]+)*$/, '1 to 32 of a-z and 0-9, with single - or . inside');

const memberSchema = z
  .object({
    account: z.string().refine(isAccountName, '3 to 32 of a-z and 0-9, with single - or . inside'),
    name: z.strictObject({ en: z.string().min(1).max(200), 'zh-CN': z.string().min(1).max(200) }),
    role: z.enum(['company', 'regulator']),
    /** What it is in the chain of supply; left out: a producer, or a regulator by its role. */
    class: z.enum(ORGANISATION_CLASSES).optional(),
    /** ISO 3166-1 alpha-2. */
    jurisdiction: z
      .string()
      .regex(/^[A-Z]{2}$/, 'two capital letters')
      .optional(),
    /** GS1 company prefixes, digits only. */
    companyPrefixes: z.array(z.string().regex(/^[0-9]{4,12}$/, '4 to 12 digits')).default([]),
    /** The validator that this organisation runs, if it runs one. */
    node: z
      .strictObject({
        name: nodeName,
        class: z.enum(['regulator', 'nominated', 'elected']),
        /** May it propose blocks? Regulators do not. */
        proposer: z.boolean(),
      })
      .optional(),
  })
  .refine(({ role, node }) => node === undefined || (node.class === 'regulator') === (role === 'regulator'), {
    path: ['node', 'class'],
    message: 'a regulator runs a node of class "regulator", a company one of class "nominated" or "elected"',
  });

/**
 * The members file: who founds the consortium. A list of organisations; fields that `init` does not know (a sample's list
 * of places) are left alone. What stands between members (prefixes, names, seats) is checked by the ledger's genesis rules.
 */
export const membersSchema = z
  .array(memberSchema)
  .min(1)
  .refine((members) => members.some(({ node }) => node !== undefined), 'at least one member runs a node');

export type Members = z.infer<typeof membersSchema>;
export type Member = Members[number];

/** GS1's prefix for demonstrations. */
const DEMONSTRATION_PREFIX = '952';
/** Seats in a committee (consensus.md 2.4). */
const NODES_MAX = 31;

/**
 * Invented members for a quick start: one node each; from four on, the last is a regulator (R <= f), the others are
 * companies with a demonstration prefix each, and propose.
 * @throws RangeError when `nodes` is not 1 to 31
 */
export function inventedMembers(nodes: number): Members {
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > NODES_MAX)
    throw new RangeError(`A consortium has 1 to ${NODES_MAX} validators, not ${nodes}.`);
  return Array.from({ length: nodes }, (_, index) => {
    const number = index + 1;
    const regulator = nodes >= 4 && number === nodes;
    return regulator
      ? {
          account: 'regulator',
          name: { en: 'Regulator', 'zh-CN': '监管机构' },
          role: 'regulator',
          companyPrefixes: [],
          node: { name: 'regulator', class: 'regulator', proposer: false },
        }
      : {
          account: `company-${number}`,
          name: { en: `Company ${number}`, 'zh-CN': `企业 ${number}` },
          role: 'company',
          companyPrefixes: [`${DEMONSTRATION_PREFIX}1${String(number).padStart(3, '0')}`],
          node: { name: `node-${number}`, class: 'nominated', proposer: true },
        };
  });
}
