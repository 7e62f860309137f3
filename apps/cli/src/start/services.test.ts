import { expect, it } from 'vitest';
import { portalSpec } from './services.ts';

const surroundings = (portalUrl: string) => ({
  addresses: {
    ...{ host: '127.0.0.1', portalPort: 3000, portalUrl, inferencePort: 3001 },
    databaseUrl: 'postgres://blastwise_app@127.0.0.1:5432/blastwise',
  },
  secrets: { sessionSecret: 's', serviceToken: 't', auditKey: 'k', databasePassword: 'p' },
  ...{
    dataDir: '/data',
    instance: 'this start',
    inherited: { NEXTAUTH_URL: 'http://inherited.example' },
    log: () => () => undefined,
  },
});

it('tells the portal the address that browsers see, and lets it listen where the host says', () => {
  const { env, args } = portalSpec(surroundings('https://blastwise.example'));
  expect(env.NEXTAUTH_URL).toBe('https://blastwise.example');
  expect(args.slice(-4)).toEqual(['--hostname', '127.0.0.1', '--port', '3000']);
  expect(env.BLASTWISE_INFERENCE_URL).toBe('http://127.0.0.1:3001');
});

it('tells the portal which start it belongs to', () => {
  expect(portalSpec(surroundings('https://blastwise.example')).env.BLASTWISE_INSTANCE).toBe('this start');
});
