import { DRIFT_QUANTITIES } from '@blastwise/contracts';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { QUANTITY_WORDS } from './drift-words.ts';
import { MonitoringView } from './monitoring-page.tsx';
import type { Alarm, Finding, Monitoring } from './types.ts';

const FINDING: Finding = {
  quantity: 'stain-red',
  state: 'drifting',
  statistic: 'ks',
  value: 0.9,
  threshold: 0.5,
  psi: 4,
  referenceCases: 38,
  windowCases: 19,
  bins: [
    { name: null, upTo: 0.1, reference: 0.75, window: 0.25 },
    { name: null, upTo: null, reference: 0.25, window: 0.75 },
  ],
};
const ALARM: Alarm = {
  id: '01980000-0000-7000-8000-000000000001',
  quantity: 'stain-red',
  value: 0.9,
  threshold: 0.5,
  modelName: 'hybrid',
  window: 2,
  openedAt: '2026-03-03T10:00:00Z',
  acknowledged: null,
};
const MONITORING: Monitoring = {
  watched: {
    modelName: 'hybrid',
    series: [],
    quantities: DRIFT_QUANTITIES.map((quantity) => ({
      quantity,
      finding: quantity === 'stain-red' ? FINDING : null,
      history:
        quantity === 'stain-red'
          ? [
              { window: 1, value: 0.1, threshold: 0.5 },
              { window: 2, value: 0.9, threshold: 0.5 },
            ]
          : [],
    })),
  },
  alarms: [
    ALARM,
    {
      ...ALARM,
      id: '01980000-0000-7000-8000-000000000002',
      quantity: 'cells',
      acknowledged: { at: '2026-03-04T10:00:00Z', by: { id: 'a', name: 'Ada' }, reason: 'New stain lot.' },
    },
  ],
};

const html = renderToStaticMarkup(createElement(MonitoringView, { monitoring: MONITORING }));
const text = html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

describe('monitoring, filled', () => {
  it('lists alarms, what they are about and what was made of them', () => {
    expect(text).toContain('Stain: red against green 0.90 0.50 hybrid 2');
    expect(text).toMatch(/open Acknowledge… Cell density 0\.90/);
    expect(text).toMatch(/Ada, .*: New stain lot\./);
  });

  it('says of each quantity how it stands, and on what', () => {
    for (const quantity of DRIFT_QUANTITIES)
      expect(html).toContain(`aria-label="${QUANTITY_WORDS[quantity].label}"`);
    expect(text).toContain('KS 0.90, alarm above 0.50');
    expect(text).toContain('19 patients against 38');
  });

  it('draws both distributions, and every window against the alarm', () => {
    expect(html).toContain(
      'aria-label="Stain: red against green. up to 0.10: reference 75 %, window 25 %; above 0.10: reference 25 %, window 75 %."',
    );
    expect(html).toContain('2 windows judged; of the latest the statistic is 180 % of the alarm');
    expect(html).toContain('Window 1: below the alarm');
    expect(html).toContain('Window 2: above the alarm');
  });
});
