/** One of several, as cards that say what each means. */
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { useId, type ReactNode } from 'react';

type Option = { readonly value: string; readonly title: string; readonly text?: ReactNode };
type ChoiceProps = {
  readonly label: string;
  readonly id?: string;
  readonly options: readonly Option[];
  readonly value: string;
  readonly onValue: (value: string) => void;
};

export function Choice({ label, id, options, value, onValue }: ChoiceProps) {
  const labelId = useId();
  return (
    <div className="choice">
      <p id={labelId} className="field-label">
        {label}
      </p>
      <RadioGroup
        {...(id === undefined ? {} : { id })}
        tabIndex={-1}
        aria-labelledby={labelId}
        className="choice-options"
        value={value}
        onValueChange={(next) => onValue(next)}
      >
        {options.map((option) => (
          <label key={option.value} className="choice-card">
            <Radio.Root value={option.value} className="radio" aria-label={option.title}>
              <Radio.Indicator className="radio-mark" />
            </Radio.Root>
            <span>
              <span className="choice-title">{option.title}</span>
              {option.text && <span className="choice-text">{option.text}</span>}
            </span>
          </label>
        ))}
      </RadioGroup>
    </div>
  );
}
