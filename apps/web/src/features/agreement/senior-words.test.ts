import type { Severity } from '@blastwise/contracts';
import { expect, it } from 'vitest';
import { gravityText } from './senior-words.ts';

it.each<[Severity[], string]>([
  [[], 'no error by its severity alone'],
  [['critical'], 'critical errors'],
  [['critical', 'serious'], 'serious and critical errors'],
  [['critical', 'moderate', 'serious'], 'moderate, serious and critical errors'],
])('%j: %s', (severities, words) => expect(gravityText(severities)).toBe(words));
