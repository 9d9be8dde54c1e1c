/** The browser that the tests drive; imported only when tests run, so that listing them needs no installation. */
import type { Browser } from 'playwright-core';
import { findChromium } from './install.ts';

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium was found: install it or name it in CHROMIUM_PATH.');
  const { chromium } = await import('playwright-core');
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...quiet] });
}
