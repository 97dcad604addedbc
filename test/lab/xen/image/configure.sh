#!/bin/sh
# In the dom0's root: logins, libvirt, and what dom0 and guests boot.
set -eu

echo dom0 > /etc/hostname
echo '127.0.0.1 localhost dom0' > /etc/hosts
tr -d - < /proc/sys/kernel/random/uuid > /etc/machine-id
mkdir -p /root/.ssh
mv /root/id_ed25519.pub /root/.ssh/authorized_keys
chmod -R go= /root/.ssh
rm /etc/ssh/ssh_host_*
ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key
cat > /etc/ssh/sshd_config.d/lab.conf << 'END'
PermitRootLogin prohibit-password
UseDNS no
UsePAM no
KexAlgorithms curve25519-sha256
END
install -m 755 /root/dom0/lab-init /sbin/

printf '%s\n' listen_tls=0 listen_tcp=1 'auth_tcp="none"' 'auth_unix_rw="none"' >> /etc/libvirt/libvirtd.conf
mkdir -p /etc/libvirt/storage/autostart /var/lib/libvirt/images
cat > /etc/libvirt/storage/default.xml << 'END'
<pool type='dir'><name>default</name><target><path>/var/lib/libvirt/images</path></target></pool>
END
ln -s ../default.xml /etc/libvirt/storage/autostart/

# For QEMU: Xen as an ELF file, and dom0's kernel, without its compression, and initramfs.
kernel=$(basename /boot/vmlinuz-*)
version=${kernel#vmlinuz-}
gzip -dc /boot/xen-4.17-amd64.gz > /boot/xen.elf
start=$(LC_ALL=C grep -abom1 "$(printf '\3757zXZ')" "/boot/$kernel" | head -n1 | cut -d: -f1)
# What follows the compressed kernel is no part of it.
tail -c "+$((start + 1))" "/boot/$kernel" | xz -dc --single-stream > /boot/vmlinux
cp /boot/vmlinux /boot/dom0-kernel
archive() { (cd "$1" && find . | cpio --quiet -o -H newc | gzip -1) > "$2"; }
mkdir -p /root/initramfs/bin /root/initramfs/modules
cp /bin/busybox /root/initramfs/bin/
cp /root/dom0/initramfs-init /root/initramfs/init
modprobe -S "$version" -a --show-depends virtio_pci virtio_blk crc32c_generic ext4 | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' > /root/modules
while read -r module; do
  cp "$module" /root/initramfs/modules/
  basename "$module" >> /root/initramfs/modules/order
done < /root/modules
archive /root/initramfs /boot/dom0-initrd

# For guests: the same kernel, compressed or not, with an initramfs that says what it finds; also on a CD-ROM.
cd /root/guest
mkdir -p bin dev proc sys modules
cp /bin/busybox bin/
for module in block/xen-blkfront net/xen-netfront block/xen-blkback/xen-blkback net/xen-netback/xen-netback; do
  cp "/lib/modules/$version/kernel/drivers/$module.ko" modules/
done
archive . /boot/initrd.img
cp "/boot/$kernel" /boot/vmlinuz
mkdir -p /root/cd/isolinux
cp /usr/lib/ISOLINUX/isolinux.bin /usr/lib/syslinux/modules/bios/ldlinux.c32 /root/cd/isolinux/
cp "/boot/$kernel" /root/cd/linux
cp /boot/initrd.img /root/cd/initrd
cat > /root/cd/isolinux/isolinux.cfg << 'END'
serial 0
default guest
label guest
  linux /linux
  initrd /initrd
  append console=ttyS0 console=hvc0 mitigations=off quiet tsc=reliable
END
mkdir -p /srv/lab
xorriso -as mkisofs -quiet -o /srv/lab/cd.iso -b isolinux/isolinux.bin -c isolinux/boot.cat \
  -no-emul-boot -boot-load-size 4 -boot-info-table /root/cd 2> /dev/null
# And on a disk with GRUB's menu, for boot loaders.
mkdir -p /root/disk/boot/grub
cp /root/cd/linux /root/cd/initrd /root/disk/boot/
cat > /root/disk/boot/grub/grub.cfg << 'END'
set default=0
set timeout=0
menuentry 'guest' {
  linux /boot/linux console=hvc0 mitigations=off quiet from_disk
  initrd /boot/initrd
}
END
truncate -s 32M /srv/lab/disk.img
mkfs.ext4 -q -F -O ^has_journal,^metadata_csum -d /root/disk /srv/lab/disk.img
rm -r /root/guest /root/cd /root/disk /root/dom0 /root/initramfs /root/modules /root/configure.sh /var/cache/apt/archives /var/lib/apt/lists
