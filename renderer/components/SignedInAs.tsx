/** Who is signed in, to which organisation, and the way out. */
import type { Account } from '../../core/calls/microsoft.ts';
import { useText } from '../i18n/use-text.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

type SignedInAsProps = { readonly account: Account; readonly onSignOut: () => void };

export function SignedInAs({ account: { username, tenant }, onSignOut }: SignedInAsProps) {
  const t = useText();
  return (
    <>
      <span className="row">
        <Icon name="person" size={26} />
        <span>
          <strong>{username}</strong>{' '}
          <span className="quiet">
            {t('Signed in to {tenant}', { tenant: tenant.name ?? tenant.initialDomain ?? tenant.id })}
          </span>
        </span>
      </span>
      <Button kind="plain" onClick={onSignOut}>
        {t('Sign out')}
      </Button>
    </>
  );
}
