/** The body map: each record at its place on a drawn skeleton, front and back, in the shape and colour of what holds there. */
import type { PreviewBody, PreviewMark } from '../../../server/src/lsp/protocol.ts';
import { CARDS, MAP, type Point, placeCards, placeMarks, roomForCards } from './body-places.ts';
import { h, svg, unseen } from './dom.ts';
import { icon } from './icons.ts';
import type { Preview } from './messages.ts';
import { type Page, section, tag } from './parts.ts';
import SKELETON from './skeleton.svg';

export function drawBody(preview: Preview, page: Page): HTMLElement | undefined {
  const { body } = preview;
  if (!body) return undefined;
  const skeleton = readSkeleton();
  const figure = h('figure', { class: 'map' }, skeleton);
  const overlay = h('div', { class: 'overlay' });
  figure.append(overlay);
  const spots = body.marks.map(mark => spotOf(mark, skeleton));
  for (const spot of spots) colour(spot);
  for (const { elements } of spots) outlineHidden(elements);
  const under = h('div', {});
  const aside = h('p', { class: 'axis', 'aria-hidden': 'true' }, axis('R', 'front', 'L'), axis('L', 'back', 'R'));
  layOutWithWidth(figure, width => layOut(overlay, under, spots, width, page));
  quietOnEscape(overlay);
  return withClass(section('h-body', body.title, body.by, figure, aside, under, legend(body)), 'body');
}

function withClass(element: HTMLElement, name: string): HTMLElement {
  element.classList.add(name);
  return element;
}

function axis(left: string, view: string, right: string): HTMLElement {
  return h('span', {}, h('i', {}, left), view, h('i', {}, right));
}

/** The shapes and words that occur, each once. */
function legend({ marks }: PreviewBody): HTMLElement {
  const words = new Map(marks.map(({ tone, status }) => [`${tone} ${status}`, { tone, status }]));
  return h(
    'p',
    { class: 'legend', 'aria-hidden': 'true' },
    [...words.values()].map(({ tone, status }) => tag(status, tone)),
  );
}

let parsed: Element | undefined;

/** Our own drawing, parsed once; it holds no script and no style. */
function readSkeleton(): SVGSVGElement {
  parsed ??= new DOMParser().parseFromString(SKELETON, 'image/svg+xml').documentElement;
  const skeleton = document.importNode(parsed, true) as unknown as SVGSVGElement;
  skeleton.prepend(svg('defs', {}, hatch('undetermined', '-45'), hatch('no-answer', '45')));
  return skeleton;
}

/** Unknown is hatched, never a pale version of a known colour. */
function hatch(tone: string, turn: string): SVGElement {
  const attributes = { id: `hatch-${tone}`, width: '4', height: '4', patternUnits: 'userSpaceOnUse', patternTransform: `rotate(${turn})` };
  const ground = svg('rect', { class: 'hatch-bg', width: '4', height: '4' });
  return svg('pattern', { ...attributes, 'data-status': tone }, ground, svg('path', { class: 'hatch', d: 'M0 2H4' }));
}

type View = 'front' | 'back';

/** A record with the drawn parts it is at. */
interface Spot {
  readonly mark: PreviewMark;
  readonly elements: readonly SVGGraphicsElement[];
  /** The view in which its place is seen best. */
  readonly view: View | undefined;
}

function spotOf(mark: PreviewMark, skeleton: SVGSVGElement): Spot {
  const elements = mark.places.flatMap(({ site, parts }) => {
    const own = drawnAt(skeleton, site, mark);
    return own.length ? own : parts.flatMap(part => drawnAt(skeleton, part, mark));
  });
  const front = elements.some(element => viewOf(element) === 'front' && !isBehind(element));
  return { mark, elements, view: front ? 'front' : elements.length ? viewOf(elements.at(-1)!) : undefined };
}

/** Only what can be marked: the far side of a rib is drawn without a name of its own. */
function drawnAt(skeleton: SVGSVGElement, site: string, { side }: PreviewMark): SVGGraphicsElement[] {
  const found = [...skeleton.querySelectorAll<SVGGraphicsElement>(`[id][data-site="${CSS.escape(site)}"]`)];
  return found.filter(({ dataset }) => side === 'unknown' || side === undefined || !dataset.side || dataset.side === side);
}

function viewOf(element: Element): View {
  return element.closest('#front') ? 'front' : 'back';
}

/** From the front the jaw hides the upper neck, the breastbone and ribs hide the upper back, and the pelvis its rear. */
const BEHIND = /^(C[1-3]|T\d+|S\d|coccyx|scapula|skull-base|occiput)$/;

function isBehind(element: SVGGraphicsElement): boolean {
  return element.closest('.far') !== null || BEHIND.test(element.dataset.site ?? '');
}

/** Where two records meet on one bone the stricter one, which comes first, gives the colour. */
function colour({ mark, elements }: Spot): void {
  for (const element of elements) element.dataset.status ??= mark.tone;
}

