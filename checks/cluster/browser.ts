import { type Browser, chromium, type Page } from 'playwright-core';
import { ensureDebianPackages } from '../../src/tools/debian.ts';

/** What a visitor of a page saw. */
export interface Visit {
  /** Where the browser ended after all redirects. */
  readonly url: string;
  readonly title: string;
  /** The text of the page once it had what was waited for. */
  readonly text: string;
  /** Requests that got no answer, or one of 400 and above; errors of its scripts. */
  readonly faults: readonly string[];
}

/** How a page is opened. */
export interface VisitOptions {
  /** Words that its scripts put on the page, which nobody sees before they ran. */
  readonly until: string;
  readonly credentials?: { readonly username: string; readonly password: string };
  /** File that gets a picture of the page, as PNG. */
  readonly picture?: string;
}

/**
 * Starts a headless Chromium, Debian's, for the time of `use`. Every name of a host means this machine's loopback, so that
 * it reaches nothing else.
 * @throws {ProblemError} where Chromium is missing and cannot be installed.
 */
export async function withBrowser<T>(
  use: (visit: (url: string, options: VisitOptions) => Promise<Visit>) => Promise<T>,
): Promise<T> {
  await ensureDebianPackages(['chromium', 'fonts-dejavu-core']);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--host-resolver-rules=MAP * 127.0.0.1'],
  });
  try {
    return await use((url, options) => visit(browser, url, options));
  } finally {
    await browser.close();
  }
}

async function visit(browser: Browser, url: string, options: VisitOptions): Promise<Visit> {
  const { until, credentials, picture } = options;
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({
    viewport,
    ...(credentials && { httpCredentials: credentials }),
  });
  try {
    const page = await context.newPage();
    const faults = faultsOf(page);
    await page.goto(url, { timeout: 30_000 });
    await page
      .getByText(until)
      .first()
      .waitFor({ timeout: 30_000 })
      .catch(async () => {
        const text = (await page.textContent('body')) ?? '';
        throw new Error(`${url} never showed “${until}”, but: ${text.slice(0, 500)}\n${faults.join('\n')}`);
      });
    if (picture !== undefined) await page.screenshot({ path: picture });
    return {
      url: page.url(),
      title: await page.title(),
      text: (await page.textContent('body')) ?? '',
      faults,
    };
  } finally {
    await context.close();
  }
}

/** Fills up while the page is used. */
function faultsOf(page: Page): readonly string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => faults.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.url()}: ${response.status()}`);
  });
  return faults;
}
