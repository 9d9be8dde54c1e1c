/** The status shapes: each has its own outline, so that none is told by colour alone. */
import { svg } from './dom.ts';

type Shape = readonly [tag: string, attributes: Readonly<Record<string, string>>];

const line = { fill: 'none', stroke: 'currentColor', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
const hole = { fill: 'none', stroke: 'var(--bg)', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };

const SHAPES: Readonly<Record<string, readonly Shape[]>> = {
  contraindicated: [
    ['path', { fill: 'currentColor', d: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z' }],
    ['path', { stroke: 'var(--bg)', 'stroke-width': '2.2', d: 'M4.2 8h7.6' }],
  ],
  modify: [
    ['path', { fill: 'currentColor', d: 'M8 .8 15.2 8 8 15.2.8 8z' }],
    ['path', { ...hole, 'stroke-width': '1.8', d: 'M4.8 8.6c1.2-1.9 2.2-1.4 3.2-.6s2 1.3 3.2-.6' }],
  ],
  proceed: [
    ['circle', { cx: '8', cy: '8', r: '7', fill: 'currentColor' }],
    ['path', { ...hole, 'stroke-width': '1.9', d: 'm4.9 8.3 2.2 2.2 4.1-4.7' }],
  ],
  value: [
    ['rect', { x: '1.4', y: '3', width: '13.2', height: '10', rx: '2', fill: 'currentColor' }],
    ['path', { ...hole, 'stroke-width': '1.8', d: 'M4.6 8h6.8' }],
  ],
  undetermined: [
    [
      'circle',
      { cx: '8', cy: '8', r: '6.6', fill: 'var(--bg)', stroke: 'currentColor', 'stroke-width': '1.6', 'stroke-dasharray': '3.1 2.08' },
    ],
    ['path', { ...line, 'stroke-width': '1.6', d: 'M6.1 6.4c.1-1.2.9-1.9 2-1.9 1.2 0 2 .7 2 1.7 0 1.5-2 1.5-2 3' }],
    ['circle', { cx: '8.1', cy: '11.5', r: '.95', fill: 'currentColor' }],
  ],
  'no-answer': [
    [
      'rect',
      {
        x: '1.6',
        y: '1.6',
        width: '12.8',
        height: '12.8',
        rx: '1',
        fill: 'var(--bg)',
        stroke: 'currentColor',
        'stroke-width': '1.5',
        'stroke-dasharray': '2.6 1.67',
      },
    ],
    ['path', { ...line, 'stroke-width': '1.6', d: 'M5 8h6' }],
  ],
  conflict: [['path', { fill: 'currentColor', d: 'M.8 2.6 7 8 .8 13.4zM15.2 2.6 9 8l6.2 5.4z' }]],
  true: [
    ['circle', { cx: '8', cy: '8', r: '6.2', fill: 'currentColor' }],
    ['path', { ...hole, 'stroke-width': '1.9', d: 'm5.2 8.2 2 2 3.6-4.1' }],
  ],
  false: [
    ['circle', { cx: '8', cy: '8', r: '5.6', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.3' }],
    ['path', { ...line, 'stroke-width': '1.4', d: 'm5.9 5.9 4.2 4.2m0-4.2-4.2 4.2' }],
  ],
  unknown: [
    ['circle', { cx: '8', cy: '8', r: '5.6', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.4', 'stroke-dasharray': '2.6 1.8' }],
    ['path', { fill: 'currentColor', d: 'M8 4.6a3.4 3.4 0 0 1 0 6.8z' }],
  ],
  caution: [
    ['path', { ...line, 'stroke-width': '1.4', d: 'M8 1.9 15 14H1z' }],
    ['path', { ...line, 'stroke-width': '1.5', d: 'M8 6.2v3.6' }],
    ['circle', { cx: '8', cy: '12', r: '.9', fill: 'currentColor' }],
  ],
};

/** Decoration: the word beside it says the same. */
export function icon(name: string, className = ''): SVGElement {
  const shapes = (SHAPES[name] ?? []).map(([tag, attributes]) => svg(tag, attributes));
  return svg('svg', { class: `icon ${className}`.trim(), viewBox: '0 0 16 16', 'aria-hidden': 'true' }, ...shapes);
}
