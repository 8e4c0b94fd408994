import type { OperatorNodes } from '../../../client/api.schemas.js';
import classes from '../consortium.module.css';
import { Part } from '../facts.js';
import { useWords } from '../words.js';

const BLOCKS = 30;

/** Who signed the certificates of the last blocks: a row for each member, a square for each block. */
export function Signatures({ answer }: { readonly answer: OperatorNodes }) {
  const { t } = useWords();
  const blocks = answer.signatures
    .flatMap(({ signers, height }) => (signers === null ? [] : [{ height, signers }]))
    .slice(-BLOCKS);
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined || answer.committee.length < 2) return null;
  return (
    <Part title={t('signed.title')} text={t('signed.text', { quorum: answer.quorum, total: answer.validators })}>
      <div
        className={`${classes['card'] ?? ''} ${classes['scroll'] ?? ''}`}
        tabIndex={0}
        role="region"
        aria-label={t('signed.title')}
      >
        <table className={classes['matrix']}>
          <thead>
            <tr>
              <th scope="col">{t('signed.member')}</th>
              <th scope="col">{t('signed.blocks', { from: first.height, to: last.height })}</th>
              <th scope="col">{t('blocks.signers')}</th>
            </tr>
          </thead>
          <tbody>
            {answer.committee.map((member) => {
              const signed = blocks.filter(({ signers }) => signers.includes(member)).length;
              return (
                <tr key={member}>
                  <th scope="row">{member}</th>
                  <td>
                    <span className={classes['squares']} aria-hidden>
                      {blocks.map(({ height, signers }) => (
                        <span
                          key={height}
                          className={classes['square']}
                          data-signed={signers.includes(member)}
                          title={`${height}: ${t(signers.includes(member) ? 'signed.yes' : 'signed.no')}`}
                        />
                      ))}
                    </span>
                  </td>
                  <td>
                    {t('signed.share', { share: Math.round((100 * signed) / blocks.length), count: blocks.length })}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Part>
  );
}
