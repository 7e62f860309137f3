import { describe } from 'vitest';
import { accessibility } from './accessibility.ts';
import { adjudication } from './adjudication.ts';
import { administration } from './administration.ts';
import { costs } from './costs.ts';
import { journeys } from './journeys.ts';
import { signing } from './signing.ts';
import { watching } from './watching.ts';

journeys('the portal, for a team', (stack) => {
  describe('settling a dispute', () => adjudication(stack));
  describe('signing a case', () => signing(stack));
  describe('changing the costs', () => costs(stack));
  describe('looking after the portal', () => administration(stack));
  describe('watching', () => watching(stack));
  // Last, so that the pages hold what the journeys have left.
  describe('accessibility', () => accessibility(stack));
});
