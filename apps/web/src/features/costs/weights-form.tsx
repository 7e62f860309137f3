import { Button, cn, Input } from '@blastwise/ui';
import { useId } from 'react';
import { areDefaults, DEFAULT_WEIGHTS_TEXT, WEIGHT_GROUPS, type WeightsText } from './weights-text.ts';

/** How judgements become costs, each number open to change for this computation. */
export function WeightsForm(props: {
  text: WeightsText;
  error: string | null;
  onChange: (text: WeightsText) => void;
}) {
  const { text, error, onChange } = props;
  const id = useId();
  return (
    <section className="mb-5">
      <header className="mb-1.5 flex items-center gap-3 border-b border-rule pb-1.5">
        <h3 className="eyebrow flex-1">How judgements become costs</h3>
        <Button size="sm" disabled={areDefaults(text)} onClick={() => onChange(DEFAULT_WEIGHTS_TEXT)}>
          Defaults
        </Button>
      </header>
      <div className="flex flex-wrap gap-x-8 gap-y-3">
        {WEIGHT_GROUPS.map(({ title, fields }) => (
          <fieldset key={title}>
            <legend className="text-xs text-ink-3">{title}</legend>
            <div className="mt-1 flex gap-2">
              {fields.map(({ key, label }) => (
                <label key={key} htmlFor={`${id}${key}`} className="flex flex-col text-2xs text-ink-2">
                  {label}
                  <Input
                    id={`${id}${key}`}
                    aria-label={`${title}: ${label}`}
                    inputMode="decimal"
                    value={text[key] ?? ''}
                    onChange={(event) => onChange({ ...text, [key]: event.target.value })}
                    className="mt-0.5 h-7 w-16 px-1.5 text-right font-mono text-xs"
                  />
                </label>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      <p
        role={error ? 'alert' : undefined}
        className={cn('mt-1.5 text-xs', error ? 'text-bad' : 'text-ink-3')}
      >
        {error ??
          'Chosen, not measured. Other numbers hold for this computation alone, and go with what is proposed from it.'}
      </p>
    </section>
  );
}
