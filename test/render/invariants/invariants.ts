import { gpuInvariants } from './gpus.ts';
import type { Invariants } from './input.ts';
import { linkInvariants } from './links.ts';
import { objectInvariants } from './objects.ts';
import { podInvariants } from './pods.ts';
import { ruleInvariants } from './rules.ts';

/** Every invariant over the whole render. */
export const invariants: Invariants = {
  ...objectInvariants,
  ...podInvariants,
  ...linkInvariants,
  ...gpuInvariants,
  ...ruleInvariants,
};
