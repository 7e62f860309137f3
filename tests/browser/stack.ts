import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type OpenidProvider, startOpenidProvider } from '../support/openid-provider.ts';
import { type Demo, makeDataDir, type Product, removeDataDir, startProduct } from '../support/product.ts';
import { chromiumPath, runningDataDir } from './env.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long a page may take to show what is waited for, on a machine that has other work, milliseconds. */
const WAIT_MS = 60_000;

export type Account = Demo['accounts'][number];

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The whole product with a browser before it. */
export interface Stack {
  readonly url: string;
  readonly demo: Demo;
  /** Of the running product. */
  readonly dataDir: string;
  /** The hospital's sign-on; null before a portal that runs already. */
  readonly provider: OpenidProvider | null;
  /** A browser profile of its own: cookies, storage and theme are shared with nobody. */
  visitor(options?: { theme?: Theme }): Promise<Visitor>;
  stop(): Promise<void>;
}

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Every address that the browser asked for. */
  readonly requests: readonly string[];
  /** What the pages threw or reported as an error. */
  readonly faults: readonly string[];
}

async function product(): Promise<
  Pick<Product, 'url' | 'demo' | 'dataDir'> & Pick<Stack, 'provider'> & { stop(): Promise<unknown> }
> {
  if (runningDataDir) {
    const demo: Demo = JSON.parse(readFileSync(join(runningDataDir, 'demo.json'), 'utf8'));
    return { url: demo.url, demo, dataDir: runningDataDir, provider: null, stop: async () => undefined };
  }
  const dataDir = makeDataDir();
  const provider = await startOpenidProvider();
  const started = await startProduct(dataDir, [], provider.env);
  const stop = async () => {
    await started.stop();
    await provider.stop();
    removeDataDir(dataDir);
  };
  return { url: started.url, demo: started.demo, dataDir, provider, stop };
}

async function openVisitor(browser: Browser, url: string, theme: Theme): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: url,
    colorScheme: theme,
    // What breathes while it waits would be drawn anew sixty times a second, and there is no graphics card to do it.
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
  });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const requests: string[] = [];
  const faults: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // The browser reports every refused call by itself; what matters is what our code says.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      faults.push(message.text());
    }
  });
  return { context, page, requests, faults };
}

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath, headless: true, args: FLAGS });

export async function startStack(): Promise<Stack> {
  const running = await product();
  const browser = await launchBrowser();
  return {
    url: running.url,
    demo: running.demo,
    dataDir: running.dataDir,
    provider: running.provider,
    visitor: ({ theme = 'light' } = {}) => openVisitor(browser, running.url, theme),
    async stop() {
      await browser.close();
      await running.stop();
    },
  };
}

/** The nth demo account of a role. */
export function accountOf(demo: Demo, role: Account['role'], nth = 0): Account {
  const account = demo.accounts.filter((a) => a.role === role)[nth];
  if (!account) throw new Error(`No demo account ${nth} with the role ${role}.`);
  return account;
}
