import { importImages } from '../../../lab/cluster/images.ts';
import { referenceAppImage } from '../../../lab/images/applications.ts';
import { image } from '../../../lab/images/image.ts';
import { progressOf } from '../../../src/tools/progress.ts';
import { labInstance } from './service.ts';

/**
 * Loads an image of the application that lacks the module which its own `include` names, as some real ones do.
 * @returns its reference, registry/repository:tag
 */
export async function incompleteImage(): Promise<string> {
  const progress = progressOf();
  const whole = await referenceAppImage(progress);
  const without = {
    name: 'without-include',
    key: '1',
    // How a layer marks a file of the layers below as deleted.
    entries: async () => [
      {
        kind: 'file' as const,
        path: 'app/src/.wh.async_unified_celery_tasks.py',
        ...{ mode: 0o644, uid: 1000, gid: 1000, content: Buffer.alloc(0) },
      },
    ],
  };
  const incomplete = await image(
    { ...whole, name: 'localhost/audio-processor-incomplete', layers: [...whole.layers, without] },
    progress,
  );
  await importImages(labInstance(), [incomplete]);
  return incomplete.name;
}
