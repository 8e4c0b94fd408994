import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Deployment } from './deployment.js';

/** A person to be let into the console. */
export interface Person {
  email: string;
  name: string;
  jobTitle?: string;
  /** Account of their organisation. */
  organisation: string;
  roles: string[];
}

/** With what a person signs in. */
export interface SignIn extends Person {
  password: string;
}

/** People with passwords made by chance, for one deployment only. */
export const withPasswords = (people: readonly Person[]): SignIn[] =>
  people.map((person) => ({ ...person, password: randomBytes(15).toString('base64url') }));

const sessionSchema = z.object({ accessToken: z.string() });
const linkSchema = z.object({ link: z.string() });

/**
 * Gives people accounts as their organisations would: the first of each organisation by the operator's one-time link, the others by
 * an invitation of that first one, who must be its administrator where there are others. Who can sign in already is left as they are.
 */
export async function createAccounts(deployment: Deployment, people: readonly SignIn[]): Promise<void> {
  const organisations = [...new Set(people.map(({ organisation }) => organisation))];
  await Promise.all(
    organisations.map(async (organisation) => {
      const [first, ...others] = people.filter((person) => person.organisation === organisation);
      if (first === undefined) return;
      const accessToken =
        (await signedIn(deployment, first)) ?? (await accept(deployment, first, await deployment.invite(first)));
      for (const person of others) {
        if ((await signedIn(deployment, person)) !== undefined) continue;
        const { link } = linkSchema.parse(
          await post(deployment, '/invitations', accessToken, {
            email: person.email,
            roles: person.roles,
            jobTitle: person.jobTitle ?? '',
          }),
        );
        await accept(deployment, person, link);
      }
    }),
  );
}

async function signedIn(deployment: Deployment, { email, password }: SignIn): Promise<string | undefined> {
  const response = await fetch(new URL('/session', deployment.apiUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  return response.ok ? sessionSchema.parse(await response.json()).accessToken : undefined;
}

async function accept(deployment: Deployment, person: SignIn, link: string): Promise<string> {
  const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token');
  if (token === null) throw new Error(`the link for ${person.email} holds no token`);
  const { name, password } = person;
  const answer = await post(deployment, '/invitations/accept', undefined, { token, name, password });
  return sessionSchema.parse(answer).accessToken;
}

async function post(
  deployment: Deployment,
  address: string,
  accessToken: string | undefined,
  body: object,
): Promise<unknown> {
  const response = await fetch(new URL(address, deployment.apiUrl), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${address} was answered with ${response.status}: ${await response.text()}`);
  return response.json();
}
