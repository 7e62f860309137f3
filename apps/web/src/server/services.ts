import { join } from 'node:path';
import type { SingleSignOn } from '@blastwise/contracts';
import {
  type AnalysisQueue,
  type AuditAnchor,
  type AuditKey,
  createDatabase,
  openAnalysisQueue,
  openAuditAnchor,
  openAuditKey,
  type Queryable,
} from '@blastwise/db';
import { type BlobStore, openBlobStore, openUploadStore, type UploadStore } from '@blastwise/db/blobs';
import { env } from '../env.ts';
import { FoldedRecorder } from './audit/folded.ts';
import { ReadRecorder } from './audit/reads.ts';
import { LiveHub } from './live/hub.ts';
import { logFailure } from './shared/log.ts';

/** Everything the services work with, opened once a process; tests bring their own. */
export interface Services {
  readonly db: Queryable;
  readonly auditKey: AuditKey;
  readonly auditAnchor: AuditAnchor | null;
  readonly queue: () => Promise<AnalysisQueue>;
  readonly blobs: BlobStore;
  readonly uploads: UploadStore;
  readonly live: LiveHub;
  readonly reads: ReadRecorder;
  readonly folded: FoldedRecorder;
  /** Signs upload receipts and, through next-auth, the session cookie. */
  readonly secret: string;
  readonly portalUrl: string;
  readonly inferenceUrl: string;
  /** The hospital's sign-on; null where none is configured. */
  readonly singleSignOn: SingleSignOn | null;
}

function open(): Services {
  const settings = env();
  const { db } = createDatabase(settings.DATABASE_URL, { name: 'blastwise-web' });
  return {
    db,
    auditKey: openAuditKey(settings.BLASTWISE_AUDIT_KEY),
    auditAnchor: settings.BLASTWISE_AUDIT_ANCHOR ? openAuditAnchor(settings.BLASTWISE_AUDIT_ANCHOR) : null,
    queue: retried(() =>
      openAnalysisQueue(settings.DATABASE_URL, {
        work: false,
        onError: (error) => logFailure('queue', error),
      }),
    ),
    blobs: openBlobStore(settings.BLASTWISE_BLOB_DIR),
    uploads: openUploadStore(join(settings.BLASTWISE_BLOB_DIR, 'uploads')),
    live: new LiveHub(settings.DATABASE_URL),
    reads: new ReadRecorder(),
    folded: new FoldedRecorder((error) => logFailure('audit', error)),
    secret: settings.NEXTAUTH_SECRET,
    portalUrl: settings.NEXTAUTH_URL,
    inferenceUrl: settings.BLASTWISE_INFERENCE_URL,
    singleSignOn: settings.singleSignOn,
  };
}

/** Opened on first use; an opening that failed is tried again by the next caller. */
function retried<T>(opening: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= opening().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}

// Next bundles routes and pages apart from each other: a module's own variable would exist several times.
const KEY = Symbol.for('blastwise.services');
const shared: typeof globalThis & { [KEY]?: Services } = globalThis;

export function services(): Services {
  shared[KEY] ??= open();
  return shared[KEY];
}
