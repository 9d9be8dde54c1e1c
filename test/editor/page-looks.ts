/** What can be seen to be wrong with a page: each function runs inside it and answers what is wrong, in words. */
import type { Page } from 'playwright-core';

/** Nothing is wider than the page; only what is made to scroll does. */
export function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) wrong.push(`the page is ${scrollWidth - clientWidth} px too wide`);
    for (const element of document.querySelectorAll<HTMLElement>('.preview *')) {
      if (element.closest('.scroll, .vh') || element.checkVisibility() === false) continue;
      const { left, right, width } = element.getBoundingClientRect();
      const out = Math.max(-left, right - clientWidth);
      if (width > 0 && out > 0.5)
        wrong.push(`${element.tagName} .${element.getAttribute('class')} leaves the page by ${out.toFixed(1)} px`);
    }
    return wrong;
  });
}

/** A text that is cut says all of itself in a title or a label. */
export function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('.preview *')) {
      if (!element.checkVisibility() || element.closest('.vh, .scroll')) continue;
      const { overflowX, color } = getComputedStyle(element);
      if (overflowX === 'visible' || color === 'rgba(0, 0, 0, 0)' || element.scrollWidth <= element.clientWidth + 1) continue;
      const text = (element.textContent ?? '').trim();
      const whole = element.closest('[title]')?.getAttribute('title') ?? '';
      if (text !== '' && !whole.includes(text)) wrong.push(`“${text}” is cut`);
    }
    return wrong;
  });
}

/** No two texts stand on each other. */
export function textsOnTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const boxes: { node: Node; text: string; box: DOMRect }[] = [];
    const walker = document.createTreeWalker(document.querySelector('.preview')!, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement!;
      const text = node.textContent!.trim();
      if (text === '' || holder.closest('.vh, .tip, option, .scroll') || !holder.checkVisibility()) continue;
      if (getComputedStyle(holder).color === 'rgba(0, 0, 0, 0)') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const clip = holder.closest('.cut')?.getBoundingClientRect();
      for (const own of range.getClientRects()) {
        const right = Math.min(own.right, clip?.right ?? own.right);
        if (right - own.left > 1) boxes.push({ node, text, box: new DOMRect(own.left, own.top + 2, right - own.left, own.height - 4) });
      }
    }
    boxes.sort((a, b) => a.box.top - b.box.top);
    const wrong = new Set<string>();
    for (const [index, one] of boxes.entries())
      for (let next = index + 1; next < boxes.length && boxes[next]!.box.top < one.box.bottom - 0.5; next++) {
        const other = boxes[next]!;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (one.node !== other.node && across > 1.5 && down > 1) wrong.add(`“${one.text}” and “${other.text}” stand on each other`);
      }
    return [...wrong];
  });
}

/** Side by side, neither column ends far above the other. */
export function emptySpace(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const [left, right] = [...document.querySelectorAll('.grid > .col')].map(column => ({
      top: column.getBoundingClientRect().top,
      bottom: Math.max(...[...column.querySelectorAll('section')].map(section => section.getBoundingClientRect().bottom)),
    }));
    if (!left || !right || left.top !== right.top) return [];
    const gap = Math.round(Math.abs(left.bottom - right.bottom));
    return gap > 450 ? [`a column ends ${gap} px above the other`] : [];
  });
}

/** Marks keep from each other and from the cards; leaders end at their cards and cross none of their own figure. */
export function bodyMap(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    const map = document.querySelector('.map')!.getBoundingClientRect();
    const discs = [...document.querySelectorAll<HTMLElement>('.mark')].map(mark => {
      const { left, top, width } = mark.querySelector('.icon')!.getBoundingClientRect();
      return { name: mark.getAttribute('aria-label')!, x: left + width / 2, y: top + width / 2, half: width / 2 };
    });
    const cards = [...document.querySelectorAll<HTMLElement>('.chip')].map(card => ({
      name: card.textContent!,
      box: card.getBoundingClientRect(),
    }));
    for (const [index, one] of discs.entries()) {
      for (const other of discs.slice(index + 1))
        if (Math.hypot(one.x - other.x, one.y - other.y) < one.half + other.half - 0.5)
          wrong.push(`marks “${one.name}” and “${other.name}” overlap`);
      for (const { name, box } of cards) {
        const away = Math.hypot(Math.max(box.left - one.x, 0, one.x - box.right), Math.max(box.top - one.y, 0, one.y - box.bottom));
        if (away < one.half - 0.5) wrong.push(`mark “${one.name}” and card “${name}” overlap`);
      }
    }
    for (const [index, one] of cards.entries())
      for (const other of cards.slice(index + 1))
        if (one.box.top < other.box.bottom - 0.5 && other.box.top < one.box.bottom - 0.5)
          wrong.push(`cards “${one.name}” and “${other.name}” overlap`);
    const lines = [...document.querySelectorAll<SVGPathElement>('.overlay path.leader')].flatMap(path => {
      const found = /^M([\d.-]+),([\d.-]+)L([\d.-]+),([\d.-]+)H([\d.-]+)$/.exec(path.getAttribute('d')!);
      if (!found) return [];
      const [x, y, bend, level, end] = found.slice(1).map(Number) as [number, number, number, number, number];
      return [{ from: { x, y }, to: { x: bend, y: level }, end }];
    });
    for (const { to, end } of lines) {
      const [x, y] = [map.left + (end / 592) * map.width, map.top + (to.y / 626) * map.height];
      const meets = cards.some(({ box }) => Math.min(Math.abs(box.left - x), Math.abs(box.right - x)) < 3 && y > box.top && y < box.bottom);
      if (!meets) wrong.push(`a leader ends beside every card, at ${Math.round(end)}, ${Math.round(to.y)}`);
    }
    const turn = (a: DOMPointInit, b: DOMPointInit, c: DOMPointInit) => (b.x! - a.x!) * (c.y! - a.y!) - (b.y! - a.y!) * (c.x! - a.x!);
    for (const [index, one] of lines.entries())
      for (const other of lines.slice(index + 1)) {
        const crosses =
          turn(one.from, one.to, other.from) * turn(one.from, one.to, other.to) < -1 &&
          turn(other.from, other.to, one.from) * turn(other.from, other.to, one.to) < -1;
        if (crosses) wrong.push(`two leaders cross near ${Math.round(one.to.x)}, ${Math.round(one.to.y)}`);
      }
    return wrong;
  });
}
