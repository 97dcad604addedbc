#!/bin/sh
# pack.sh ROOT: the root as a file system, ROOT/dom0.img. Beside mmdebstrap's mounts, which a bind mount leaves out.
set -eu
mkdir "$1.bare"
mount --bind "$1" "$1.bare"
truncate -s 4G "$1.img"
mkfs.ext4 -q -F -L dom0 -O ^has_journal,^metadata_csum -d "$1.bare" "$1.img"
umount "$1.bare"
rmdir "$1.bare"
mv "$1.img" "$1/dom0.img"
