import type { Severity } from '@blastwise/contracts';
import {
  serviceSettings,
  setAiEnabled,
  setSeniorDecides as setDecides,
  setGateMargin as setMargin,
  setBlindShare as setShare,
} from '@blastwise/db';
import { type ActiveSession, actorOf } from '../auth/session.ts';
import type { Services } from '../services.ts';
import type { Settings } from './schemas.ts';

export const getSettings = ({ db }: Services): Promise<Settings> => serviceSettings(db);

export const setAi = (
  { db }: Services,
  session: ActiveSession,
  { enabled, reason }: { enabled: boolean; reason: string },
): Promise<Settings> => setAiEnabled(db, { actor: actorOf(session), enabled, reason });

export const setBlindShare = (
  { db }: Services,
  session: ActiveSession,
  { share, reason }: { share: number; reason: string },
): Promise<Settings> => setShare(db, { actor: actorOf(session), share, reason });

export const setSeniorDecides = (
  { db }: Services,
  session: ActiveSession,
  { severities, reason }: { severities: readonly Severity[]; reason: string },
): Promise<Settings> => setDecides(db, { actor: actorOf(session), severities, reason });

export const setGateMargin = (
  { db }: Services,
  session: ActiveSession,
  { margin, reason }: { margin: number; reason: string },
): Promise<Settings> => setMargin(db, { actor: actorOf(session), margin, reason });
