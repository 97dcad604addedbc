#!/usr/bin/env bash
# build.sh FOLDER: a Debian dom0 with Xen, libvirt's Xen driver and kernels for guests, as files for QEMU in FOLDER.
# As root, or without where the kernel lets users have namespaces. Asks Debian's mirrors, and changes nothing else.
set -euo pipefail
out=$1
here=$(cd "$(dirname "$0")" && pwd)
suite=bookworm

packages=(
  iproute2 kmod openssh-server procps pciutils
  linux-image-amd64 xz-utils
  xen-hypervisor-4.17-amd64 xen-utils-4.17 xen-utils-common qemu-system-xen grub-xen-host ovmf
  libvirt-daemon-system libvirt-clients libvirt-daemon-driver-xen
  dmidecode e2fsprogs qemu-utils busybox-static isolinux syslinux-common xorriso
)
# Of the kernel's modules a dom0 without hardware needs few; manuals nobody reads here; its initramfs the lab makes.
left_out=(
  '/usr/share/man/*' '/usr/share/locale/*' '/usr/share/doc/*' '/etc/kernel/postinst.d/initramfs-tools'
  '/lib/modules/*/kernel/sound/*' '/lib/modules/*/kernel/drivers/'{gpu,media,infiniband,isdn,hwmon,staging,usb,mtd,iio}'/*'
  '/lib/modules/*/kernel/drivers/net/'{wireless,can,usb}'/*' '/lib/modules/*/kernel/drivers/net/ethernet/*'
)

ssh-keygen -q -t ed25519 -N '' -C lab -f "$out/id_ed25519"

mmdebstrap --quiet --variant=minbase \
  --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
  "${left_out[@]/#/--dpkgopt=path-exclude=}" \
  --include="$(IFS=,; echo "${packages[*]}")" \
  --customize-hook="copy-in '$here/dom0' '$here/guest' '$here/configure.sh' '$out/id_ed25519.pub' /root/" \
  --customize-hook='chroot "$1" sh /root/configure.sh' \
  --customize-hook="'$here/pack.sh' \"\$1\"" \
  --customize-hook="copy-out /boot/xen.elf /boot/dom0-kernel /boot/dom0-initrd /dom0.img.zst '$out'" \
  "$suite" /dev/null \
  "deb http://deb.debian.org/debian $suite main" \
  "deb http://deb.debian.org/debian $suite-updates main" \
  "deb http://deb.debian.org/debian-security $suite-security main"
zstd -q -d --rm --sparse "$out/dom0.img.zst"
