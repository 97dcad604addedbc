#!/bin/sh
# In the dom0's root: network, logins, libvirt, and what guests boot. Then nothing waits, since TCG is slow.
set -eu

echo dom0 > /etc/hostname
echo '127.0.0.1 localhost dom0' > /etc/hosts
echo '/dev/vda / ext4 noatime 0 1' > /etc/fstab
mkdir -p /root/.ssh /etc/systemd/network /etc/systemd/system.conf.d
mv /root/id_ed25519.pub /root/.ssh/authorized_keys
chmod -R go= /root/.ssh
ssh-keygen -A > /dev/null
cat > /etc/ssh/sshd_config.d/lab.conf << 'END'
PermitRootLogin prohibit-password
UseDNS no
UsePAM no
END

# QEMU's user network gives this address; guests get a bridge that leads nowhere.
cat > /etc/systemd/network/lab.network << 'END'
[Match]
Name=en* eth*
[Network]
Address=10.0.2.15/24
END
printf '[NetDev]\nName=xenbr0\nKind=bridge\n' > /etc/systemd/network/xenbr0.netdev
printf '[Match]\nName=xenbr0\n[Network]\nAddress=10.99.0.1/24\nConfigureWithoutCarrier=yes\n' > /etc/systemd/network/xenbr0.network
systemctl -q enable systemd-networkd.service

# Without authentication: nothing but a forward from the loopback interface of the machine outside leads here.
echo 'auth_tcp = "none"' >> /etc/libvirt/libvirtd.conf
systemctl -q enable libvirtd-tcp.socket
echo 'LIBVIRTD_ARGS=""' > /etc/default/libvirtd
systemctl -q mask libvirt-guests.service
mkdir -p /etc/libvirt/storage/autostart /var/lib/libvirt/images
cat > /etc/libvirt/storage/default.xml << 'END'
<pool type='dir'><name>default</name><target><path>/var/lib/libvirt/images</path></target></pool>
END
ln -s ../default.xml /etc/libvirt/storage/autostart/

systemctl -q mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer \
  e2scrub_reap.service systemd-pstore.service systemd-networkd-wait-online.service systemd-timesyncd.service \
  getty@tty1.service
printf '[Manager]\nDefaultTimeoutStartSec=600s\nDefaultDeviceTimeoutSec=600s\n' > /etc/systemd/system.conf.d/lab.conf

# For QEMU: Xen as an ELF file, and the kernel and initramfs of dom0.
kernel=$(basename /boot/vmlinuz-*)
version=${kernel#vmlinuz-}
gzip -dc /boot/xen-4.17-amd64.gz > /boot/xen.elf
cp "/boot/$kernel" /boot/dom0-kernel
cp "/boot/initrd.img-$version" /boot/dom0-initrd

# For guests: the same kernel, with an initramfs that says what it finds, from dom0 or on a CD-ROM.
cd /root/guest
mkdir -p bin dev proc sys modules
cp /bin/busybox bin/
cp "/lib/modules/$version/kernel/drivers/block/xen-blkfront.ko" "/lib/modules/$version/kernel/drivers/net/xen-netfront.ko" modules/
chmod +x init
find . | cpio --quiet -o -H newc | gzip -9 > /boot/initrd.img
cp "/boot/$kernel" /boot/vmlinuz
mkdir -p /root/cd/isolinux
cp /usr/lib/ISOLINUX/isolinux.bin /usr/lib/syslinux/modules/bios/ldlinux.c32 /root/cd/isolinux/
cp /boot/vmlinuz /root/cd/linux
cp /boot/initrd.img /root/cd/initrd
cat > /root/cd/isolinux/isolinux.cfg << 'END'
serial 0
default guest
label guest
  linux /linux
  initrd /initrd
  append console=ttyS0 tsc=reliable
END
xorriso -as mkisofs -quiet -o /var/lib/libvirt/images/guest.iso -b isolinux/isolinux.bin -c isolinux/boot.cat \
  -no-emul-boot -boot-load-size 4 -boot-info-table /root/cd 2> /dev/null
rm -r /root/guest /root/cd /root/configure.sh /var/cache/apt/archives /var/lib/apt/lists
