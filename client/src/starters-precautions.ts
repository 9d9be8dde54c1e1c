/** Precautions by site: what to avoid where a patient has something. */
import type { Starter } from './starters.ts';

const source = { id: 'my-source', at: 'page 1' };

export const precautions: Starter = {
  id: 'precautions',
  title: 'Precautions by site',
  detail: 'Sites of the body, records of what is there, and what to avoid at each',
  rules: {
    sites: {
      spine: { title: 'Spine' },
      'lumbar-spine': { title: 'Lumbar spine', partOf: 'spine' },
      'thoracic-spine': { title: 'Thoracic spine', partOf: 'spine' },
      femur: { title: 'Femur', paired: true },
    },
    activities: {
      loading: { title: 'Loading' },
      squat: { title: 'Squat', isA: 'loading' },
      'spinal-rotation': { title: 'Rotation of the spine' },
      walking: { title: 'Walking' },
    },
    groups: {
      lesions: {
        title: 'Lesion',
        facts: {
          site: { title: 'Site', type: 'code', values: 'sites', required: true },
          side: { title: 'Side', type: 'side' },
        },
      },
    },
    rules: [{ id: 'walk', title: 'Walking for everybody', then: [{ recommend: 'walking' }], source }],
    precautions: [
      { id: 'spine', title: 'Spare the spine', site: 'spine', then: [{ avoid: 'spinal-rotation', at: 'here' }], source },
      { id: 'femur', title: 'Spare the leg', site: 'femur', then: [{ avoid: 'loading', at: 'here' }], source },
    ],
  },
  patient: () => ({
    groups: {
      lesions: {
        complete: true,
        records: [
          { id: 'a', facts: { site: 'lumbar-spine' } },
          { id: 'b', facts: { site: 'femur', side: 'left' } },
        ],
      },
    },
  }),
};
