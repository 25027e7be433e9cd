/** A line of a form that is kept as a whole: what is typed is told to the form, and explained where it cannot be meant. */
import { Field as BaseField } from '@base-ui/react/field';
import { useState } from 'react';
import { useText } from '../i18n/use-text.ts';

type LineFieldProps = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** What to write instead; null when it can be read. */
  readonly problem?: string | null;
  /** Said also before the field was left, as when the form was to be kept. */
  readonly shown?: boolean;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly type?: 'text' | 'date';
  readonly wide?: boolean;
};

export function LineField(props: LineFieldProps) {
  const {
    id,
    label,
    value,
    onValue,
    problem = null,
    shown = false,
    hint,
    optional = false,
    type = 'text',
    wide = false,
  } = props;
  const t = useText();
  const [left, setLeft] = useState(false);
  const wrong = (left || shown) && problem !== null;
  return (
    <BaseField.Root className={wide ? 'field field-wide' : 'field'} invalid={wrong}>
      <div className="field-head">
        <BaseField.Label className="field-label" htmlFor={id}>
          {label}
        </BaseField.Label>
        {optional && <span className="field-optional">{t('may be left empty')}</span>}
      </div>
      <BaseField.Control
        id={id}
        type={type}
        className="input"
        value={value}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => onValue(event.target.value)}
        onBlur={() => setLeft(true)}
      />
      {hint && <BaseField.Description className="field-hint">{hint}</BaseField.Description>}
      <BaseField.Error className="field-problem" match={wrong}>
        {problem}
      </BaseField.Error>
    </BaseField.Root>
  );
}
