import type { TarEntry } from './tar.ts';
import { textFile } from './tree.ts';

/** The users that the lab's images run as; the same file in each image. */
const accounts = [
  { name: 'root', id: 0, home: '/root', shell: '/bin/sh' },
  { name: 'valkey', id: 999, home: '/data', shell: '/bin/sh' },
  { name: 'audio_processor', id: 1000, home: '/app', shell: '/bin/sh' },
  { name: 'nonroot', id: 65532, home: '/', shell: '/sbin/nologin' },
  { name: 'nobody', id: 65534, home: '/nonexistent', shell: '/sbin/nologin' },
] as const;

/** passwd, group, and the sources of host names: /etc/hosts first, which glibc alone would read last. */
export function accountFiles(): readonly TarEntry[] {
  const passwd = accounts.map(
    ({ name, id, home, shell }) => `${name}:x:${id}:${id}:${name}:${home}:${shell}\n`,
  );
  const group = accounts.map(({ name, id }) => `${name}:x:${id}:\n`);
  return [
    textFile('etc/passwd', passwd.join('')),
    textFile('etc/group', group.join('')),
    textFile('etc/nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files dns\n'),
  ];
}
