#!/usr/bin/env bash
# Makes a kernel and an initramfs of Debian packages, in the folder given: no root powers are needed.
set -euo pipefail
cd "$1"
package=$(apt-cache depends linux-image-cloud-amd64 | awk '/Depends: linux-image/ { print $2; exit }')
apt-get download -q "$package" 2>/dev/null
dpkg -x "$package"_*.deb package
mv package/boot/vmlinuz-* kernel

mkdir -p root/bin root/modules
cp "$(command -v busybox)" root/bin/busybox
for module in failover net_failover virtio virtio_ring virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk virtio_net; do
  find package/lib/modules -name "$module.ko" -exec cp {} root/modules/ \;
done

cat >root/init <<'INIT'
#!/bin/busybox sh
/bin/busybox --install -s /bin
mkdir -p /proc /sys /dev
mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
# A module that needs another one is refused before that: each round loads what the last one made possible.
for round in 1 2 3 4 5; do
  for module in /modules/*.ko; do insmod "$module" 2>/dev/null; done
done
dmesg -n 1
echo "guest: disk of $(cat /sys/block/vda/size) sectors"
ip link set eth0 up
udhcpc -i eth0 -n -q -t 20 -T 2 -s /lease
echo "guest: done"
poweroff -f
INIT
cat >root/lease <<'LEASE'
#!/bin/busybox sh
[ "$1" != bound ] || echo "guest: address $ip from $serverid"
LEASE
chmod +x root/init root/lease
(cd root && find . | busybox cpio -o -H newc 2>/dev/null | gzip) >initramfs
rm -rf package root ./*.deb
