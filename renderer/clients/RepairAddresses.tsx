/** What becomes of each address: added, kept, or taken away on wish. */
import { useState } from 'react';
import type { Repair } from '../../core/clients/repair.ts';
import { say } from '../../core/text.ts';
import { TableFrame } from '../components/TableFrame.tsx';
import { useText } from '../i18n/use-text.ts';

type RepairAddressesProps = {
  readonly repair: Repair;
  /** Resolves when the repair has been worked out anew, or could not be. */
  readonly onTakeAway: (addresses: readonly string[]) => Promise<void>;
};

export function RepairAddresses({ repair, onTakeAway }: RepairAddressesProps) {
  const t = useText();
  const { add, keep, takeAway, mayTakeAway } = repair;
  /** Wished just now, until the repair has been worked out with it. */
  const [wished, setWished] = useState<readonly string[] | null>(null);
  const wish = async (addresses: readonly string[]) => {
    setWished(addresses);
    await onTakeAway(addresses);
    setWished(null);
  };
  const rows = [
    ...add.map((address) => ({ address, word: say('is added') })),
    ...keep.map((address) => ({ address, word: say('stays') })),
    ...takeAway.map((address) => ({ address, word: say('is taken away') })),
  ];
  if (rows.length === 0) return <p>{t('No address is known yet. Enter one, or look again in the office.')}</p>;
  return (
    <section className="card stack" aria-labelledby="repair-addresses">
      <h2 id="repair-addresses">{t('The addresses of {domain}', { domain: repair.domain })}</h2>
      <TableFrame label={t('The addresses of {domain}', { domain: repair.domain })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('Address')}</th>
              <th scope="col">{t('What becomes of it')}</th>
              <th scope="col">{t('On wish')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ address, word }) => (
              <tr key={address}>
                <th scope="row" className="mono whole">
                  {address}
                </th>
                <td>{t(word)}</td>
                <td>
                  {mayTakeAway.includes(address) ? (
                    <label className="tick">
                      <input
                        type="checkbox"
                        checked={(wished ?? takeAway).includes(address)}
                        onChange={(event) => {
                          void wish(
                            event.target.checked ? [...takeAway, address] : takeAway.filter((one) => one !== address),
                          );
                        }}
                      />
                      <span>{t('Take {address} away; no office was seen with it lately', { address })}</span>
                    </label>
                  ) : (
                    t('nothing')
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </section>
  );
}
