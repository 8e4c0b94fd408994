import { parseCommandArgs, pathFrom, type Command } from '../command.js';
import { languageOf, printable } from '../language.js';
import { loadTrust } from './trust-file.js';

/** `waymark trust`: the fingerprint that people compare, and whom the file makes them trust. */
export const trustCommand: Command = async (args, surroundings) => {
  const { values, positionals } = parseCommandArgs(args, { lang: { type: 'string' } }, ['trust.json']);
  const { trust, fingerprint } = loadTrust(pathFrom(surroundings, positionals[0] as string));
  const language = languageOf(values.lang, surroundings.env);
  const [chain, validators] = language === 'en' ? ['Chain', 'Validators'] : ['链', '验证节点'];
  surroundings.out(
    [
      fingerprint,
      `${chain}: ${printable(trust.chainId)} (${trust.genesisHash})`,
      `${validators}:`,
      ...trust.committee.members.map(({ memberId }) => {
        const name = trust.validatorNames[memberId]?.[language];
        return `  ${name === undefined ? memberId : printable(name)}`;
      }),
      '',
    ].join('\n'),
  );
  return 0;
};
