/** Ajv's verdict on a plain value. Further ones, by kind and part (`ruleSet_ruleItem`), are looked up by name. */
type Verdict = (value: unknown) => boolean;
export const ruleSet: Verdict;
export const patient: Verdict;
