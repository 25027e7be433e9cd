/** A line to type in: what is typed is read strictly, kept once it is right, and explained where it is wrong. */
import { Field as BaseField } from '@base-ui/react/field';
import { useEffect, useState, type ReactNode } from 'react';
import { useDraft } from '../use-draft.ts';

type FieldProps = {
  readonly id: string;
  readonly label: string;
  readonly hint?: ReactNode;
  /** The kept value. */
  readonly value: string;
  /** The canonical value, or null when it cannot be read. */
  readonly read: (typed: string) => string | null;
  /** What to write instead, shown when it cannot be read. */
  readonly problem: string;
  readonly onValue: (value: string) => void;
  readonly optional?: string;
  readonly help?: ReactNode;
  readonly inputMode?: 'email' | 'url' | 'text' | 'decimal';
  readonly wide?: boolean;
};

export function Field(props: FieldProps) {
  const { id, label, hint, value, read, problem, onValue, optional, help, inputMode = 'text', wide = false } = props;
  // What could not be read when the program ended is still there afterwards.
  const [draft, keepDraft] = useDraft(id);
  const [typed, setTyped] = useState(draft ?? value);
  const [kept, setKept] = useState(value);
  const [left, setLeft] = useState(draft !== null);
  // The value was altered elsewhere (practice, another set-up, a suggestion): show that instead of what was typed.
  if (value !== kept) {
    setKept(value);
    if (read(typed) !== value) setTyped(value);
  }
  useEffect(() => {
    if (draft !== null && draft !== typed) keepDraft(null);
  });
  const empty = typed.trim() === '';
  const wrong = !empty && read(typed) === null;
  const change = (text: string) => {
    setTyped(text);
    const next = text.trim() === '' ? '' : read(text);
    keepDraft(next === null ? text : null);
    if (next === null || next === value) return;
    setKept(next);
    onValue(next);
  };
  return (
    <BaseField.Root className={wide ? 'field field-wide' : 'field'} invalid={left && wrong}>
      <div className="field-head">
        <BaseField.Label className="field-label" htmlFor={id}>
          {label}
        </BaseField.Label>
        {optional && <span className="field-optional">{optional}</span>}
        {help}
      </div>
      <BaseField.Control
        id={id}
        className="input"
        value={typed}
        inputMode={inputMode}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => change(event.target.value)}
        onBlur={() => setLeft(true)}
      />
      {hint && <BaseField.Description className="field-hint">{hint}</BaseField.Description>}
      <BaseField.Error className="field-problem" match={left && wrong}>
        {problem}
      </BaseField.Error>
    </BaseField.Root>
  );
}
