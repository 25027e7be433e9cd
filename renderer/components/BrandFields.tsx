/** Brand and model of the scanner; the brand decides which labels are shown later. */
import { useText } from '../i18n/use-text.ts';
import { readLine } from '../read-typed.ts';
import { useWizard } from '../use-wizard.ts';
import { Field } from './Field.tsx';

export function BrandFields() {
  const t = useText();
  const { brands, device, answer } = useWizard(({ info, setUp, answer }) => ({
    brands: info?.brands,
    device: setUp?.profile.devices[0],
    answer,
  }));
  const alter = (patch: { readonly brand?: string | null; readonly model?: string | null }) =>
    answer({ devices: [{ name: '', address: '', brand: null, model: null, ...device, ...patch }] });
  const brand = device?.brand ?? '';
  // The card for any other device is what the first choice stands for.
  const names = [...new Set((brands ?? []).filter(({ id }) => id !== 'generic').map((card) => card.brand))];
  return (
    <div className="fields">
      <label className="field">
        <span className="field-label">{t('Brand')}</span>
        <select className="input" value={brand} onChange={(event) => alter({ brand: event.target.value || null })}>
          <option value="">{t('I do not know, or another one')}</option>
          {brand !== '' && !names.includes(brand) && <option value={brand}>{brand}</option>}
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Field
        id="scanner-model"
        label={t('Model')}
        optional={t('optional')}
        value={device?.model ?? ''}
        read={readLine(100)}
        problem=""
        onValue={(model) => alter({ model: model === '' ? null : model })}
      />
    </div>
  );
}
