#!/bin/bash
# PID 1 of a lab's node, in separate mount, pid, uts and ipc namespaces.
# Arguments: state folder, host name, node address, address of a name server that nobody listens on.
set -eu
state=$1 name=$2 address=$3 resolver=$4

mount -t proc proc /proc
# A sysfs that shows this network namespace, with the machine's cgroup mounts kept below it.
mkdir -p "$state/cgroup"
mount --rbind /sys/fs/cgroup "$state/cgroup"
umount -R /sys
mount -t sysfs sysfs /sys
mount --move "$state/cgroup" /sys/fs/cgroup

# Kubelet, CNI plugins and containerd write to fixed places; overlays keep the machine's own folders clean.
for folder in /var/lib /var/log /opt /usr/libexec; do
  [ -d "$folder" ] || continue
  mkdir -p "$state/overlay$folder/upper" "$state/overlay$folder/work"
  mount -t overlay overlay -o "lowerdir=$folder,upperdir=$state/overlay$folder/upper,workdir=$state/overlay$folder/work" "$folder"
done
# Pods' volumes are on the disk itself, not on the overlay.
mkdir -p "$state/kubelet" /var/lib/kubelet
mount --bind "$state/kubelet" /var/lib/kubelet

resolv_conf=$(readlink -f /etc/resolv.conf)
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/tmp
mount --make-rshared /

hostname "$name"
printf '127.0.0.1 localhost\n%s %s\n' "$address" "$name" > "$state/hosts"
mount --bind "$state/hosts" /etc/hosts
printf 'nameserver %s\n' "$resolver" > "$state/resolv.conf"
if [ ! -e "$resolv_conf" ]; then   # a link into the machine's own /run
  mkdir -p "$(dirname "$resolv_conf")"
  touch "$resolv_conf"
fi
mount --bind "$state/resolv.conf" "$resolv_conf"

touch "$state/pid1.ready"
# Bash reaps every process that is left to PID 1.
while :; do sleep 86400 & wait $!; done