/** Behind the jaw nothing is seen of them. */
const HIDDEN = /^C[1-3]$/;

/** A bone that another hides from the front is drawn over it as an outline, so that the mark there shows what it means. */
function outlineHidden(elements: readonly SVGGraphicsElement[]): void {
  for (const element of elements) {
    const front = element.closest('#front');
    if (!front || !HIDDEN.test(element.dataset.site ?? '')) continue;
    const outline = element.cloneNode() as SVGGraphicsElement;
    outline.removeAttribute('id');
    outline.setAttribute('class', 'hidden-bone');
    front.append(outline);
  }
}

/** Sizes are in pixels, the drawing's are not: all is laid out anew when the width changes. */
function layOutWithWidth(figure: HTMLElement, layOutFor: (width: number) => void): void {
  let last = 0;
  new ResizeObserver(() => {
    const width = figure.clientWidth;
    if (width === 0 || width === last) return;
    last = width;
    layOutFor(width);
  }).observe(figure);
}

const MARK = 24;

function layOut(overlay: HTMLElement, under: HTMLElement, spots: readonly Spot[], width: number, page: Page): void {
  const focused = overlay.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.key : undefined;
  const unit = MAP.width / width;
  const drawn = spots.filter(({ view }) => view);
  const pins = drawn.flatMap(spot => pinsOf(spot));
  const places = placeMarks(
    pins.map(({ anchor }) => anchor),
    MARK * 0.8 * unit,
  );
  for (const [index, pin] of pins.entries()) pin.place = places[index]!;
  const cardHeight = (width <= 350 ? 40 : width <= 385 ? 44 : 54) * unit;
  const shown = drawn.slice(0, roomForCards(cardHeight));
  const main = shown.map(spot => pins.find(pin => pin.spot === spot && !pin.again)!);
  const cards = placeCards(
    main.map(({ place }) => place.y),
    cardHeight,
  );
  const lines = svg('svg', { viewBox: `0 0 ${MAP.width} ${MAP.height}`, 'aria-hidden': 'true' });
  for (const pin of pins) lines.append(...stem(pin));
  for (const [index, spot] of shown.entries()) lines.append(...leaders(spot, pins, cards[index]!));
  const chips = shown.map((spot, index) => drawCard(spot.mark, cards[index]!, page));
  // Reading order: from head to foot.
  const inOrder = [...pins].sort((a, b) => Number(a.again) - Number(b.again) || a.place.y - b.place.y);
  overlay.replaceChildren(lines as unknown as HTMLElement, ...chips, ...inOrder.map((pin, index) => drawMark(pin, index, page)));
  under.replaceChildren(...drawUnplaced(spots));
  if (focused) overlay.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** One mark of a record: where its bone is, and where the mark stands. */
interface Pin {
  readonly spot: Spot;
  readonly anchor: Point;
  place: Point;
  /** In the second view, or on the other side: it repeats what the first one says. */
  readonly again: boolean;
  readonly view: View;
}

/** A record has a mark in each view, and one a side where its side is not known. */
function pinsOf(spot: Spot): Pin[] {
  const pins: Pin[] = [];
  for (const view of ['front', 'back'] as const)
    for (const side of ['left', 'right', undefined] as const) {
      const elements = spot.elements.filter(element => viewOf(element) === view && element.dataset.side === side);
      if (!elements.length) continue;
      const anchor = middleOf(elements.map(centreOf));
      pins.push({ spot, anchor, place: anchor, again: view !== spot.view || pins.some(pin => pin.view === view && !pin.again), view });
    }
  return pins.sort((a, b) => Number(a.again) - Number(b.again));
}

/** Of several parts the one in their midst, so that the mark lies on a bone. */
function middleOf(points: readonly Point[]): Point {
  const mean = {
    x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
    y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
  };
  const away = ({ x, y }: Point) => Math.hypot(x - mean.x, y - mean.y);
  return points.reduce((best, point) => (away(point) < away(best) ? point : best));
}

function centreOf(element: SVGGraphicsElement): Point {
  const tube = element.querySelector<SVGPathElement>('path.edge');
  const own = tube ? tube.getPointAtLength(tube.getTotalLength() / 2) : boxCentre(element.getBBox());
  let point = new DOMPoint(own.x, own.y);
  for (
    let each: Element | null = element;
    each instanceof SVGGraphicsElement && !(each instanceof SVGSVGElement);
    each = each.parentElement
  ) {
    const matrix = each.transform.baseVal.consolidate()?.matrix;
    if (matrix) point = point.matrixTransform(matrix);
  }
  return { x: point.x, y: point.y };
}

function boxCentre({ x, y, width, height }: DOMRect): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** From a mark that had to move aside back to its bone. */
function stem({ anchor, place }: Pin): SVGElement[] {
  if (anchor.x === place.x && anchor.y === place.y) return [];
  return [svg('path', { class: 'leader', d: `M${anchor.x},${anchor.y}L${place.x},${place.y}` })];
}

/** From the card to the mark of each view; dashed to the second one. */
function leaders(spot: Spot, pins: readonly Pin[], y: number): SVGElement[] {
  return (['front', 'back'] as const).flatMap(view => {
    const own = pins.filter(pin => pin.spot === spot && pin.view === view);
    const [edge, bend] = view === 'front' ? [CARDS.left, CARDS.left - 12] : [CARDS.right, CARDS.right + 12];
    const pin = own.sort((a, b) => Math.abs(a.place.x - edge) - Math.abs(b.place.x - edge))[0];
    if (!pin) return [];
    return [
      svg('path', { class: pin.view === spot.view ? 'leader' : 'leader again', d: `M${pin.place.x},${pin.place.y}L${bend},${y}H${edge}` }),
    ];
  });
}

function drawCard(mark: PreviewMark, y: number, page: Page): HTMLElement {
  const { name, part } = shortName(mark);
  const attributes = {
    type: 'button',
    class: 'chip',
    status: mark.tone,
    tabindex: '-1',
    'aria-hidden': 'true',
    // What the card says, where it had to be cut.
    title: name === mark.name ? name : `${name}: ${mark.name}`,
    click: () => goTo(mark, page),
  };
  const card = h(
    'button',
    attributes,
    h('b', {}, keyOf(mark), h('span', { class: 'cut' }, name)),
    h('span', { class: 'more' }, [part, mark.detail].filter(Boolean).join(' · ')),
    h('span', { class: 'st' }, icon(mark.tone), h('span', { class: 'more' }, mark.status)),
  );
  card.style.setProperty('top', `${(y / MAP.height) * 100}%`);
  return card;
}

/** `L femur`, and its part below: a card is narrow, and the bone is what tells two cards apart. */
function shortName({ name }: PreviewMark): { readonly name: string; readonly part: string } {
  const [, side = '', site = name] = /^(left |right )?([^,]*)/.exec(name) ?? [];
  const letter = side ? `${side.charAt(0).toUpperCase()} ` : '';
  const [, part = '', bone = site] = /^(.+) of (?:the )?(.+)$/.exec(site) ?? [];
  return { name: letter + bone, part };
}

function keyOf({ record, name }: PreviewMark): HTMLElement | undefined {
  return record === name || record.length > 3 ? undefined : h('span', { class: 'key' }, record);
}

function drawMark({ spot: { mark }, place, again }: Pin, index: number, page: Page): HTMLElement {
  const tip = `tip-${index}`;
  const seen = again ? ' (the same, seen again)' : '';
  const text = [mark.detail && `${mark.detail}.`, ...mark.precautions.map(each => `${each}.`)].filter(Boolean).map(capital);
  const attributes = {
    type: 'button',
    class: ['mark', again ? 'again' : '', place.x > MAP.width / 2 ? 'flip' : ''].filter(Boolean).join(' '),
    status: mark.tone,
    'aria-label': `${mark.record}, ${mark.name}: ${mark.status}${seen}`,
    'aria-describedby': tip,
    'data-key': again ? undefined : `mark-${mark.record}`,
    'data-record': mark.record,
    tabindex: again ? '-1' : undefined,
    click: () => goTo(mark, page),
  };
  const head = h('b', {}, `${mark.record === mark.name ? '' : `${mark.record} `}${mark.name} · ${mark.status}`);
  const button = h(
    'button',
    attributes,
    h('span', { class: 'shape' }),
    h('span', { class: 'tip', role: 'tooltip', id: tip }, head, text.join(' ')),
  );
  button.firstElementChild!.replaceWith(icon(mark.tone));
  button.style.setProperty('left', `${(place.x / MAP.width) * 100}%`);
  button.style.setProperty('top', `${(place.y / MAP.height) * 100}%`);
  return button;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** To what the page says of the record; where it says nothing more, to the record itself. */
function goTo(mark: PreviewMark, page: Page): void {
  const entry = document.getElementById(`record-${mark.record}`);
  if (!entry) return page.open(mark.link);
  entry.scrollIntoView({ block: 'nearest' });
  entry.focus({ preventScroll: true });
}

/** What the drawing cannot show is said: a record must not vanish. */
function drawUnplaced(spots: readonly Spot[]): HTMLElement[] {
  const without = spots.filter(({ view }) => !view).map(({ mark }) => mark);
  return without.map(mark => {
    const why = mark.places.length ? 'is not on the drawing' : 'has no site recorded';
    return h(
      'p',
      { class: 'note unplaced' },
      icon(mark.tone),
      h('span', {}, keyOf(mark), ` ${mark.name} ${why}: `, h('b', {}, mark.status), unseen('.')),
    );
  });
}

/** Escape closes what hovering or focus has opened, until the next mark. */
function quietOnEscape(overlay: HTMLElement): void {
  overlay.addEventListener('keydown', event => event.key === 'Escape' && overlay.classList.add('quiet'));
  for (const type of ['focusin', 'pointerover']) overlay.addEventListener(type, () => overlay.classList.remove('quiet'));
}
