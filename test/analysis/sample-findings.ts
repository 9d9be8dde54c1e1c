/** Every finding of the analysis on the samples, with the reason why it is right. Nothing else may be found there. */

const ALL = 'bone-metastasis/all-five';
const ALONE = 'bone-metastasis/pt-approaches';
const REVIEW = 'bone-metastasis/bone-metastasis-review';

/** By rule set, by identity. */
export const SAMPLE_FINDINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [ALONE]: {
    'missing-rule:clearance,lesions': 'a lesion outside spine and long bones has no score and no rule that clears it (G01, G02)',
    'missing-rule:clearance,patient': 'the document clears lesions; a patient without any has no answer (G06, G07)',
    'missing-precaution:facial-bones,ilium,ischium,mandible,pubis,skull-base,skull-vault,thorax':
      'the document says nothing of skull, ribs, breastbone and most of the pelvis (G01, G02)',
    'missing-data-hazard:age,sins,site,stabilised,unstable-spine':
      'a score not yet made is asked for, one that is made and expires by a missing site, age or operation is not',
    'missing-data-hazard:albumin,calcium,severe-calcium': 'only another document asks for the blood test, and only on signs',
    'missing-data-hazard:infection,infection-symptoms-ended-on': 'no document asks when the last symptom was',
    'missing-data-hazard:no-intense-exercise-unscreened,screened-for-intense-exercise':
      'the screening is a fact that nobody is told to record',
    'conflicting-effects:aerobic-target,severe-fatigue': 'moderate exercise is the target, and only light is allowed (C07)',
    'conflicting-effects:calcium-and-vitamin-d,severe-calcium':
      'calcium for every bone metastasis, and a calcium that must come down (C08)',
    'conflicting-effects:balance-tests,function-tests,gait,spine-loading,transfers':
      'upright tests and training load the spine that must not be loaded (C15)',
  },
  [REVIEW]: {
    'missing-data-hazard:age,no-activity-with-spinal-metastasis,site': 'nobody is told to record where a lesion is',
    'conflicting-effects:ibandronic-acid-breast,ibandronic-acid-preparation': '500 mL or 100 mL for the same infusion (C11)',
    'conflicting-effects:ibandronic-acid-breast,ibandronic-acid-severe-hypercalcaemia':
      '6 mg in 15 minutes or 4 mg in an hour and more (C11)',
    'conflicting-effects:ibandronic-acid-breast,ibandronic-acid-moderate-hypercalcaemia':
      '6 mg in 15 minutes or 2 mg in an hour and more (C11)',
    'conflicting-effects:clodronic-acid-hypercalcaemia,clodronic-acid-in-renal-failure': '2400 mg and more, and at most 1600 mg (C10)',
  },
  'bone-metastasis/understanding-bone-metastases': {
    'missing-data-hazard:age,exercise-approved,no-exercise-before-asking': 'approval is asked for only where it was refused',
    'never-holds:walk-or-swim': 'it waits for a clearance that this document never gives: it is made to be used beside others',
  },
  'bone-metastasis/lower-back-pain': {},
  'bone-metastasis/treatment-choices': {},
  'bone-metastasis/function-tests': {
    'missing-data-hazard:timed-up-and-go,up-and-go-with-help': 'it says what a test shows that was made, and asks for none',
  },
  [ALL]: {
    'redundant-rule:ask-for-approval,no-exercise-before-asking,no-exercise-without-approval':
      'the third document asks for approval before exercise, which two rules of others say already',
    'redundant-rule:back-pain-with-fatigue,evaluate-warning-signs': 'two documents want the same evaluation, one of them for more signs',
    'redundant-rule:back-pain-with-limb-signs,evaluate-warning-signs': 'two documents want the same evaluation, one of them for more signs',
    'redundant-rule:many-bones,treat-the-cancer': 'two documents advise systemic treatment, one of them whatever the number of bones',
    'redundant-rule:suspect-hypercalcaemia,test-calcium-on-signs': 'two documents want the calcium tested on the same signs',
    'missing-data-hazard:age,sins,site,stabilised,unstable-spine': 'as with the first document alone: no other document asks for it either',
    'missing-data-hazard:albumin,calcium,severe-calcium': 'as with the first document alone: no other document asks for it either',
    'missing-data-hazard:infection,infection-symptoms-ended-on': 'as with the first document alone: no other document asks for it either',
    'missing-data-hazard:no-intense-exercise-unscreened,screened-for-intense-exercise':
      'as with the first document alone: no other document asks for it either',
    'never-holds:core-and-legs-for-fallers':
      'the first document strengthens the core in spinal metastasis, the review bars all activity there (C01)',
    'missing-rule:clearance,lesions': 'as with the first document alone: no other one clears a lesion in the skull',
    'missing-rule:clearance,patient': 'as with the first document alone',
    'conflicting-effects:aerobic-target,severe-fatigue': 'as with the first document alone (C07)',
    'conflicting-effects:calcium-and-vitamin-d,eat-for-the-bones,severe-calcium': 'as alone, and food rich in calcium too (C08)',
    'conflicting-effects:calcium-and-vitamin-d,eat-for-the-bones,no-calcium-in-hypercalcaemia': 'the review lowers a high calcium (C08)',
    'conflicting-effects:balance-tests,function-tests,gait,spare-the-leg,transfers':
      'standing and walking tests on a leg to be spared (C05)',
    'conflicting-effects:function-tests,gain-range,immobilise-the-limb': 'range of motion is tested and trained in a limb held still (C06)',
    'conflicting-effects:mobilise-and-support-axial-tumours,no-heat-at-the-tumour,standard-techniques':
      'soft tissue mobilisation is a massage, which is forbidden at the tumour (C04)',
    'conflicting-effects:core-stability-during-radiotherapy,gain-range,no-activity-with-spinal-metastasis':
      'any activity is forbidden with a lesion in the spine, and two kinds are advised (C01)',
    'conflicting-effects:core-stability-during-radiotherapy,no-exercise-without-approval':
      'supervised exercise before a doctor approved (C03)',
    'conflicting-effects:core-stability-during-radiotherapy,gait,mobilise-and-support-axial-tumours,no-physiotherapy,other-ways-with-pain,radicular,standard-techniques,teach-spinal-precautions,therapy-for-cancer-back-pain,transfers':
      'one document forbids all physiotherapy, the others advise it (C02)',
    'conflicting-effects:ibandronic-acid-breast,ibandronic-acid-preparation': 'as with the review alone (C11)',
    'conflicting-effects:ibandronic-acid-breast,ibandronic-acid-severe-hypercalcaemia': 'as with the review alone (C11)',
    'conflicting-effects:ibandronic-acid-breast,ibandronic-acid-moderate-hypercalcaemia': 'as with the review alone (C11)',
    'conflicting-effects:clodronic-acid-hypercalcaemia,clodronic-acid-in-renal-failure': 'as with the review alone (C10)',
    'disagreement:clearance,fragile-bone,low-counts,no-activity-with-spinal-metastasis,potentially-unstable-spine,severe-fatigue,stable-spine':
      'a lesion in the spine that one document clears and another does not (C01)',
    'disagreement:clearance,fragile-bone,low-counts,low-risk-long-bone,moderate-risk-long-bone,no-exercise-without-approval,potentially-unstable-spine,severe-fatigue,stable-spine':
      'one document clears by score, another asks for approval first (C03)',
    'disagreement:clearance,fragile-bone,low-counts,low-risk-long-bone,moderate-risk-long-bone,no-exercise-before-asking,potentially-unstable-spine,severe-fatigue,spare-the-leg,stable-spine':
      'as before, after a third document (C03)',
    'disagreement:clearance,low-risk-long-bone,spare-the-leg,stable-spine': 'a leg cleared by its score and spared by the review (C05)',
    'disagreement:clearance,spare-the-leg,unstable-spine': 'modify after the review, contraindicated after the first document',
    'disagreement:clearance,high-risk-long-bone,spare-the-leg': 'modify after the review, contraindicated after the first document',
    'disagreement:clearance,cord-compression,spare-the-leg': 'modify after the review, contraindicated after the first document',
    'disagreement:clearance,severe-calcium,spare-the-leg': 'modify after the review, contraindicated after the first document',
    'disagreement:clearance,infection,spare-the-leg': 'modify after the review, contraindicated after the first document',
    'disagreement:clearance,red-flag,spare-the-leg': 'modify after the review, contraindicated after the first document',
  },
  'news2/news2': {
    'missing-data-hazard:age,consciousness,hypercapnic-failure,on-oxygen,oxygen-saturation,pregnant,pulse,respiration-rate,systolic-blood-pressure,temperature,total-7-and-more':
      'observations are asked for by what the total says: while one sign is missing the total may be open, and nobody is told to take it',
  },
  'news2/news2-community-hospital': {
    'missing-data-hazard:age,consciousness,hypercapnic-failure,on-oxygen,oxygen-saturation,pregnant,pulse,respiration-rate,systolic-blood-pressure,temperature,total-7-and-more':
      'observations are asked for by what the total says: while one sign is missing the total may be open, and nobody is told to take it',
  },
  'cha2ds2-vasc/cha2ds2-vasc': {
    'missing-data-hazard:age,atrial-fibrillation,mechanical-valve,valve-first': 'no rule asks whether there is a valve disease',
    'missing-data-hazard:pressure-and-bleeding,systolic-pressure': 'no rule asks for the blood pressure',
  },
  'curb-65/curb-65': {},
  'wells/wells': {
    'missing-data-hazard:age,cancer,dvt-signs,earlier-clot,haemoptysis,heart-rate,immobile-or-surgery,pe-likely-image,pe-most-likely,pe-suspected':
      'what the score is made of is taken as recorded: no rule asks for it',
    'missing-data-hazard:bedridden-or-operated,calf-difference,collateral-veins,dvt-likely-image,dvt-suspected,leg-paralysis-or-cast,other-diagnosis-likely,pitting-oedema,tender-deep-veins,whole-leg-swollen':
      'what the score is made of is taken as recorded: no rule asks for it',
    'missing-rule:next-test,patient': 'where nothing is suspected the guideline asks for no test, and no rule says so',
  },
};
