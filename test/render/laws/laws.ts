import { cardLaws } from './cards.ts';
import type { Laws } from './input.ts';
import { linkLaws } from './links.ts';
import { objectLaws } from './objects.ts';
import { podLaws } from './pods.ts';

/** Every law over the whole render. */
export const laws: Laws = { ...objectLaws, ...podLaws, ...linkLaws, ...cardLaws };
