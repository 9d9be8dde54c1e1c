/** The page by keyboard: what Tab reaches, in which order, with a ring; what Escape closes. */
import type { Page } from 'playwright-core';

/** More stops than any page has. */
const MOST = 2000;

interface Stop {
  readonly index: number;
  readonly ringed: boolean;
  readonly name: string;
}

/** Tab stops at every control that can be seen, in the order of the page, and each shows that it has the focus. */
export async function tabOrder(page: Page): Promise<string[]> {
  const expected = await page.evaluate(nameControls);
  await page.evaluate(() => {
    // From the beginning, wherever the focus was.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  const stops: Stop[] = [];
  for (let press = 0; press < MOST; press++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(focused);
    if (!stop || (stops.length > 0 && stop.index === stops[0]!.index)) break;
    stops.push(stop);
  }
  const reached = stops.map(({ index }) => index);
  const wrong = expected.filter(({ index }) => !reached.includes(index)).map(({ name }) => `Tab does not reach ${name}`);
  for (const [at, { index, name, ringed }] of stops.entries()) {
    if (index < 0) wrong.push(`Tab stops at ${name}, which is no control`);
    if (at > 0 && index >= 0 && index < stops[at - 1]!.index) wrong.push(`Tab goes back to ${name}`);
    if (!ringed) wrong.push(`${name} does not show that it has the focus`);
  }
  return expected.length === 0 ? ['nothing can be reached'] : wrong;
}

/** Numbers the controls in the order of the page; of the answers yes, no and unknown only the one that is chosen is a stop. */
function nameControls(): { index: number; name: string }[] {
  const found = [...document.querySelectorAll<HTMLElement>('button, input, select, summary, [tabindex="0"]')].filter(
    element => element.tabIndex >= 0 && !(element as HTMLButtonElement).disabled && element.checkVisibility({ visibilityProperty: true }),
  );
  const stops = found.filter(element => {
    if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
    const group = document.querySelectorAll<HTMLInputElement>(`input[name="${element.name}"]`);
    return [...group].some(radio => radio.checked) ? element.checked : element === group[0];
  });
  return stops.map((element, index) => {
    element.dataset.stop = String(index);
    return { index, name: element.getAttribute('aria-label') ?? (element.textContent || element.outerHTML).slice(0, 80) };
  });
}

function focused(): Stop | undefined {
  const element = document.activeElement as HTMLElement | null;
  if (!element || element === document.body) return undefined;
  const shown = element instanceof HTMLInputElement && element.type === 'radio' ? (element.nextElementSibling as HTMLElement) : element;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(shown);
  const ringed = outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2 && outlineColor !== 'rgba(0, 0, 0, 0)';
  const name = element.getAttribute('aria-label') ?? (element.textContent || element.outerHTML).slice(0, 80);
  return { index: Number(element.dataset.stop ?? -1), ringed, name };
}

/** Each mark on the body opens its words when it has the focus, and Escape closes them. */
export async function tips(page: Page): Promise<string[]> {
  const marks = page.locator('.mark:not(.again)');
  const wrong: string[] = [];
  for (let index = 0; index < (await marks.count()); index++) {
    const mark = marks.nth(index);
    // Focus by script shows a ring only after a key.
    await page.keyboard.press('Shift');
    await mark.focus();
    if (!(await mark.locator('.tip').isVisible())) wrong.push(`mark ${index} opens no words`);
    await page.keyboard.press('Escape');
    if (await mark.locator('.tip').isVisible()) wrong.push(`Escape leaves the words of mark ${index} open`);
  }
  return wrong;
}
